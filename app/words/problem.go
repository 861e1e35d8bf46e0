package words

import (
	"errors"
	"time"

	"vitrine/feeds"
)

// Problem is a failure in words: who it is about, what it means, what comes next.
type Problem struct {
	Kind    feeds.Kind
	Icon    string // name in icons.svg
	Tone    string // "care" where waiting helps, "plain" for a fact, "stop" for a no or a loss
	Title   string // names the server
	Text    string
	Host    string    // the server concerned, "" for none
	RetryAt time.Time // when it is tried again by itself, zero when it isn't
	Retry   string    // RetryAt as it stands in Text, "" when it doesn't
}

// Problems is what a sentence about a failure depends on beside the failure.
type Problems struct {
	What  string // what was to be shown: "feed", "profile", "post", "replies" (all that was said around it), "tag", "webfeed", "directory", "server", "site" (it is this one that doesn't show it) or ""
	Now   time.Time
	Local func(time.Time) time.Time // nil for UTC
}

// Problem puts an error into words, by its kind alone: what a server wrote is never shown. It returns the zero Problem for nil.
func (w *Words) Problem(err error, about Problems) Problem {
	e := feeds.AsError(err)
	if e == nil {
		return Problem{}
	}
	switch {
	case errors.Is(e, feeds.ErrSuspended):
		about.What = "suspended"
	case errors.Is(e, feeds.ErrRemoved):
		about.What = "removed"
	case errors.Is(e, feeds.ErrNoFeed):
		about.What = "webfeed"
	}
	sign, tone := manner(e.Kind)
	p := Problem{Kind: e.Kind, Icon: sign, Tone: tone, Host: e.Host}
	if tone == "" {
		p.Kind = feeds.Internal
		p.Icon, p.Tone = manner(feeds.Internal)
	}
	p.Title = w.T(w.variant(p.Kind, "title", about.What, e), e.Host, e.Detail)
	if p.Kind == feeds.RateLimited && e.RetryAt.After(about.Now) {
		p.RetryAt, p.Retry = e.RetryAt, w.Clock(in(about.Local, e.RetryAt))
		p.Text = w.T("problem.RateLimited.text.at", p.Retry, w.wait(e.RetryAt.Sub(about.Now)))
		return p
	}
	p.Text = w.T(w.variant(p.Kind, "text", about.What, e), e.Host, e.Detail)
	return p
}

// manner returns the sign and the tone of a kind; no tone for a kind that doesn't exist.
func manner(k feeds.Kind) (sign, tone string) {
	switch k {
	case feeds.Offline:
		return "offline", "care"
	case feeds.RateLimited, feeds.Timeout:
		return "wait", "care"
	case feeds.Unreachable:
		return "unplug", "care"
	case feeds.ServerError:
		return "warn", "care"
	case feeds.NeedsLogin:
		return "lock", "plain"
	case feeds.NotFound:
		return "search", "plain"
	case feeds.Gone:
		return "ghost", "plain"
	case feeds.Unsupported:
		return "server", "plain"
	case feeds.TooLarge, feeds.BadData:
		return "text", "plain"
	case feeds.Refused:
		return "hand", "stop"
	case feeds.Storage:
		return "storage", "stop"
	case feeds.Internal:
		return "warn", "stop"
	}
	return "", ""
}

// variant finds the most telling sentence there is: problem.KIND.PART, with ".WHAT" where what was to be shown matters, with
// ".here" where no server is known, with ".unnamed" where the software's name is not.
func (w *Words) variant(k feeds.Kind, part, what string, e *feeds.Error) string {
	key := "problem." + string(k) + "." + part
	for _, suffix := range suffixes(what, e) {
		if w.has(key + suffix) {
			return key + suffix
		}
	}
	return key
}

func suffixes(what string, e *feeds.Error) []string {
	about := ""
	if what != "" {
		about = "." + what
	}
	switch {
	case e.Host == "":
		return []string{about + ".here", ".here", about}
	case e.Detail == "":
		return []string{about + ".unnamed", ".unnamed", about}
	}
	return []string{about}
}

// wait says how long a pause still is, in whole minutes from a minute and a half on.
func (w *Words) wait(d time.Duration) string {
	if d < 90*time.Second {
		return w.N("duration.seconds", int((d+time.Second-1)/time.Second))
	}
	return w.N("duration.minutes", int((d+30*time.Second)/time.Minute))
}
