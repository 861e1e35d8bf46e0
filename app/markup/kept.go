package markup

import (
	"slices"
	"time"
)

// Kept is what is kept of a saved post beside the post itself.
type Kept struct {
	Tags   []string  // the reader's
	Note   string    // the reader's
	Gone   time.Time // since when its own server doesn't have it any more; zero while it does
	Edited bool      // later versions are kept beside the first
	Failed int       // files that couldn't be kept
	Why    string    // why, in words
	Bare   bool      // only what the reader says of it is drawn
}

// Equal reports that both are drawn the same.
func (k *Kept) Equal(o *Kept) bool {
	return slices.Equal(k.Tags, o.Tags) && k.Note == o.Note && k.Gone.Equal(o.Gone) && k.Edited == o.Edited && k.Failed == o.Failed && k.Why == o.Why && k.Bare == o.Bare
}

// keptMark says that a saved post is gone.
func (d *Drawing) keptMark(k *Kept) Node {
	when := El("time", At("datetime", rfc3339(k.Gone)), Text(d.Words.Moment(k.Gone, d.Now, d.Local)))
	return El("p", At("class", "ctx", "data-part", "gone"), d.small("ghost"), El("span", nil, d.sentence("saved.gone", when)...))
}

// kept draws the reader's note and tags, and what can be done with them.
func (d *Drawing) kept(r Row) Node {
	k, key := r.Kept, string(r.Post.Key)
	box := El("div", At("class", "kept", "data-part", "kept"))
	add := func(n Node) { box.Children = append(box.Children, n) }
	if k.Note != "" {
		add(El("p", At("class", "prose", "data-part", "note", "dir", "auto"), Text(k.Note)))
	}
	if len(k.Tags) > 0 {
		list := El("ul", At("class", "names", "aria-label", d.Words.T("saved.tags")))
		for _, t := range k.Tags {
			list.Children = append(list.Children, El("li", nil, El("bdi", nil, Text(t))))
		}
		add(list)
	}
	if k.Bare {
		return box
	}
	if k.Failed > 0 {
		add(El("p", At("class", "quiet", "data-part", "failed"), Text(d.Words.N("saved.failed", k.Failed, k.Why)+" "),
			d.button("b plain", "saved-fetch", At("data-key", key), Text(d.Words.T("do.retry")))))
	}
	row := El("div", At("class", "row-b"), d.button("b plain", "saved-edit", At("data-key", key), d.small("tag"), Text(d.Words.T("saved.edit"))))
	if k.Edited {
		row.Children = append(row.Children, d.button("b plain", "saved-versions", At("data-key", key), d.small("clock"), Text(d.Words.T("saved.edited"))))
	}
	add(row)
	return box
}
