package misskey

import (
	"context"
	"strconv"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

const (
	firstLimit = 20 // notes of a newest page: as much as a first screen needs
	olderLimit = 40 // of the pages below; a server gives up to 100
)

// below is the question for the part of a list under a cursor.
func below(c feeds.Cursor) question {
	if c == "" {
		return question{"limit": firstLimit}
	}
	if date, ok := strings.CutPrefix(string(c), byDate); ok {
		until, _ := strconv.ParseInt(date, 10, 64)
		return question{"limit": olderLimit, "untilDate": until}
	}
	return question{"limit": olderLimit, "untilId": string(c)}
}

// byDate begins a cursor that is no id but a time in milliseconds.
const byDate = "@"

// Jump implements feeds.Jumper: lists take a time as they take an id.
func (s *Source) Jump(context.Context, *feeds.Author, feeds.ProfileFilter) (*feeds.Jump, error) {
	return &feeds.Jump{Before: func(t time.Time) feeds.Cursor { return feeds.Cursor(byDate + strconv.FormatInt(t.UnixMilli(), 10)) }}, nil
}

// notes asks for a part of a list that goes on by ids. A page may be short, or even empty, and the list go on: what is not for guests
// counts, so the list ends with an answer without notes.
func (s *Source) notes(ctx context.Context, endpoint string, q question, c feeds.Cursor) (*feeds.Page, error) {
	page, list, err := s.asked(ctx, endpoint, q)
	if err != nil {
		return nil, err
	}
	if last := feeds.Cursor(lastID(list)); last != c {
		page.Older = last
	}
	return page, nil
}

// asked asks for a list of notes, and also returns it as it came.
func (s *Source) asked(ctx context.Context, endpoint string, q question) (*feeds.Page, []note, error) {
	var list apiclient.List[note]
	a, err := s.ask(ctx, endpoint, q, &list)
	if err != nil {
		return nil, nil, err
	}
	if list == nil && a.Status != 204 {
		return nil, nil, a.Failure(apiclient.ErrNoList)
	}
	page, err := a.page(ctx, list)
	return page, list, err
}

// lastID is the id at the end of a page, of a renote its own.
func lastID(list []note) ident {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].ID != "" {
			return list[i].ID
		}
	}
	return ""
}

// ServerPosts implements feeds.ServerTimelines.
func (s *Source) ServerPosts(ctx context.Context, scope feeds.Scope, c feeds.Cursor) (*feeds.Page, error) {
	endpoint, openness := "notes/local-timeline", s.Access().Local
	if scope == feeds.Federated {
		endpoint, openness = "notes/global-timeline", s.Access().Federated
	}
	if openness.Closed() {
		return nil, s.refuse(endpoint, apiclient.ErrClosed)
	}
	return s.notes(ctx, endpoint, below(c), c)
}

// TagPosts implements feeds.TagTimelines.
func (s *Source) TagPosts(ctx context.Context, tag string, with feeds.TagChoice, c feeds.Cursor) (*feeds.Page, error) {
	q := below(c)
	tag = strings.TrimPrefix(tag, "#")
	if len(with.Any)+len(with.All) == 0 {
		q["tag"] = tag
	} else { // notes that have all hashtags of one of the groups
		groups := [][]string{append([]string{tag}, with.All...)}
		for _, other := range with.Any {
			groups = append(groups, append([]string{other}, with.All...))
		}
		q["query"] = groups
	}
	return s.notes(ctx, "notes/search-by-tag", q, c)
}

// TrendingPosts implements feeds.PostTrends. From 2023.10 on the list goes on by ids, before it did by counting: the cursor has both,
// and each server heeds the one that it knows.
func (s *Source) TrendingPosts(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	count, until := 0, feeds.Cursor("")
	if before, after, ok := strings.Cut(string(c), " "); ok {
		count, _ = apiclient.Position(feeds.Cursor(before), 0) // without a count the list goes on by ids
		until = feeds.Cursor(after)
	}
	q := below(until)
	if count > 0 {
		q["offset"] = count
	}
	page, list, err := s.asked(ctx, "notes/featured", q)
	if err != nil {
		return nil, err
	}
	if last := feeds.Cursor(lastID(list)); last != "" && last != until {
		page.Older = apiclient.CursorAt(count+len(list)) + " " + last
	}
	return page, nil
}
