package state

import (
	"bufio"
	"context"
	"errors"
	"strings"
	"time"

	"vitrine/app/browser"
	"vitrine/app/document"
	"vitrine/app/markup"
	"vitrine/app/syndicate"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// FileDialog is the id of the dialog that saves a view's posts as a file.
const FileDialog = "file"

// FileMenu is how the posts of a view are saved as a file, and how far that is.
type FileMenu struct {
	Title    string
	Loaded   int    // posts that are here
	More     bool   // older ones can be loaded
	Much     string // of FileAmounts; "" for what is loaded
	Pictures document.Pictures
	Size     int64 // bytes, as far as that can be guessed

	Running bool
	Reading bool // posts are still being loaded
	Read    int  // how many are
	Done    int  // how many are written
	Total   int

	Over   bool // it was written, or couldn't be
	Report document.Report
	Empty  bool         // nothing was left that may be saved
	Err    *feeds.Error // why it couldn't be written; nil when it could
	Older  *feeds.Error // why older posts couldn't be loaded; nil when they could

	from   carried
	cancel context.CancelFunc
}

// FileAmounts are how much of a list can be saved: posts, or days.
func FileAmounts() []string { return []string{"", "100", "500", "1000", "7d", "30d", "365d"} }

// Amount reads one of FileAmounts: how many posts, or how many days; 0 for all of them.
func Amount(much string) (posts, days int) {
	number, isDays := strings.CutSuffix(much, "d")
	n := 0
	for _, c := range number {
		n = n*10 + int(c-'0')
	}
	if isDays {
		return 0, n
	}
	return n, 0
}

// carried is what a view has to save.
type carried struct {
	feed   syndicate.Feed // without Items
	loaded int
	photos int // pictures among what is loaded
	oldest time.Time
	more   bool
	kept   map[feeds.Key]*markup.Kept // what the reader says of saved posts; items adds to it
	// items loads so much as is wanted and not there yet; older is why some of it couldn't be. told hears how many posts are there.
	items func(ctx context.Context, posts, days int, told func(int)) (items []reader.Item, older, err error)
}

// carrier is a Model whose posts can be saved as a file.
type carrier interface {
	carries() bool    // there are posts; asked at each drawing
	carried() carried // them, where there are
}

// CanSaveFile reports that the posts of the view that is shown can be saved as a file.
func (a *App) CanSaveFile(m Model) bool {
	c, ok := m.(carrier)
	return ok && c.carries()
}

// openFileMenu opens the dialog.
func (a *App) openFileMenu(aside bool) {
	v := a.shown
	if aside && v != nil && v.Aside != nil {
		v = v.Aside
	}
	if v == nil {
		return
	}
	c, ok := v.Model.(carrier)
	if !ok || !c.carries() {
		return
	}
	from := c.carried()
	from.feed.ID = v.Hash
	if from.feed.Home != "" {
		from.feed.ID = from.feed.Home
	}
	from.feed.Words, from.feed.Local, from.feed.HideCounts = a.Words, a.browser.Local, a.Settings.HideCounts
	m := &FileMenu{Title: from.feed.Title, Loaded: from.loaded, More: from.more, Pictures: document.Small, from: from}
	if a.Settings.DataSaver {
		m.Pictures = document.None
	}
	m.guess(a.clock.Now())
	a.FileMenu = m
	a.afterDraw(func() { a.browser.OpenDialog(FileDialog) })
}

// What posts and pictures weigh on average, in bytes.
const (
	postBytes  = 4_000
	smallBytes = 70_000
	fullBytes  = 500_000
)

// guess says how large the file will be.
func (m *FileMenu) guess(now time.Time) {
	n, days := Amount(m.Much)
	switch reach := now.Sub(m.from.oldest); {
	case n == 0 && days == 0:
		n = m.Loaded
	case days > 0 && reach > 0:
		n = int(float64(m.Loaded) * float64(days) * 24 * float64(time.Hour) / float64(reach))
	case days > 0:
		n = m.Loaded
	}
	each := 0
	switch m.Pictures {
	case document.Small:
		each = smallBytes
	case document.Full:
		each = fullBytes
	}
	m.Size = int64(n)*postBytes + int64(n)*int64(m.from.photos)*int64(each)/int64(max(m.Loaded, 1))
}

// setFile follows the choices in the dialog.
func (a *App) setFile(e browser.SettingChange) {
	m := a.FileMenu
	if m == nil || m.Running {
		return
	}
	switch e.Name {
	case "file-much":
		m.Much = e.Value
	case "file-pictures":
		m.Pictures = document.Pictures(e.Value)
	default:
		return
	}
	m.guess(a.clock.Now())
}

// closeFile ends what is being written with its dialog.
func (a *App) closeFile() {
	if m := a.FileMenu; m != nil && m.cancel != nil {
		if m.cancel(); m.Running {
			a.Note = a.Words.T("carry.cancelled")
		}
	}
	a.FileMenu = nil
}

// saveFile writes the posts of a view in a format, to where the reader wants the file.
func (a *App) saveFile(f document.Format) {
	m := a.FileMenu
	if m == nil || m.Running || f == "" {
		return
	}
	m.Running, m.Reading, m.Over, m.Read, m.Done, m.Total, m.Err, m.Older, m.Empty = true, true, false, m.Loaded, 0, 0, nil, nil, false
	pictures := m.Pictures
	if f == document.JSONFeed {
		pictures = document.None
	}
	posts, days := Amount(m.Much)
	a.background(func(ctx context.Context) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		a.later(func() {
			if m.cancel = cancel; a.FileMenu != m { // it was closed meanwhile
				cancel()
			}
		})
		file, err := a.browser.CreateFile(document.Name(m.Title, f), f.MIME())
		if err != nil {
			a.later(func() {
				m.Running = false
				if !errors.Is(err, browser.ErrNotChosen) {
					m.Over, m.Err = true, feeds.AsError(err)
				}
			})
			return
		}
		written := a.writeFile(ctx, file, m, f, pictures, posts, days)
		a.later(func() {
			m.Running, m.Over = false, true
			written(m)
		})
	})
}

