package page

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/address"
	taking "vitrine/feeds/offline"
)

// takeButton opens the choice of what is taken offline of a view.
func (c canvas) takeButton(class string) markup.Node {
	if !c.App.Takes() {
		return markup.Node{}
	}
	return el("button", at{"class", class, "type", "button", "data-action", "take-offline"}, c.icon("keep"), hidden(c.Words.T("take.title")))
}

// The choices that are offered: days and posts, and the bytes of a video.
var (
	takenDays  = [...]int{1, 3, 7, 30, 365}
	takenPosts = [...]int{50, 200, 1000}
	takenFilms = [...]int64{10e6, 50e6, 200e6, 1e9}
)

// takeMenu is the choice of what is taken offline, with what it will weigh.
func takeMenu(s *state.App) markup.Node {
	d := el("dialog", at{"id", "take", "class", "menu", "aria-labelledby", "take-title"})
	m := s.Take
	if m == nil {
		return d
	}
	w, c, choice := s.Words, canvas{App: s, Drawing: s.Drawing("")}, m.Wish.Choice
	kids := []markup.Node{el("h2", at{"id", "take-title"}, text(w.T("take.title"))), el("p", at{"class", "quiet"}, el("bdi", nil, text(m.Wish.Name)))}
	closes := el("button", at{"class", "b", "type", "button", "data-action", "close", "data-part", "take"}, text(w.T("viewer.close")))
	if s.StoreErr != nil {
		d.Children = append(kids, el("p", at{"class", "care", "role", "alert"}, text(w.T("take.cannot"))), el("div", at{"class", "row-b"}, closes))
		return d
	}
	var options []markup.Node
	if m.Wish.ID == "" {
		options = append(options, c.option("take-far", w.T("take.far"), "", c.choice("take-far", farOf(choice), c.distances())),
			c.switched("take-threads", w.T("take.threads"), "", choice.Threads))
	}
	options = append(options,
		c.option("take-pictures", w.T("store.pictures"), "", c.choice("take-pictures", string(choice.Pictures), [][2]string{
			{string(taking.NoPictures), w.T("take.pictures.none")}, {string(taking.Small), w.T("take.pictures.small")}, {string(taking.Full), w.T("take.pictures.full")},
		})),
		c.option("take-film", w.T("take.film"), "", c.choice("take-film", strconv.FormatInt(choice.Film, 10), c.filmSizes())),
		c.switched("take-stay", w.T("take.stay"), w.T("take.stay.text"), choice.Stay))
	if choice.Stay && m.Wish.ID == "" {
		options = append(options, c.switched("take-old", w.T("take.old"), "", choice.Old))
	}
	kids = append(kids, el("form", at{"data-action", "take"}, el("div", at{"class", "set"}, options...), c.takeSize(m),
		el("div", at{"class", "row-b"}, closes, el("button", at{"class", "b main", "type", "submit"}, text(w.T("take.title"))))))
	if v := s.Shown(); v != nil && s.CanSaveFile(v.Model) { // where the head has no room for it
		kids = append(kids, el("button", at{"class", "b plain", "type", "button", "data-action", "save-file"}, icon(s, "text", "i s"), text(w.T("carry.open"))))
	}
	d.Children = kids
	return d
}

func farOf(c taking.Choice) string {
	if c.Days > 0 {
		return "d" + strconv.Itoa(c.Days)
	}
	return "p" + strconv.Itoa(c.Posts)
}

func (c canvas) distances() (all [][2]string) {
	for _, n := range takenDays {
		all = append(all, [2]string{"d" + strconv.Itoa(n), c.Words.N("take.days", n)})
	}
	for _, n := range takenPosts {
		all = append(all, [2]string{"p" + strconv.Itoa(n), c.Words.N("store.posts.count", n)})
	}
	return all
}

func (c canvas) filmSizes() [][2]string {
	all := [][2]string{{"0", c.Words.T("take.film.none")}}
	for _, n := range takenFilms {
		all = append(all, [2]string{strconv.FormatInt(n, 10), c.Words.T("take.film.up", c.Words.Bytes(n))})
	}
	return all
}

