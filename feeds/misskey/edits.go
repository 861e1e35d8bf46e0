package misskey

import (
	"context"
	"slices"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

var _ feeds.Edits = (*Source)(nil)

// version is what a note said until it was edited.
type version struct {
	UpdatedAt string  `json:"updatedAt"` // when that ended
	Text      string  `json:"text"`
	CW        *string `json:"cw"` // CherryPick
}

// Edits implements feeds.Edits where guests may read them: at Sharkey, which keeps the texts, and at CherryPick, which keeps warnings too. What
// Firefish answers at the same address isn't documented: whether its texts are those before or after an edit.
// Sources: https://activitypub.software/TransFem-org/Sharkey, packages/backend/src/server/api/endpoints/notes/versions.ts, and
// https://github.com/kokonect-link/cherrypick, notes/history.ts beside it and core/NoteHistoryService.ts.
func (s *Source) Edits(ctx context.Context, id string) ([]*feeds.Post, error) {
	endpoint, asked := "notes/versions", question{"noteId": id}
	warned := s.quirks.Software == "cherrypick"
	if warned {
		endpoint, asked["limit"] = "notes/history", 100 // the most
	}
	switch {
	case s.quirks.Software != "" && s.quirks.Software != "sharkey" && !warned:
		return nil, &feeds.Error{Kind: feeds.Unsupported, Host: s.Host(), Op: endpoint, Detail: s.quirks.Software}
	case !isID(id):
		return nil, s.refuse(endpoint, apiclient.ErrNoSuchID)
	}
	var now note
	a, err := s.ask(ctx, "notes/show", question{"noteId": id}, &now)
	if err != nil {
		return nil, err
	}
	var old apiclient.List[version]
	if _, err := s.ask(ctx, endpoint, asked, &old); err != nil {
		return nil, err
	}
	old = slices.DeleteFunc(old, func(v version) bool { return apiclient.Time(v.UpdatedAt).IsZero() })
	slices.SortStableFunc(old, func(x, y version) int {
		return apiclient.Time(x.UpdatedAt).Compare(apiclient.Time(y.UpdatedAt))
	})
	versions, err := withOwnEmoji(ctx, a, func() ([]*feeds.Post, error) {
		var all []*feeds.Post
		said := now
		said.UpdatedAt = ""
		for _, v := range append(slices.Clone(old), version{Text: now.Text, CW: now.CW}) {
			said.Text = v.Text
			if warned {
				said.CW = v.CW
			}
			p, err := a.note(&said, bareQuote)
			if err != nil {
				return nil, err
			}
			all, said.CreatedAt = append(all, p), v.UpdatedAt
		}
		return all, nil
	})
	if err != nil {
		return nil, a.Failure(err)
	}
	return versions, nil
}