// writeFile writes the file, whole or not at all, and returns what there is to say of it.
func (a *App) writeFile(ctx context.Context, file browser.File, m *FileMenu, f document.Format, pictures document.Pictures, posts, days int) func(*FileMenu) {
	said := time.Time{}
	tell := func(change func()) { // not more often than anybody reads
		if now := a.clock.Now(); now.Sub(said) >= 200*time.Millisecond {
			said = now
			a.later(change)
		}
	}
	items, older, err := m.from.items(ctx, posts, days, func(n int) { tell(func() { m.Read = n }) })
	var report document.Report
	feed, total := m.from.feed.With(items), len(items)
	if err == nil {
		said = time.Time{}
		a.later(func() { m.Reading, m.Total = false, total })
		to := bufio.NewWriterSize(file, 1<<18)
		report, err = document.Write(ctx, to, document.Document{
			Feed: &feed, Kept: m.from.kept, Format: f, Pictures: pictures, Media: a.pictureBytes, Files: a.fetcher, Made: a.clock.Now(),
			Progress: func(n int) { tell(func() { m.Done = n }) },
		})
		if err == nil {
			err = to.Flush()
		}
	}
	empty := err == nil && report.Posts == 0
	switch {
	case err != nil || empty:
		file.Abort()
	default:
		if err = file.Close(); err != nil {
			file.Abort()
		}
	}
	return func(m *FileMenu) {
		m.Report, m.Empty, m.Done = report, empty, report.Posts
		if older != nil {
			m.Older = feeds.AsError(older)
		}
		if err != nil {
			m.Err = feeds.AsError(err)
		}
	}
}

// What a small picture is made no larger than, and what is small enough as it is.
const (
	smallSide   = 1024
	smallEnough = 300_000 // bytes
)

// pictureBytes are those of a picture: what is kept of it, else what its server sends to pages of other sites.
func (a *App) pictureBytes(ctx context.Context, w document.Want) ([]byte, string, error) {
	data, err := a.fileBytes(ctx, w.URL)
	if err != nil {
		return nil, "", err
	}
	kind := document.TypeOf(data)
	side, again := 0, !strings.Contains(w.Types, " "+kind+" ")
	if w.Small && len(data) > smallEnough && kind != "image/gif" {
		side, again = smallSide, true
	}
	if !again || kind == "" {
		return data, kind, nil
	}
	drawn, err := a.browser.Redraw(data, side)
	if err != nil {
		return nil, "", err
	}
	return drawn, document.TypeOf(drawn), nil
}

func (a *App) fileBytes(ctx context.Context, url string) ([]byte, error) {
	if a.media != nil {
		if data, _, err := a.media.Bytes(ctx, url); err == nil && data != nil {
			return data, nil
		}
	}
	answer, err := a.fetcher.Fetch(ctx, feeds.Request{URL: url, Accept: "image/*"})
	if err != nil {
		return nil, err
	}
	if answer.Status != 200 {
		return nil, &feeds.Error{Kind: feeds.NotFound, Status: answer.Status}
	}
	return answer.Body, nil
}