// takeSize says what the choice will weigh, and what there is room for.
func (c canvas) takeSize(m *state.TakeMenu) markup.Node {
	w, s := c.Words, m.Size
	if s == nil {
		return el("p", at{"class", "quiet", "role", "status", "data-part", "size"}, text(w.T("store.counting")))
	}
	size := w.T("take.size", w.Bytes(s.Bytes()))
	if s.Most > s.Bytes()*3/2 {
		size = w.T("take.size.range", w.Bytes(s.Bytes()), w.Bytes(s.Most))
	}
	lines := []markup.Node{el("p", nil, el("strong", nil, text(size))), text(" "),
		el("p", at{"class", "quiet"}, text(w.T("take.size.parts", w.N("store.posts.count", s.Posts), w.Bytes(s.Text), w.Bytes(s.Media)))), text(" ")}
	line := func(words string) { lines = append(lines, el("p", at{"class", "quiet"}, text(words))) }
	if !s.Known {
		line(w.T("take.guess"))
	}
	for _, h := range s.Closed {
		line(w.T("take.closed", address.ShowHost(h)))
	}
	if left := m.Left(); left > 0 {
		line(w.T("take.room", w.Bytes(left)))
		if max(s.Bytes(), s.Most) > left {
			lines = append(lines, el("p", at{"class", "care"}, text(w.T("take.tight"))))
		}
	}
	return el("div", at{"role", "status", "data-part", "size"}, lines...)
}

// taken says how it stands with what a view shows, where that is taken offline.
func (c canvas) taken() markup.Node {
	if c.visit == nil {
		return markup.Node{}
	}
	t := c.App.Taking(c.visit.Hash)
	switch {
	case t == nil:
		return markup.Node{}
	case t.Gone:
		return c.section(c.goneNote(t))
	case t.Phase == taking.Over:
		return c.section(c.takenNote(t))
	}
	return c.section(c.takingNote(t))
}

func (c canvas) takenButton(action, fragment, words string) markup.Node {
	return el("button", at{"class", "b", "type", "button", "data-action", action, "data-key", fragment}, text(c.Words.T(words)))
}

// takingNote says how far something is.
func (c canvas) takingNote(t *state.Taking) markup.Node {
	w := c.Words
	title, sign := w.T("take.running"), "keep"
	if t.Paused {
		title, sign = w.T("take.paused"), "wait"
	}
	kids := []markup.Node{c.icon(sign), el("strong", nil, text(title))}
	said := ""
	switch {
	case t.Paused && t.Waits == feeds.Storage:
		said = w.T("take.full")
	case t.Waits != "" && !t.Paused: // else it waits for its reader
		said = w.T("take.waits", w.Problem(&feeds.Error{Kind: t.Waits, RetryAt: t.RetryAt}, words.Problems{Now: c.Now, Local: c.Local}).Title)
	case t.Phase != "":
		said = w.T("take.phase." + string(t.Phase))
	}
	if t.Total > 0 {
		said = strings.TrimSpace(said + " " + w.Percent(t.Done, t.Total))
	}
	kids = append(kids, el("p", at{"class", "quiet"}, text(said))) // the meter has the figures for who can't see it
	if !t.Paused {
		kids = append(kids, el("progress", at{"class", "meter", "value", strconv.Itoa(t.Done), "max", strconv.Itoa(max(1, t.Total)), "aria-label", title}))
	}
	pause := c.takenButton("taken-pause", t.Fragment, "take.pause")
	if t.Paused {
		pause = c.takenButton("taken-resume", t.Fragment, "take.resume")
	}
	kids = append(kids, el("div", at{"class", "row-b"}, pause, c.takenButton("taken-cancel", t.Fragment, "take.cancel")))
	return el("div", at{"class", "note plain", "data-part", "taking"}, kids...)
}

