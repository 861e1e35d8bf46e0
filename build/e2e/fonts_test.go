package e2e

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/chromedp"
)

// fontSet is the only fonts that a browser has. Texts are as wide and as high as their fonts, and readers have all kinds.
type fontSet struct {
	name     string
	files    string // how the names of its files begin, which is how the names of its families begin too
	packages string // of Debian
	all      bool   // every kind of view is looked at in it
}

func fontSets() []fontSet {
	return []fontSet{
		{"few", "Liberation", "fonts-liberation", false},
		{"with CJK and colour emoji", "Noto", "fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji", true},
		{"wide", "DejaVu", "fonts-dejavu-core", false},
	}
}

// chrome starts a browser that has these fonts. A machine without them skips the test, but for the one where changes are checked.
func (f fontSet) chrome(t *testing.T) context.Context {
	t.Helper()
	file := filepath.Join(t.TempDir(), "fonts.conf")
	// https://www.freedesktop.org/software/fontconfig/fontconfig-user.html: what is accepted counts before what is rejected.
	conf := fmt.Sprintf(`<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>%s</include>
<selectfont><rejectfont><glob>*.*</glob></rejectfont><acceptfont><glob>*/%s*</glob></acceptfont></selectfont></fontconfig>`,
		cmp.Or(os.Getenv("FONTCONFIG_FILE"), "/etc/fonts/fonts.conf"), f.files)
	if err := os.WriteFile(file, []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	browser := chrome(t, chromedp.Env("FONTCONFIG_FILE="+file))
	if drawn := drawnFont(newTab(t, browser)); !strings.HasPrefix(drawn, f.files) {
		missing := fmt.Sprintf("texts are drawn in %q here, not in %s: the packages %s are missing", drawn, f.files, f.packages)
		if os.Getenv("CI") != "" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	return browser
}

// drawnFont names the font in which the browser draws a text without a style.
func drawnFont(p *tab) string {
	p.t.Helper()
	p.run(chromedp.Evaluate(`document.body.textContent = "Text"`, nil), dom.Enable(), css.Enable())
	var fonts []*css.PlatformFontUsage
	for range 20 { // there are none before the text is laid out
		await[any](p, `new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))`)
		p.run(chromedp.ActionFunc(func(ctx context.Context) error {
			root, err := dom.GetDocument().Do(ctx)
			if err != nil {
				return err
			}
			body, err := dom.QuerySelector(root.NodeID, "body").Do(ctx)
			if err == nil {
				fonts, err = css.GetPlatformFontsForNode(body).Do(ctx)
			}
			return err
		}))
		if len(fonts) > 0 {
			return fonts[0].FamilyName
		}
	}
	return ""
}
