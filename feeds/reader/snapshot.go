package reader

import (
	"time"

	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// Item is a row of a list: a post in its place, or a gap.
type Item struct {
	Entry  feeds.Entry
	Post   *feeds.Post     // nil while it is let go of (Query.Hold)
	Lost   bool            // it is let go of, and the store doesn't have it any more
	Folded follows.Verdict // why filters fold it, if they do; or hide it, where that is shown (Query.Reveal)
	// Warnings is how its content warning stands, by the filter of its source.
	Warnings follows.Warnings
	Boosts   []*feeds.Author    // of several sources: who boosted it, from the earliest on
	Answers  *feeds.Post        // what it answers, where that is stored and several sources are one list; nil otherwise
	Gap      *feeds.Gap         // set: the row is a hole, and there is no post
	Filling  bool               // the hole is being filled
	From     []feeds.TimelineID // the sources of the list that hold the post, or of a hole the one that has it
}

// Hidden is a post that filters leave out of a list, and why.
type Hidden struct {
	Key     feeds.Key
	Verdict follows.Verdict
}

// Snapshot is all that a page needs to draw a list. It is immutable.
type Snapshot struct {
	Items   []Item        // newest first
	Sources []SourceState // in the order in which they were asked for
	AsOf    time.Time     // when the newest page was read; of several sources the longest ago
	Stale   bool          // some of Items come from the store, and their server has not answered since the view was opened
	Busy    bool          // a newest page is being asked for
	Left    int           // of many sources: how many are still to answer
	Older   bool          // older posts are being asked for
	New     int           // posts that came in and are not shown yet
	Line    int           // the row above which stands the line down to which the list was read before; 0 for none
	Hidden  []Hidden      // posts that filters leave out among those that are shown
	LeftOut bool          // there are posts that the site doesn't open
	End     bool          // there is nothing older
	Err     *feeds.Error  // why the last refresh failed, where it failed at every source
	OldErr  *feeds.Error  // why older posts could not be read, where no source has more of them without that
}

// SourceState is how it stands with one source of a list.
type SourceState struct {
	Names     []follows.Address // of the sources that are read here
	Place     Place
	ID        feeds.TimelineID // of Place
	Publisher *feeds.Author    // who publishes it, where its answers say so, as web feeds do; nil before the first
	AsOf      time.Time        // when its newest page was read; zero while none was
	Fresh     bool             // it has answered since the list was opened
	Busy      bool             // its newest page is being asked for
	End       bool             // it was read to its end
	Err       *feeds.Error     // why its last refresh failed
	OldErr    *feeds.Error     // why its older posts, or those of a gap, could not be read
	Reaching  bool             // of a span: it is being loaded down to where that begins,
	Reaches   bool             // it was read down to there, without a gap
	Horizon   time.Time        // down to here it was read; zero when it holds nothing back: it was read to its end, failed, or has not answered yet
}

// Ready reports that there is something to show: posts, the certainty that there are none, or a problem.
func (s *Snapshot) Ready() bool {
	return len(s.Items) > 0 || s.Err != nil || !s.AsOf.IsZero() && !s.Busy
}

// Posts returns the posts of items, in their order.
func Posts(items []Item) []*feeds.Post {
	posts := make([]*feeds.Post, 0, len(items))
	for _, i := range items {
		if i.Post != nil {
			posts = append(posts, i.Post)
		}
	}
	return posts
}