// takenNote says what is kept, until when it was read, what it weighs, and what could not be had.
func (c canvas) takenNote(t *state.Taking) markup.Node {
	w := c.Words
	kids := []markup.Node{c.icon("check"), el("strong", nil, text(w.T("take.kept"))),
		el("p", at{"class", "quiet"}, text(w.T("take.kept.text", w.N("store.posts.count", t.State.Posts), w.N("take.files", t.Files), w.Bytes(t.Bytes())))), text(" "), // who reads the text alone reads words
		el("p", at{"class", "quiet"}, el("time", at{"datetime", t.Until.UTC().Format(time.RFC3339)}, text(w.Read(t.Until, c.Now, c.Local))))}
	if t.Stay {
		kids = append(kids, el("p", at{"class", "quiet"}, text(w.T("take.stay.text"))))
	}
	for _, h := range sortedKeys(t.Closed) {
		kids = append(kids, el("p", at{"class", "quiet"}, text(w.T("take.closed", address.ShowHost(h)))))
	}
	failed := len(t.Failures) + t.More
	if failed > 0 {
		var rows []markup.Node
		for _, f := range t.Failures {
			why := w.Problem(&feeds.Error{Kind: f.Kind}, words.Problems{Now: c.Now, Local: c.Local}).Title
			what := el("code", nil, markup.Text(f.URL))
			if strings.HasPrefix(f.URL, "#/") { // the view of a post
				what = el("a", at{"href", f.URL}, what)
			}
			rows = append(rows, el("li", nil, what, text(" "), el("span", at{"class", "quiet"}, text(why))))
		}
		kids = append(kids, el("details", at{"class", "edit"}, el("summary", nil, text(w.N("take.failed", failed))), el("ul", at{"class", "unread"}, rows...)))
	}
	row := []markup.Node{el("button", at{"class", "b", "type", "button", "data-action", "take-offline"}, text(w.T("take.change")))}
	if failed+len(t.Closed) > 0 {
		row = append(row, c.takenButton("taken-again", t.Fragment, "take.again"))
	}
	row = append(row, c.takenButton("taken-remove", t.Fragment, "take.remove"))
	kids = append(kids, el("div", at{"class", "row-b"}, row...))
	return el("div", at{"class", "note plain", "role", "status", "data-part", "offline"}, kids...)
}

// goneNote says that a browser has cleared what was kept.
func (c canvas) goneNote(t *state.Taking) markup.Node {
	w := c.Words
	return el("div", at{"class", "note care", "role", "alert", "data-kind", string(feeds.Storage), "data-part", "taken-gone"}, c.icon("storage"),
		el("strong", nil, text(w.T("take.gone"))), el("p", at{"class", "prose"}, text(w.T("take.gone.text"))),
		el("div", at{"class", "row-b"}, c.takenButton("taken-again", t.Fragment, "take.title"), c.takenButton("taken-remove", t.Fragment, "take.remove")))
}

// takenRows list what is taken offline.
func (c canvas) takenRows() []markup.Node {
	w := c.Words
	all := c.App.Taken()
	if len(all) == 0 {
		return nil
	}
	rows := make([]markup.Node, 0, len(all))
	for _, t := range all {
		said := w.T("take.kept.text", w.N("store.posts.count", t.State.Posts), w.N("take.files", t.Files), w.Bytes(t.Bytes()))
		switch {
		case t.Gone:
			said = w.T("take.gone")
		case t.Paused:
			said = w.T("take.paused")
		case t.Runs():
			said = w.T("take.running")
		}
		rows = append(rows, el("li", at{"class", "line"}, c.icon("keep"),
			el("span", nil, el("b", nil, el("a", at{"href", t.Fragment}, el("bdi", nil, text(t.Name)))), el("span", at{"class", "quiet"}, text(said))),
			el("button", at{"class", "ib", "type", "button", "data-action", "taken-remove", "data-key", t.Fragment}, c.icon("bin"), hidden(w.T("take.remove.of", t.Name)))))
	}
	return []markup.Node{el("h3", nil, text(w.T("take.kept"))), el("ul", at{"class", "lines", "data-part", "taken"}, rows...)}
}

// sortedKeys are the keys of a count, in order.
func sortedKeys(counts map[string]int) []string { return slices.Sorted(maps.Keys(counts)) }
