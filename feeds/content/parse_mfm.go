package content

// ParseMFM reads Misskey's markup as plain text.
func ParseMFM(src string, o Options) Doc { return ParsePlain(src, o) }
