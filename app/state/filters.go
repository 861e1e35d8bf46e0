package state

import (
	"context"
	"slices"
	"strings"
	"time"

	"vitrine/app/browser"
	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// FilterMenu is a filter that is edited, and the rule that is to be added to it.
type FilterMenu struct {
	Scope follows.Scope
	Cause follows.Cause
	Fold  bool
	Until string // the last day on which it holds, "2006-01-02"; "" for always
	Added int    // how many rules were added: the field is another one then
	Past  bool   // Said is about Until, which is over
	Said  string // why what was written can't be added; "" for nothing
}

// filterDialog is the id of the dialog that shows it.
const filterDialog = "filter"

// ruleSeparator parts what a rule's button names: the filter, the cause, the text.
const ruleSeparator = "\n"

// RuleKey names a rule in a button.
func RuleKey(s follows.Scope, c follows.Cause, text string) string {
	return string(s) + ruleSeparator + string(c) + ruleSeparator + text
}

// awaitFollows waits until it is known what is followed, so that nothing is shown that a filter takes away; not for long.
func (a *App) awaitFollows(ctx context.Context) {
	select {
	case <-a.filters:
	case <-a.clock.After(time.Second):
	case <-ctx.Done():
	}
}

// Everywhere says what the reader's filter of all feeds takes away; nil for nothing.
func (a *App) Everywhere() *follows.Matcher { return a.everywhere }

// filtered is a place with the filter that holds everywhere. Who looks at somebody's replies isn't kept from seeing them.
func (a *App) filtered(p reader.Place) []reader.Source {
	f := a.Follows.Filter
	if own, ok := p.(reader.ProfilePlace); ok && own.Filter.Replies {
		f.NoReplies = false
	}
	return []reader.Source{{Place: p, Filter: follows.Compile(follows.Everywhere, f)}}
}

// takeFollows takes over what the reader chose.
func (a *App) takeFollows(data *follows.Data) {
	same, changed := a.Follows.Filter.Equal(data.Filter), a.FollowsKnown
	a.Follows, a.FollowsKnown, a.FollowsErr = data, true, nil
	a.ends, a.talked = data.EndsAfter(a.clock.Now()), data.InConversations()
	a.setMark(a.filteredMark(), !data.Filter.IsZero())
	if same {
		return
	}
	a.filterAnew()
	if changed { // first screens would show what is filtered by now
		a.browser.ClearFronts("")
		for _, v := range a.visits {
			v.fronted = time.Time{}
		}
	}
}

// filteredMark names the mark in local storage which says that a filter holds everywhere: the loader leaves answers to the program then.
func (a *App) filteredMark() string { return "vitrine:" + a.base + ":filtered" }

// filterAnew has all lists that are kept show what the filter leaves of them by now.
func (a *App) filterAnew() {
	a.everywhere = follows.Compile(follows.Everywhere, a.Follows.Filter)
	for _, v := range a.everyVisit() {
		if l, ok := v.Model.(lister); ok {
			for _, m := range l.lists() {
				if m != nil && m.place != nil {
					_, show := m.feed.SetSources(a.filtered(m.place))
					go show(v.ctx, false)
				}
			}
		}
	}
}

// endRules lets rules go that hold no longer.
func (a *App) endRules() {
	if now := a.clock.Now(); !a.ends.IsZero() && !now.Before(a.ends) {
		a.ends, a.talked = a.Follows.EndsAfter(now), a.Follows.InConversations()
		a.filterAnew()
		a.tellFollows(follows.RecordFollows)
	}
}

// FilterName is what the filter is of; "" for everything.
func (a *App) FilterName(s follows.Scope) string {
	if l, ok := a.Follows.List(s.List()); ok {
		return l.Name
	}
	if f, ok := a.Follows.Find(follows.Address(s)); ok {
		return FollowName(f)
	}
	return ""
}

// openFilter shows a filter, which can be changed.
func (a *App) openFilter(s follows.Scope) {
	if _, ok := a.Follows.FilterOf(s); ok {
		a.FilterMenu = &FilterMenu{Scope: s, Cause: follows.OfWord}
		a.afterDraw(func() { a.browser.OpenDialog(filterDialog) })
	}
}

// changeFilter changes a filter, in the background, and offers to take it back.
func (a *App) changeFilter(s follows.Scope, change func(*follows.Filter)) {
	said := a.Words.T("filters.changed")
	if name := a.FilterName(s); name != "" {
		said = a.Words.T("filters.changed.of", name)
	}
	a.changeFollows(said, func(d *follows.Data) error { d.ChangeFilter(s, change); return nil })
}

// setFilter changes the filter of the menu. The controls' names are those of what they change, with "filter-" before them.
func (a *App) setFilter(e browser.SettingChange) {
	m, name := a.FilterMenu, strings.TrimPrefix(e.Name, "filter-")
	if m == nil || name == e.Name {
		return
	}
	next := *m
	switch name {
	case "cause":
		next.Cause, next.Said = follows.Cause(e.Value), ""
	case "how":
		next.Fold = e.Value == "fold"
	case "until":
		if next.Until = e.Value; next.Past {
			next.Said, next.Past = "", false
		}
	default:
		a.changeFilter(m.Scope, func(f *follows.Filter) {
			switch name {
			case "boosts":
				f.NoBoosts = !e.On
			case "replies":
				f.NoReplies = !e.On
			case "media":
				f.OnlyMedia = e.On
			case "warnings":
				f.Warnings = follows.Warnings(e.Value)
			case "language":
				if e.Value != "" && !slices.Contains(f.Languages, e.Value) {
					f.Languages = append(f.Languages, e.Value)
				}
			}
		})
	}
	a.FilterMenu = &next
}

// addRule adds what was written to the filter of the menu.
func (a *App) addRule(text string) {
	m := a.FilterMenu
	if m == nil {
		return
	}
	r := follows.Rule{Cause: m.Cause, Text: strings.TrimSpace(text), Fold: m.Fold}
	if m.Cause == follows.OfTag {
		r.Text = strings.TrimLeft(r.Text, "#＃")
	}
	if m.Until != "" {
		if day, err := time.Parse("2006-01-02", m.Until); err == nil { // the control gives nothing else
			r.Until = a.endOf(day)
		}
	}
	next := *m
	next.Said, next.Past = "", false
	switch {
	case r.Text == "" || !r.Valid():
		next.Said = a.Words.T("filters.invalid." + string(m.Cause))
	case !r.Until.IsZero() && !r.Until.After(a.clock.Now()):
		next.Said, next.Past = a.Words.T("filters.invalid.until"), true
	}
	if next.Said != "" {
		a.FilterMenu = &next
		return
	}
	a.changeFilter(m.Scope, func(f *follows.Filter) { f.Put(r) })
	a.FilterMenu = &FilterMenu{Scope: m.Scope, Cause: m.Cause, Fold: m.Fold, Until: m.Until, Added: m.Added + 1}
	a.afterDraw(func() { a.browser.FocusOn("#filter [name=text]") })
}

// endOf is when a day of the reader's ends.
func (a *App) endOf(day time.Time) time.Time {
	end := day.AddDate(0, 0, 1)
	local := a.browser.Local(end)
	_, offset := local.Zone()
	return end.Add(-time.Duration(offset) * time.Second)
}

// clickFilter does what the buttons of filters mean, and reports whether the click was on one.
func (a *App) clickFilter(p browser.Click) bool {
	s, rule, _ := strings.Cut(p.Key, ruleSeparator)
	scope := follows.Scope(s)
	kind, text, _ := strings.Cut(rule, ruleSeparator)
	cause := follows.Cause(kind)
	switch p.Action {
	case "filter-edit":
		a.openFilter(scope)
	case "rule-remove":
		a.changeFilter(scope, func(f *follows.Filter) {
			switch cause {
			case follows.OfBoost:
				f.NoBoosts = false
			case follows.OfReply:
				f.NoReplies = false
			case follows.OfNoMedia:
				f.OnlyMedia = false
			case follows.OfLanguage:
				f.Languages = slices.DeleteFunc(slices.Clone(f.Languages), func(l string) bool { return text == "" || l == text })
			case "warnings":
				f.Warnings = follows.WarningsAsSet
			default:
				f.Remove(cause, text)
			}
		})
	case "mute-person", "mute-server", "mute-thread":
		a.mute(p.Action, p.Post)
	default:
		return false
	}
	return true
}

// mute takes the author, the server or the conversation of a post away everywhere, or no longer.
func (a *App) mute(action string, key feeds.Key) {
	post, menu := a.post(key), a.Menu
	if post == nil || menu == nil || post.Author == nil {
		return
	}
	a.browser.CloseDialog("menu")
	switch action {
	case "mute-person":
		a.muteBy(follows.OfPerson, post.Author.Handle(), "@"+post.Author.Handle())
	case "mute-server":
		a.muteBy(follows.OfServer, post.Author.Domain, post.Author.Domain)
	default:
		if menu.Thread != "" {
			a.muteBy(follows.OfThread, menu.Thread, "")
			return
		}
		if m := a.ThreadOf(key); m != nil {
			a.muteBy(follows.OfThread, string(m.above()[0]), "")
			return
		}
		a.background(func(ctx context.Context) {
			root := a.reader.Root(ctx, post)
			a.later(func() { a.muteBy(follows.OfThread, string(root), "") })
		})
	}
}

// muteBy adds a rule to the filter of everything, or removes it where it is there.
func (a *App) muteBy(cause follows.Cause, text, name string) {
	muted := a.Follows.Filter.Has(cause, text)
	said := "mute.done"
	switch {
	case muted && name == "":
		said = "mute.thread.undone"
	case muted:
		said = "mute.undone"
	case name == "":
		said = "mute.thread.done"
	}
	a.changeFollows(a.Words.T(said, name), func(d *follows.Data) error {
		if muted {
			d.Filter.Remove(cause, text)
		} else {
			d.Filter.Put(follows.Rule{Cause: cause, Text: text})
		}
		return nil
	})
}

// mutedThread is the rule by which the conversation of a post that is shown is muted; "" for none.
func (a *App) mutedThread(p *feeds.Post) string {
	var v follows.Verdict
	if m := a.ThreadOf(p.Key); m != nil {
		v = m.Folded(p)
	} else if m, ok := a.shown.Model.(lister); ok {
		for _, l := range m.lists() {
			if l == nil {
				continue
			}
			for _, i := range l.Snapshot.Items {
				if i.Post != nil && i.Post.Key == p.Key {
					v = i.Folded
				}
			}
		}
	}
	if v.Cause != follows.OfThread || v.Of != follows.Everywhere {
		return ""
	}
	return v.Text
}
