package doctor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"text/tabwriter"

	"vitrine/app/words"
	"vitrine/build/relme"
	"vitrine/feeds"
	"vitrine/feeds/address"
)

// Official is what matters to who makes an official feed of an account.
type Official struct {
	API      error       // why its posts can't be read by programs; nil when they can
	APICORS  bool        // pages of other sites may read the answers
	Media    string      // host of the account's pictures; "" when none was seen
	MediaOK  bool        // pages of other sites may read them
	WebFeed  string      // address of the account's web feed; "" when none was found
	FeedErr  error       // why it can't be read
	BotWall  bool        // a page came where data was asked for: a wall against robots, or a notice
	Caching  string      // Cache-Control of the posts; "" when the server says nothing
	ETag     bool        // it says whether what was read still holds
	Proof    relme.Proof // how the site and the account name each other
	Wishes   feeds.Wishes
	Marks    string        // what the server says of the account: that it has moved, say
	Moved    *feeds.Author // where the account is now; nil where it hasn't moved
	None     string        // that its server counts posts and shows none; "" where it doesn't
	Requests int           // what one run asks, once the account is known
}

// official looks at an account as the source of an official feed of the site at baseURL.
func (e *examination) official(ctx context.Context, s feeds.Source, a address.Address, baseURL string, found webFeeds) {
	profiles, unsupported := feeds.As[feeds.Profiles](s)
	if unsupported != nil || a.User == "" || a.Kind != address.Profile && a.Kind != address.Community {
		return
	}
	user := a.User
	if a.Kind == address.Community {
		user = "!" + user
	}
	o := &Official{Requests: 1}
	e.report.Official = o
	e.cors.begin()
	who, err := profiles.Profile(ctx, user, a.Domain)
	var page *feeds.Page
	if err == nil {
		err, o.Marks = failure(who), marks(who)
	}
	if err == nil {
		e.cors.begin()
		page, err = profiles.ProfilePosts(ctx, who, feeds.ProfileFilter{}, "")
	}
	o.API, o.APICORS, o.BotWall = err, e.cors.readable(), e.cors.botWall
	o.Caching, o.ETag = e.cors.caching, e.cors.etag
	if err == nil {
		o.Wishes = who.Wishes
		o.Proof = relme.Prove(ctx, e.cors.Fetcher, baseURL, who)
		e.media(ctx, o, page.Posts)
	}
	if err == nil {
		o.Moved = who.Moved
		if len(page.Posts) == 0 && page.Older == "" {
			others, err := profiles.ProfilePosts(ctx, who, feeds.ProfileFilter{Replies: true}, "")
			o.None = shownNone(who, 0, err == nil && len(others.Posts) > 0)
		}
	}
	o.WebFeed, o.FeedErr = found.first, found.err
}

// media asks for a picture of the account as a page of another site would.
func (e *examination) media(ctx context.Context, o *Official, posts []*feeds.Post) {
	for _, p := range posts {
		for _, m := range p.Media {
			u, err := url.Parse(m.Preview)
			if m.Kind != feeds.Image || err != nil || u.Host == "" {
				continue
			}
			o.Media = u.Host
			e.cors.begin()
			if _, err := e.cors.Fetch(ctx, feeds.Request{URL: m.Preview, Accept: "image/*"}); err == nil {
				o.MediaOK = e.cors.readable()
				return
			}
		}
	}
}

// Mode is how an official feed of the account is best made, in a sentence.
func (o *Official) Mode() string {
	switch {
	case (o.Wishes.NoBot || o.Wishes.NoArchive) && o.Proof != relme.Both:
		return "Not recommended: the account asks not to be copied (#nobot, #noarchive), and nothing proves that it is the site's own. A rel=me link in both directions would."
	case o.Wishes.SignInToView:
		return "Not possible: the account shows its posts to members only."
	case o.Moved != nil:
		return fmt.Sprintf("Of little use: the account has moved to @%s, and new posts appear there.", address.Show(o.Moved.Handle()))
	case errors.Is(o.API, feeds.ErrSuspended):
		return "Not possible: the moderators of its server have suspended the account."
	case o.None != "":
		return "Not possible as it stands: " + o.None
	case o.API == nil:
		return `Static copy (media = "mirror"): visitors contact the site alone, and the server is asked once a run.`
	case o.WebFeed != "":
		return fmt.Sprintf("Static copy of its web feed: put %q into addresses. Boosts, polls and the languages of posts are not in it.", o.WebFeed)
	case o.BotWall:
		return "Not possible as it stands: a wall against robots responds. Its server's operators can let /api/ and web feeds pass."
	case feeds.KindOf(o.API) == feeds.RateLimited:
		return "Try again later: the server asks for a pause."
	}
	return "Not possible as it stands: neither its API nor a web feed can be read."
}

func (o *Official) write(out io.Writer, w *words.Words) {
	fmt.Fprintln(out, "\nAs an official feed")
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(name, value string) { fmt.Fprintf(table, "  %s\t%s\n", name, value) }
	row("API", View{Err: o.API}.outcome(w))
	row("readable by websites (CORS)", yesNo(o.APICORS && o.API == nil, "yes: live mode works too", "no: the static copy alone"))
	if o.Media != "" {
		row("pictures", o.Media+", "+yesNo(o.MediaOK, "readable by websites", "not readable by websites (CORS)"))
	}
	switch {
	case o.WebFeed != "":
		row("web feed", o.WebFeed)
	case o.FeedErr != nil:
		row("web feed", "none found ("+string(feeds.KindOf(o.FeedErr))+")")
	}
	row("wall against robots", yesNo(o.BotWall, "yes: a page came where data was asked for", "none seen"))
	row("caching", yesNo(o.Caching != "", o.Caching, "the server says nothing")+yesNo(o.ETag, ", and it tells whether a copy still holds", ""))
	row("rel=me", proofWords(o.Proof))
	if o.Marks != "" {
		row("account", o.Marks)
	}
	if said := wishes(o.Wishes); said != "" {
		row("wishes", said)
	}
	row("a run asks", fmt.Sprintf("%d time", o.Requests))
	_ = table.Flush() // out's failures show elsewhere
	fmt.Fprintf(out, "  %s\n", o.Mode())
}

func yesNo(b bool, yes, no string) string {
	if b {
		return yes
	}
	return no
}

func proofWords(p relme.Proof) string {
	switch p {
	case relme.Both:
		return "the site and the account name each other"
	case relme.ByProfile:
		return `the account names the site; the site lacks <a rel="me"> to the account`
	case relme.BySite:
		return "the site names the account; the account's profile lacks a link to the site"
	case relme.Neither:
		return "the site and the account do not name each other"
	}
	return "not looked at: base_url in site.toml is empty, or its page can't be read"
}

// isPage reports an answer that is a web page.
func isPage(r *feeds.Response) bool {
	return strings.Contains(strings.ToLower(r.Header["content-type"]), "text/html")
}
