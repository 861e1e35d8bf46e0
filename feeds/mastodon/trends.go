package mastodon

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// trendLimit is the most that Mastodon gives of each kind of trend in one page.
const trendLimit = 20

// TrendingPosts implements feeds.PostTrends.
func (s *Source) TrendingPosts(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	if !s.Capabilities().TrendingPosts {
		return &feeds.Page{}, nil
	}
	var wire apiclient.List[status]
	a, err := s.ask(ctx, "/api/v1/trends/statuses", offsetQuery(c, trendLimit), &wire)
	if err != nil {
		return nil, err
	}
	page, err := a.page(wire)
	if err != nil {
		return nil, err
	}
	page.Older = offsetCursor(c, trendLimit, len(wire))
	return page, nil
}

// TrendingTags implements feeds.TagTrends.
func (s *Source) TrendingTags(ctx context.Context) ([]feeds.TagTrend, error) {
	if !s.Capabilities().TrendingTags {
		return nil, nil
	}
	path := "/api/v1/trends/tags"
	if !s.since(3, 5) {
		path = "/api/v1/trends"
	}
	var wire apiclient.List[tag]
	if _, err := s.Get(ctx, path, offsetQuery("", trendLimit), &wire); err != nil {
		return nil, err
	}
	return s.trendsOf(wire), nil
}

func (s *Source) trendsOf(wire []tag) []feeds.TagTrend {
	var trends []feeds.TagTrend
	for _, w := range wire {
		if tag, ok := s.tagOf(w); ok {
			trends = append(trends, feeds.TagTrend{Tag: tag, History: historyOf(w.History)})
		}
	}
	return trends
}

// TagHistory implements feeds.TagHistory. Only a version that is known to answer is asked.
// Source: https://docs.joinmastodon.org/methods/tags/#get
func (s *Source) TagHistory(ctx context.Context, name string) ([]feeds.DayUse, error) {
	if !s.Capabilities().TagHistory {
		return nil, nil
	}
	var wire tag
	if _, err := s.Get(ctx, "/api/v1/tags/"+url.PathEscape(name), nil, &wire); err != nil {
		return nil, err
	}
	return historyOf(wire.History), nil
}

// TrendingLinks implements feeds.LinkTrends.
func (s *Source) TrendingLinks(ctx context.Context) ([]feeds.LinkTrend, error) {
	if !s.Capabilities().TrendingLinks {
		return nil, nil
	}
	var wire apiclient.List[card]
	if _, err := s.Get(ctx, "/api/v1/trends/links", offsetQuery("", trendLimit), &wire); err != nil {
		return nil, err
	}
	var trends []feeds.LinkTrend
	for i := range wire {
		if card := s.cardOf(&wire[i]); card != nil {
			trends = append(trends, feeds.LinkTrend{Card: *card, History: historyOf(wire[i].History)})
		}
	}
	return trends, nil
}

func historyOf(wire []use) []feeds.DayUse {
	var days []feeds.DayUse
	for _, u := range wire {
		if !u.Day.Known {
			continue
		}
		day := time.Unix(int64(u.Day.Value), 0).UTC()
		days = append(days, feeds.DayUse{Day: day, People: u.Accounts.Size(), Uses: u.Uses.Size()})
	}
	return days
}

// offsetQuery is the query of a page of a list that goes on by counting.
func offsetQuery(c feeds.Cursor, limit int) url.Values {
	q := url.Values{"limit": {strconv.Itoa(limit)}}
	if c != "" {
		q.Set("offset", string(c))
	}
	return q
}

// offsetCursor is where such a list goes on, below a page of got items. A short page is the last.
func offsetCursor(c feeds.Cursor, limit, got int) feeds.Cursor {
	if got < limit {
		return ""
	}
	above, err := apiclient.Position(c, 0)
	if err != nil {
		return ""
	}
	return apiclient.CursorAt(above + got)
}
