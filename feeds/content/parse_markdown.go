package content

// ParseMarkdown reads Markdown as plain text: paragraphs, line ends and web addresses are recognised, marks stay as they are
// written.
func ParseMarkdown(src string, o Options) Doc { return ParsePlain(src, o) }
