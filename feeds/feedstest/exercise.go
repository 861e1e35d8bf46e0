package feedstest

import (
	"context"
	"testing"

	"vitrine/feeds"
)

// Questions are what a source is asked for by Exercise.
type Questions struct {
	Posts   []string        // ids of posts, of each sort that the API has
	People  []string        // names, as feeds.Profiles takes them
	Authors []*feeds.Author // whose posts are read, beside those who were found
}

// Exercise asks a source for everything that it can be asked for, and checks each result: a value or an error, never both or neither;
// an error of a kind that is the server's fault; values that keep what package feeds promises. It is the body of the adapters' fuzz
// tests, where a server answers whatever it likes.
func Exercise(t testing.TB, s feeds.Source, q Questions) {
	t.Helper()
	e := exercise{t: t, ctx: t.Context(), host: s.Host()}
	i, err := s.Describe(e.ctx)
	if e.either("Describe", i != nil, err) {
		e.check("Describe", CheckInstance(e.host, i))
	}
	s.Capabilities()
	if o, ok := s.(feeds.Observer); ok {
		o.Seen()
	}
	authors := q.Authors
	if s, ok := s.(feeds.Profiles); ok {
		authors = append(authors, e.profiles(s, q.People)...)
		for _, a := range authors {
			page, err := s.ProfilePosts(e.ctx, a, feeds.ProfileFilter{Replies: true}, "")
			e.page("ProfilePosts", page, err)
		}
	}
	if s, ok := s.(feeds.Pinner); ok {
		for _, a := range authors {
			page, err := s.Pinned(e.ctx, a)
			e.page("Pinned", page, err)
		}
	}
	if s, ok := s.(feeds.Featurer); ok {
		for _, a := range authors {
			f, err := s.Featured(e.ctx, a)
			e.value("Featured", f, err)
		}
	}
	if s, ok := s.(feeds.Playlists); ok {
		for _, a := range authors {
			lists, err := s.PlaylistsOf(e.ctx, a)
			e.value("PlaylistsOf", lists, err)
		}
		list, err := s.Playlist(e.ctx, "1")
		e.either("Playlist", list != nil, err)
		e.value("Playlist", list, err)
		page, err := s.PlaylistPosts(e.ctx, "1", "")
		e.page("PlaylistPosts", page, err)
	}
	e.timelines(s)
	if s, ok := s.(feeds.Threads); ok {
		e.threads(s, q.Posts)
	}
	e.trends(s)
	e.searches(s)
	if s, ok := s.(feeds.Edits); ok {
		for _, id := range q.Posts {
			versions, err := s.Edits(e.ctx, id)
			e.failed("Edits", err)
			e.check("Edits", CheckPosts(e.host, versions...))
		}
	}
	if s, ok := s.(feeds.Polls); ok {
		poll, err := s.Poll(e.ctx, "1")
		e.either("Poll", poll != nil, err)
		e.value("Poll", poll, err)
	}
	if s, ok := s.(feeds.Emojis); ok {
		emoji, err := s.CustomEmoji(e.ctx)
		e.value("CustomEmoji", emoji, err)
	}
	if s, ok := s.(feeds.Describer); ok {
		text, err := s.ExtendedDescription(e.ctx)
		e.value("ExtendedDescription", text, err)
	}
}

type exercise struct {
	t    testing.TB
	ctx  context.Context
	host string
}

func (e *exercise) check(what string, fault error) {
	e.t.Helper()
	if fault != nil {
		e.t.Errorf("%s: %v", what, fault)
	}
}

// either checks that there is a value or an error, and reports whether it is the value.
func (e *exercise) either(what string, there bool, err error) bool {
	e.t.Helper()
	if there == (err != nil) {
		e.t.Errorf("%s: there is a value: %t; the error is %v", what, there, err)
		return false
	}
	e.failed(what, err)
	return err == nil
}

