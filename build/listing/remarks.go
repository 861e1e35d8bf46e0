package listing

import (
	"fmt"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// Remarks are what a server says of somebody beside their posts, a sentence each. posts is how many the list of all of them has, negative
// for a list of some; others says that it leaves out answers or boosts, which there are.
func Remarks(a *feeds.Author, posts int, others bool) []string {
	if a == nil {
		return nil
	}
	var said []string
	say := func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	host := address.ShowHost(a.Host)
	if a.Moved != nil {
		say("@%s has moved to @%s; new posts appear there.", address.Show(a.Handle()), address.Show(a.Moved.Handle()))
	}
	if a.Limited {
		say("The moderators of %s have limited this account.", host)
	}
	if a.Banned {
		say("The moderators of %s have banned this account; earlier posts may remain.", host)
	}
	if a.Memorial {
		say("In memoriam: this person has died; the profile is kept.")
	}
	switch {
	case posts == 0 && others:
		say("This account has only replied to others or boosted, which is left out here.")
	case posts == 0 && a.Counts.Posts > 0:
		unit := "posts"
		if a.Counts.Posts == 1 {
			unit = "post"
		}
		say("%s counts %d %s and shows none to guests.", host, a.Counts.Posts, unit)
	}
	return said
}
