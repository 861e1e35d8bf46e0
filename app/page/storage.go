package page

import (
	"strconv"

	"vitrine/app/markup"
	"vitrine/app/route"
	choices "vitrine/app/settings"
	"vitrine/app/state"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// hostsShown is how many servers are listed by themselves.
const hostsShown = 50

// jobsShown is how much long work is listed.
const jobsShown = 50

// storage says what is kept in this browser, per kind and per server, and lets go of it.
func (c canvas) storage(m *state.SettingsModel) markup.Node {
	w, s := c.Words, m.Stored
	head := el("header", nil, el("h2", at{"id", "g3"}, text(w.T("store.title"))))
	if s.Used > 0 && s.Quota > 0 {
		head.Children = append(head.Children, el("span", at{"class", "quiet"}, text(w.T("store.of", w.Bytes(s.Used), w.Bytes(s.Quota)))))
	}
	kids := []markup.Node{head}
	if c.App.StoreNotice == nil && c.App.StoreErr != nil {
		kids = append(kids, c.problemWith(c.App.StoreErr, ""))
	}
	kids = append(kids, c.jobs(m.Jobs)...)
	if !s.Known {
		return el("section", at{"class", "section", "aria-labelledby", "g3"}, append(kids, el("p", at{"class", "quiet", "role", "status"}, text(w.T("store.counting"))))...)
	}
	sum := s.Posts()
	kids = append(kids, el("ul", at{"class", "lines", "data-part", "kinds"},
		c.kept("text", w.T("store.posts"), w.N("store.posts.count", sum.Posts), w.Bytes(sum.Bytes)),
		c.kept("people", w.T("store.people"), w.N("store.people.count", sum.Authors), ""),
		c.kept("image", w.T("store.pictures"), w.N("store.pictures.count", s.Media.Count), c.size(s.Media.Bytes)),
		c.kept("search", w.T("store.index"), w.N("store.posts.count", s.Index.Files), c.size(s.Index.Bytes)),
		c.kept("saved", w.T("store.saved"), w.N("take.files", s.Saved.Files), c.size(s.Saved.Bytes)),
		c.kept("keep", w.T("take.kept"), w.N("take.files", s.Taken.Files), c.size(s.Taken.Bytes)),
		c.kept("mark", w.T("store.program"), w.T("store.program.text"), c.size(s.Program)),
	), el("div", at{"class", "set"}, c.option("keep", w.T("store.keep"), w.T("store.keep.text"), c.keepFor())))
	kids = append(kids, c.takenRows()...)
	if len(s.Hosts) > 0 {
		kids = append(kids, el("h3", nil, text(w.T("store.servers"))), el("ul", at{"class", "lines", "data-part", "hosts"}, c.hosts(s.Hosts)...))
	}
	kids = append(kids, el("h3", nil, text(w.T("store.first"))), el("p", at{"class", "prose"}, text(w.T("store.first.text"))), c.lasting(m),
		el("div", at{"class", "row-b"},
			el("button", at{"class", "b", "type", "button", "data-action", "forget-seen"}, c.small("image"), text(w.T("store.clear.seen"))),
			c.clearIndex(s.Index.Bytes),
			el("button", at{"class", "b stop", "type", "button", "data-action", "forget", "data-key", ""}, c.small("bin"), text(w.T("store.clear")))))
	return el("section", at{"class", "section", "aria-labelledby", "g3"}, kids...)
}

// clearIndex lets go of the search index, where there is one.
func (c canvas) clearIndex(bytes int64) markup.Node {
	if bytes == 0 {
		return markup.Node{}
	}
	return el("button", at{"class", "b", "type", "button", "data-action", "forget-index"}, c.small("search"), text(c.Words.T("store.clear.index")))
}

// lasting says whether the browser promised to keep what is stored, and asks it.
func (c canvas) lasting(m *state.SettingsModel) markup.Node {
	w := c.Words
	switch {
	case m.Stored.Lasting:
		return el("div", at{"class", "note plain", "role", "status", "data-part", "lasting"}, c.icon("shield"), el("strong", nil, text(w.T("store.lasting"))))
	case m.Refused:
		return el("div", at{"class", "note care", "role", "status", "data-part", "lasting"}, c.icon("shield"), el("strong", nil, text(w.T("store.refused"))),
			el("p", at{"class", "prose"}, text(w.T("store.refused.text"))),
			el("div", at{"class", "row-b"}, el("button", at{"class", "b", "type", "button", "data-action", "lasting"}, text(w.T("do.retry")))))
	}
	return el("div", at{"class", "note", "data-part", "lasting"}, c.icon("shield"), el("strong", nil, text(w.T("store.may"))), el("p", at{"class", "prose"}, text(w.T("store.may.text"))),
		el("div", at{"class", "row-b"}, el("button", at{"class", "b", "type", "button", "data-action", "lasting"}, text(w.T("store.ask")))))
}

// jobs lists the long work that isn't over.
func (c canvas) jobs(jobs []feeds.Job) []markup.Node {
	if len(jobs) == 0 {
		return nil
	}
	w := c.Words
	rows := make([]markup.Node, 0, len(jobs))
	for _, j := range jobs[:min(len(jobs), jobsShown)] {
		name, steps, done, total := c.jobName(j), markup.Node{}, no, no
		if j.Total > 0 {
			steps = el("span", at{"class", "quiet"}, text(w.T("store.of", w.Number(j.Done), w.Number(j.Total))))
			done, total = strconv.Itoa(min(j.Done, j.Total)), strconv.Itoa(j.Total)
		}
		rows = append(rows, el("li", at{"class", "line"}, c.icon("refresh"),
			el("span", nil, el("b", nil, text(name)), steps, el("progress", at{"class", "meter", "value", done, "max", total, "aria-label", name})),
			el("button", at{"class", "ib", "type", "button", "data-action", "stop-job", "data-key", j.ID()}, c.icon("close"), hidden(w.T("store.job.stop", name)))))
	}
	return []markup.Node{el("h3", nil, text(w.T("store.jobs"))), el("ul", at{"class", "lines", "data-part", "jobs"}, rows...)}
}

// jobName says what a job does.
func (c canvas) jobName(j feeds.Job) string {
	w := c.Words
	switch j.Kind {
	case feeds.JobAbout:
		return w.T("store.job.about", j.Subject)
	case feeds.JobRefresh:
		return w.T("store.job.refresh", reader.HostOf(j.Subject))
	case feeds.JobHome:
		return w.T("store.job.home")
	case feeds.JobSave:
		return w.T("store.job.save")
	case feeds.JobOffline:
		if t := c.App.Taking(j.Subject); t != nil {
			return w.T("store.job.offline", t.Name)
		}
	case feeds.JobIndex:
		return w.T("store.job.index")
	case feeds.JobArchive:
		return w.T("store.job.archive")
	case feeds.JobSweep:
		return w.T("store.job.sweep")
	}
	return w.T("store.jobs") // of another version of the program
}

// trouble says in every view that nothing is kept, until the reader has taken note.
func (c canvas) trouble(err *feeds.Error) markup.Node {
	note := markup.Problem(c.Drawing, c.Words.Problem(err, words.Problems{Now: c.Now, Local: c.Local}), true, markup.Action{Name: "noted", Words: c.Words.T("do.dismiss")})
	note.Attrs[0].Value += " over" // it lies over the page, which stays where it is
	return note
}

func (c canvas) kept(sign, name, what, size string) markup.Node {
	return el("li", at{"class", "line"}, c.icon(sign), el("span", nil, el("b", nil, text(name)), el("span", at{"class", "quiet"}, text(what))), el("span", at{"class", "num"}, text(size)))
}

func (c canvas) size(bytes int64) string {
	if bytes <= 0 {
		return ""
	}
	return c.Words.Bytes(bytes)
}

func (c canvas) keepFor() markup.Node {
	var options [][2]string
	for _, days := range choices.KeepChoices() {
		name := c.Words.T("store.keep.room")
		if days > 0 {
			name = c.Words.N("store.keep.days", days)
		}
		options = append(options, [2]string{strconv.Itoa(days), name})
	}
	return c.choice("keep", strconv.Itoa(c.App.Settings.KeepDays), options)
}

// hosts lists what is kept of each server.
func (c canvas) hosts(hosts []feeds.Usage) []markup.Node {
	w := c.Words
	rows := make([]markup.Node, 0, len(hosts))
	for _, u := range hosts[:min(len(hosts), hostsShown)] {
		what := w.T("store.host", w.N("store.posts.count", u.Posts), w.N("store.people.count", u.Authors))
		rows = append(rows, el("li", at{"class", "line"}, c.icon("server"),
			el("span", nil, el("b", nil, el("a", at{"href", route.Route{View: route.Server, Host: u.Host}.String()}, el("bdi", nil, text(u.Host)))), el("span", at{"class", "quiet"}, text(what))),
			el("span", at{"class", "num"}, text(w.Bytes(u.Bytes))),
			el("button", at{"class", "ib", "type", "button", "data-action", "forget", "data-key", u.Host}, c.icon("bin"), hidden(w.T("store.forget", u.Host)))))
	}
	return rows
}

// own lets the reader carry their own data away, and bring them.
func (c canvas) own() markup.Node {
	w := c.Words
	return el("section", at{"class", "section", "aria-labelledby", "g4"}, el("header", nil, el("h2", at{"id", "g4"}, text(w.T("own.title")))),
		el("p", at{"class", "quiet"}, text(w.T("own.text"))),
		el("p", nil, el("a", at{"href", "#/saved"}, text(w.T("saved.archives")))),
		el("div", at{"class", "row-b"},
			el("button", at{"class", "b", "type", "button", "data-action", "export"}, c.small("upload"), text(w.T("own.export"))),
			el("label", at{"class", "b", "for", "import"}, c.small("plus"), text(w.T("own.import"))),
			el("input", at{"class", "vh", "id", "import", "name", "import", "type", "file", "accept", "application/json,.json", "data-action", "import"})))
}
