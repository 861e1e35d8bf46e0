package state

import (
	"context"

	"vitrine/app/markup"
	"vitrine/feeds"
)

// tongues is what the browser's own translator can do, as far as it was asked.
type tongues struct {
	into  string // the language of the interface
	can   map[string]bool
	asked []string                         // languages that it is about to be asked for
	stop  map[feeds.Key]context.CancelFunc // ends the translation of a post
}

// translates reports that posts in a language can be translated into the interface's. It isn't known at once: the browser is asked, once for each
// language that posts are drawn in. Until then it is believed to know it, as it does most, so that nothing moves when it has answered; where it
// doesn't, the posts are drawn again.
func (a *App) translates(tag string) bool {
	into := a.Words.Lang()
	if !markup.Foreign(tag, into) {
		return false
	}
	if a.tongues.into != into {
		a.tongues = tongues{into: into, can: map[string]bool{}, stop: a.tongues.stop}
	}
	t := &a.tongues
	can, known := t.can[tag]
	if !known {
		can = true
		t.can[tag] = can
		if t.asked = append(t.asked, tag); len(t.asked) == 1 {
			a.afterDraw(a.askTongues)
		}
	}
	return can
}

// askTongues asks the browser for the languages that posts were drawn in.
func (a *App) askTongues() {
	t := &a.tongues
	asked, into := t.asked, t.into
	t.asked = nil
	a.browser.CanTranslate(asked, into, func(can []bool) {
		a.later(func() {
			if a.tongues.into != into {
				return
			}
			all := true
			for i, tag := range asked {
				a.tongues.can[tag] = i < len(can) && can[i]
				all = all && a.tongues.can[tag]
			}
			if !all {
				a.redraw()
			}
		})
	})
}

// Detects reports that the browser can translate a post although nobody says in which language it is.
func (a *App) Detects(p *feeds.Post) bool {
	return p.Language == "" && (len(p.Body.Blocks) > 0 || p.Title != "") && a.browser.Translates() && a.browser.Detects()
}

// translate has a post translated, or shows its original again. What comes of a translation that isn't wanted any more is let go.
func (a *App) translate(key feeds.Key) {
	p, o := a.post(key), a.opened[key]
	if stop := a.tongues.stop[key]; stop != nil {
		stop()
	}
	if o.Translation != nil && !o.Translation.Failed {
		a.showTranslation(key, nil)
		return
	}
	if p == nil {
		return
	}
	var texts []string
	seen := map[string]bool{}
	markup.Say(p, func(words string) string {
		if !seen[words] {
			seen[words] = true
			texts = append(texts, words)
		}
		return words
	})
	shown := &markup.Translation{}
	a.showTranslation(key, shown)
	show := func(next markup.Translation) {
		a.later(func() {
			if a.opened[key].Translation == shown {
				shown = &next
				a.showTranslation(key, shown)
			}
		})
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(a.shown.ctx))
	if a.tongues.stop == nil {
		a.tongues.stop = map[feeds.Key]context.CancelFunc{}
	}
	a.tongues.stop[key] = stop
	a.browser.Translate(ctx, p.Language, a.Words.Lang(), texts, func(percent int) {
		show(markup.Translation{Percent: percent})
	}, func(said []string, language string, err error) {
		stop()
		if err != nil || len(said) != len(texts) {
			show(markup.Translation{Failed: true})
			return
		}
		all := make(map[string]string, len(texts))
		for i, text := range texts {
			all[text] = said[i]
		}
		show(markup.Translation{Texts: all, From: language})
	})
}

func (a *App) showTranslation(key feeds.Key, t *markup.Translation) {
	o := a.opened[key]
	o.Translation = t
	a.opened[key] = o
}
