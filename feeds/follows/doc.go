// Package follows is what a reader follows without an account: people, hashtags, communities, servers and web feeds, in lists, with
// filters that say which posts are hidden or folded away, and a line in each feed down to which it was read.
//
//	book := follows.Open(shelf, tabs, "/")
//	undo, err := book.Change(ctx, func(d *follows.Data) error {
//		d.Add(follows.New("#/@ada@a.example", follows.Profile, clock.Now()))
//		return nil
//	})
//
// It is kept on the reader's own shelf, in three records that change at their own pace: what the reader chose (Data), what refreshing has
// learned of each source (Learned), and the reading lines (Line). Each change reads the record, changes it and writes it as a whole under
// a lock that all tabs share, so that nothing is lost when two tabs change it at once, and no half of a change is ever stored. A record that
// a later version wrote, or that can't be read, is left as it is, and the error says so.
//
// Every change has its Undo, which takes back what that change did and nothing else, whatever other tabs have changed since.
package follows