// failed checks an error that came beside no value or a part of one.
func (e *exercise) failed(what string, err error) {
	e.t.Helper()
	if kind := feeds.KindOf(err); kind == feeds.Internal || kind == feeds.Storage {
		e.t.Errorf("%s: %s is no fault of a server: %v", what, kind, err)
	}
}

func (e *exercise) page(what string, page *feeds.Page, err error) {
	e.t.Helper()
	if e.either(what, page != nil, err) {
		e.check(what, CheckPage(e.host, page))
	}
}

func (e *exercise) people(what string, people []*feeds.Author, err error) {
	e.t.Helper()
	e.failed(what, err)
	e.check(what, CheckAuthors(e.host, people...))
}

func (e *exercise) value(what string, v any, err error) {
	e.t.Helper()
	e.failed(what, err)
	e.check(what, CheckValue(v))
}

func (e *exercise) profiles(s feeds.Profiles, names []string) (found []*feeds.Author) {
	e.t.Helper()
	for _, name := range names {
		a, err := s.Profile(e.ctx, name, e.host)
		if e.either("Profile "+name, a != nil, err) {
			e.check("Profile "+name, CheckAuthors(e.host, a))
			found = append(found, a)
		}
	}
	return found
}

func (e *exercise) timelines(s feeds.Source) {
	e.t.Helper()
	if s, ok := s.(feeds.ServerTimelines); ok {
		for _, scope := range []feeds.Scope{feeds.Local, feeds.Federated} {
			page, err := s.ServerPosts(e.ctx, scope, "")
			e.page("ServerPosts "+string(scope), page, err)
		}
	}
	if s, ok := s.(feeds.TagTimelines); ok {
		page, err := s.TagPosts(e.ctx, "tea", feeds.TagChoice{Any: []string{"mate"}}, "")
		e.page("TagPosts", page, err)
	}
}

func (e *exercise) threads(s feeds.Threads, ids []string) {
	e.t.Helper()
	for _, id := range ids {
		p, err := s.Post(e.ctx, id)
		if e.either("Post "+id, p != nil, err) {
			e.check("Post "+id, CheckPosts(e.host, p))
		}
		above, below, err := s.Context(e.ctx, id)
		e.failed("Context "+id, err)
		e.check("Context "+id, CheckPosts(e.host, append(above, below...)...))
	}
}

func (e *exercise) trends(s feeds.Source) {
	e.t.Helper()
	if s, ok := s.(feeds.PostTrends); ok {
		page, err := s.TrendingPosts(e.ctx, "")
		e.page("TrendingPosts", page, err)
	}
	if s, ok := s.(feeds.TagTrends); ok {
		tags, err := s.TrendingTags(e.ctx)
		e.value("TrendingTags", tags, err)
	}
	if s, ok := s.(feeds.LinkTrends); ok {
		links, err := s.TrendingLinks(e.ctx)
		e.value("TrendingLinks", links, err)
	}
}

func (e *exercise) searches(s feeds.Source) {
	e.t.Helper()
	if s, ok := s.(feeds.AccountSearch); ok {
		people, err := s.SearchAccounts(e.ctx, "x")
		e.people("SearchAccounts", people, err)
	}
	if s, ok := s.(feeds.TagSearch); ok {
		tags, err := s.SearchTags(e.ctx, "x")
		e.value("SearchTags", tags, err)
	}
	if s, ok := s.(feeds.Following); ok {
		people, _, err := s.Following(e.ctx, &feeds.Author{Host: e.host, ID: "1", User: "x", Domain: e.host}, "")
		e.people("Following", people, err)
	}
	if s, ok := s.(feeds.NameSearch); ok {
		people, tags, err := s.SearchNames(e.ctx, "x")
		e.people("SearchNames", people, err)
		e.value("SearchNames", tags, err)
	}
	if s, ok := s.(feeds.PostSearch); ok {
		page, err := s.SearchPosts(e.ctx, "x", "")
		e.page("SearchPosts", page, err)
	}
	if s, ok := s.(feeds.Directory); ok {
		people, _, err := s.Directory(e.ctx, feeds.ActiveFirst, "")
		e.people("Directory", people, err)
	}
}
