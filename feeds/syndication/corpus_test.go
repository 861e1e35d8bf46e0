package syndication

import (
	"os"
	"path/filepath"
	"testing"
	"fmt"

	"vitrine/feeds/feedstest"
	"vitrine/feeds/content"
)

func TestDump(t *testing.T) {
	files, _ := filepath.Glob("/work/shared/corpus/*/rss/*.xml")
	for _, f := range files {
		b, _ := os.ReadFile(f)
		a, p, err := Read(b, "", "https://feed.example/x.xml", feedstest.Epoch())
		fmt.Println("=====", f, err)
		if err != nil { continue }
		fmt.Printf("%+v\n", a)
		for i, p := range p.Posts {
			if i > 2 { break }
			txt := content.PlainText(p.Body)
			if len(txt) > 150 { txt = txt[:150] }
			p.Body = content.Doc{}
			fmt.Printf("--- %+v\n   BODY %q\n", *p, txt)
			for _, m := range p.Media { if m.Film != nil { fmt.Printf("   FILM %+v\n", *m.Film) } }
		}
		fmt.Println(len(p.Posts), p.Older)
	}
}
