package markup

import (
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// HTML writes a tree. It refuses what is outside the closed set, so that a mistake in a view is an error and never a page.
func HTML(w io.Writer, n Node) error { return Dialect{}.Write(w, n) }

// Dialect is how a tree is written in a file that isn't a page of a site.
type Dialect struct {
	// XML writes XHTML: elements without an end tag are closed, languages named for XML too, and characters left out that XML 1.0 can't hold.
	XML bool
	// Embed returns a picture to stand in the file itself (RFC 2397) in the place of its address, and its MIME type; "" for one that stays where
	// it is. nil: all do.
	Embed func(src string) (data []byte, mime string)
}

// Write writes a tree. It refuses what HTML refuses.
func (d Dialect) Write(w io.Writer, n Node) error {
	if err := check(n); err != nil {
		return err
	}
	var b strings.Builder
	d.write(&b, n, false)
	_, err := io.WriteString(w, b.String())
	return err
}

// Code writes a tree as text that people copy into pages of their own, an attribute without a value bare. Nothing draws it
// here, so that it may hold what is outside the closed set.
func Code(n Node) string {
	var b strings.Builder
	Dialect{}.write(&b, n, true)
	return b.String()
}

func (d Dialect) write(b *strings.Builder, n Node, bare bool) {
	if n.Tag == "" {
		d.escape(b, n.Text, false)
		return
	}
	b.WriteString("<" + n.Tag)
	for _, a := range n.Attrs {
		b.WriteString(" " + a.Name)
		if bare && a.Value == "" {
			continue
		}
		b.WriteString(`="`)
		d.value(b, a)
		b.WriteByte('"')
		if d.XML && a.Name == "lang" {
			b.WriteString(` xml:lang="`)
			d.value(b, a)
			b.WriteByte('"')
		}
	}
	switch {
	case !Void(n.Tag):
		b.WriteByte('>')
	case d.XML:
		b.WriteString("/>")
		return
	default:
		b.WriteByte('>')
		return
	}
	for _, c := range n.Children {
		d.write(b, c, bare)
	}
	b.WriteString("</" + n.Tag + ">")
}

// value writes an attribute's value, and a picture that is to stand in the file.
func (d Dialect) value(b *strings.Builder, a Attr) {
	if a.Name == "src" && d.Embed != nil {
		if data, mime := d.Embed(a.Value); mime != "" {
			b.WriteString("data:" + mime + ";base64,")
			e := base64.NewEncoder(base64.StdEncoding, b)
			_, _ = e.Write(data) // a Builder has no errors
			_ = e.Close()
			return
		}
	}
	d.escape(b, a.Value, true)
}

// escape writes text so that a parser reads it back as it is (HTML, "13.3 Serializing HTML fragments"). A NUL can't be
// written in HTML at all and is dropped; a carriage return would come back as a line feed.
func (d Dialect) escape(b *strings.Builder, s string, attribute bool) {
	for _, r := range s {
		switch {
		case d.XML && (r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff): // XML 1.0, section 2.2
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"' && attribute:
			b.WriteString("&#34;")
		case r == '\r':
			b.WriteString("&#13;")
		case r != 0:
			b.WriteRune(r)
		}
	}
}

// JSON writes a tree compactly: a text is a string, an element [tag, {name: value} or 0, children...]. Attributes keep their
// order. It refuses what HTML refuses.
func JSON(n Node) ([]byte, error) {
	if err := check(n); err != nil {
		return nil, err
	}
	return AppendJSON(nil, n), nil
}

// AppendJSON writes a tree as JSON does, without a look at the closed set: for the page's own script, which leaves out what is outside of it.
func AppendJSON(b []byte, n Node) []byte {
	if n.Tag == "" {
		return appendString(b, n.Text)
	}
	b = OpenJSON(b, n.Tag, n.Attrs)
	for _, c := range n.Children {
		b = AppendJSON(append(b, ','), c)
	}
	return append(b, ']')
}

// OpenJSON begins an element as AppendJSON writes it; its children and the bracket that closes it are left to the caller.
func OpenJSON(b []byte, tag string, attrs Attrs) []byte {
	b = append(appendString(append(b, '['), tag), ',')
	if len(attrs) == 0 {
		return append(b, '0')
	}
	sep := byte('{')
	for _, a := range attrs {
		b = appendString(append(b, sep), a.Name)
		b = appendString(append(b, ':'), a.Value)
		sep = ','
	}
	return append(b, '}')
}

// appendString writes a string of JSON (RFC 8259, section 7). What is not UTF-8 becomes U+FFFD. encoding/json's writer allocates for each
// string, and a page has thousands.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				b = append(append(b, s[from:i]...), "\ufffd"...)
				from = i + 1
			}
			i += size
			continue
		}
		if c < ' ' || c == '"' || c == '\\' {
			b = append(b, s[from:i]...)
			if c < ' ' {
				b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			} else {
				b = append(b, '\\', c)
			}
			from = i + 1
		}
		i++
	}
	return append(append(b, s[from:]...), '"')
}

// check finds the first thing in a tree that no writer may write.
func check(n Node) error {
	if n.Tag == "" {
		return nil
	}
	if !known(n.Tag) {
		return fmt.Errorf("markup: the element %q is not in the closed set", n.Tag)
	}
	if Void(n.Tag) && len(n.Children) > 0 {
		return fmt.Errorf("markup: %q can't have children", n.Tag)
	}
	seen := make(map[string]bool, len(n.Attrs))
	for _, a := range n.Attrs {
		switch {
		case !allowed(a.Name):
			return fmt.Errorf("markup: the attribute %q of %q is not in the closed set", a.Name, n.Tag)
		case seen[a.Name]:
			return fmt.Errorf("markup: %q has %q twice", n.Tag, a.Name)
		case isURL(a.Name) && SafeURL(a.Value) != a.Value:
			return fmt.Errorf("markup: %q of %q is no address that may be written", a.Name, n.Tag)
		}
		seen[a.Name] = true
	}
	for _, c := range n.Children {
		if err := check(c); err != nil {
			return err
		}
	}
	return nil
}
