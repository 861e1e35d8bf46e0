package feeds

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// PartialList is a list as far as it was read.
type PartialList[T any] struct {
	Items []T // those that were read, in order
	// Horizon is the position down to which nothing is missing: below it there may be items that weren't read. It is zero where the
	// list was read to its end, or where nobody waits for the rest of it.
	Horizon time.Time
}

// MergeLists returns the items of several lists in one order, and the horizon of all of them: the highest of theirs. Items below it
// are left out, since others that weren't read yet may belong between them. compare is negative when a stands above b, and must
// order by at, newest first. The order of the lists makes no difference as long as compare distinguishes all items.
func MergeLists[T any](lists []PartialList[T], at func(T) time.Time, compare func(a, b T) int) (items []T, horizon time.Time) {
	for _, l := range lists {
		horizon = Later(horizon, l.Horizon)
	}
	for _, l := range lists {
		for _, item := range l.Items {
			if !at(item).Before(horizon) {
				items = append(items, item)
			}
		}
	}
	if len(lists) > 1 {
		slices.SortStableFunc(items, compare)
	}
	return items, horizon
}

// Paging is how far several lists were read that a server has in numbered pages and that are shown as one.
type Paging struct {
	Pages []int     // the page of each list that is read next; 0 when there is none
	Shown time.Time // down to here posts were shown already; zero for nothing
}

// NumberedPage is one page of one of these lists. The zero value is that of a list that isn't read.
type NumberedPage struct {
	Posts []*Post // newest first
	More  bool    // another page follows
}

// isHidden reports a page of posts that nobody is shown, below which others may be.
func (p NumberedPage) isHidden() bool { return p.More && len(p.Posts) == 0 }

// ParsePaging reads what Paging.Cursor has written for so many lists. ok is false for anything else.
func ParsePaging(c Cursor, lists int) (p Paging, ok bool) {
	parts := strings.Split(string(c), ",")
	if len(parts) != lists+1 {
		return Paging{}, false
	}
	sum := 0
	for _, part := range parts[:lists] {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n > 1e6 {
			return Paging{}, false
		}
		p.Pages = append(p.Pages, n)
		sum += n
	}
	micro, err := strconv.ParseInt(parts[lists], 10, 64)
	if err != nil || sum == 0 {
		return Paging{}, false
	}
	p.Shown = time.UnixMicro(micro).UTC()
	return p, true
}

// Cursor writes where the lists go on, as "2,1,1767225600000000": the pages, and the time in microseconds. It is "" when none does.
func (p Paging) Cursor() Cursor {
	var b strings.Builder
	sum := 0
	for _, n := range p.Pages {
		sum += n
		b.WriteString(strconv.Itoa(n) + ",")
	}
	if sum == 0 {
		return ""
	}
	return Cursor(b.String() + strconv.FormatInt(p.Shown.UnixMicro(), 10))
}

// Merge returns what is to be shown of the pages that were read, one of each list, and where it goes on: with the same page of a list
// while some of it is below the horizon. Nothing is shown yet where a page holds nothing that everybody may read: how far down it
// reaches isn't known.
func (p Paging) Merge(read []NumberedPage) (posts []*Post, next Paging) {
	if slices.ContainsFunc(read, NumberedPage.isHidden) {
		next.Shown = p.Shown
		for i, page := range read {
			number := p.Pages[i]
			if page.isHidden() {
				number++
			}
			next.Pages = append(next.Pages, number)
		}
		return nil, next
	}
	lists := make([]PartialList[*Post], len(read))
	for i, page := range read {
		lists[i].Items = page.Posts
		if page.More && len(page.Posts) > 0 {
			lists[i].Horizon = page.Posts[len(page.Posts)-1].Published
		}
	}
	posts, horizon := MergeLists(lists, func(p *Post) time.Time { return p.Published }, func(a, b *Post) int { return b.Published.Compare(a.Published) })
	if !p.Shown.IsZero() {
		posts = slices.DeleteFunc(posts, func(post *Post) bool { return !post.Published.Before(p.Shown) })
	}
	next.Shown = horizon
	if horizon.IsZero() {
		next.Shown = p.Shown
	}
	for i, page := range read {
		next.Pages = append(next.Pages, page.next(p.Pages[i], horizon, p.Shown))
	}
	return posts, next
}

// next is the number of the page that is read after the one with this number. A list that doesn't get below what was shown before is
// at its end: some servers answer with their last page again and again.
func (p NumberedPage) next(number int, horizon, shown time.Time) int {
	if len(p.Posts) > 0 {
		oldest := p.Posts[len(p.Posts)-1].Published
		switch {
		case oldest.Before(horizon):
			return number
		case !shown.IsZero() && !oldest.Before(shown):
			return 0
		}
	}
	if p.More {
		return number + 1
	}
	return 0
}
