package markup

import (
	"strconv"
	"strings"
	"time"

	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/address"
)

// Action is something to do next: a link if Href is set, else a button that says so by data-action.
type Action struct {
	Name  string // data-action
	Href  string // leads away from here unless it is a view's fragment
	Words string
}

// Problem draws a failure: who, what it means, what to do next. A compact one is the row above stored posts.
func Problem(d *Drawing, p words.Problem, compact bool, actions ...Action) Node {
	attrs := At("class", "note "+p.Tone, "role", "alert", "data-kind", string(p.Kind))
	if compact {
		attrs[0].Value = "note slim " + p.Tone
		next := Node{}
		if len(actions) > 0 {
			next = action(actions[0], "b plain")
		}
		return El("div", attrs, d.icon(p.Icon), El("p", nil, d.slimWords(p)...), next)
	}
	buttons := make([]Node, 0, len(actions))
	for _, a := range actions {
		buttons = append(buttons, action(a, "b"))
	}
	row := Node{}
	if len(buttons) > 0 {
		row = El("div", At("class", "row-b"), buttons...)
	}
	return El("div", attrs, d.icon(p.Icon), El("strong", nil, Text(p.Title)), El("p", At("class", "prose"), problemText(p)...), row)
}

// slimWords is the title; a pause says when it ends, since the reader waits for that.
func (d *Drawing) slimWords(p words.Problem) []Node {
	if p.Retry == "" {
		return []Node{Text(p.Title)}
	}
	return []Node{Text(p.Title + d.Words.T("list.comma")), El("time", At("datetime", rfc3339(p.RetryAt)), Text(p.Retry))}
}

// problemText marks the time of the next try.
func problemText(p words.Problem) []Node {
	before, after, found := strings.Cut(p.Text, p.Retry)
	if p.Retry == "" || !found {
		return []Node{Text(p.Text)}
	}
	return []Node{Text(before), El("time", At("datetime", rfc3339(p.RetryAt)), Text(p.Retry)), Text(after)}
}

func action(a Action, class string) Node {
	switch {
	case strings.HasPrefix(a.Href, "#"):
		return link(a.Href, At("class", class), InLines(a.Words)...)
	case a.Href != "":
		return outside(a.Href, At("class", class), InLines(a.Words)...)
	}
	return El("button", At("class", class, "type", "button", "data-action", a.Name), InLines(a.Words)...)
}

// AsOf says how old content is; nothing where that isn't known. Its height is always the same, so that what stands below doesn't move when it is
// read again.
func AsOf(d *Drawing, t time.Time) Node {
	if t.IsZero() {
		return Node{}
	}
	w := d.Words
	said := w.T("stored.at", w.Moment(t, d.Now, d.Local))
	if !d.Now.IsZero() {
		said = w.Read(t, d.Now, d.Local)
	}
	return El("p", At("class", "quiet", "data-asof", rfc3339(t)), d.small("clock"),
		El("time", At("datetime", rfc3339(t), "title", w.Full(d.local(t))), Text(said)))
}

// Empty says that a list has nothing, which is no failure, and what to do instead.
func Empty(d *Drawing, sign, title, text string, more ...Node) Node {
	return El("div", At("class", "empty"), d.icon(sign), El("h2", nil, Text(title)), El("p", nil, append([]Node{Text(text + " ")}, more...)...))
}

// Placeholders are n stand-ins in the shape of posts, every other one with a picture.
func Placeholders(n int) []Node {
	placeholder := func(class string) Node { return El("span", At("class", "bone "+class)) }
	out := make([]Node, 0, n)
	for i := range n {
		picture := Node{}
		if i%2 == 0 {
			picture = placeholder("pic")
		}
		out = append(out, El("div", At("class", "post", "aria-hidden", "true"),
			El("div", At("class", "by"), placeholder("round"), El("span", At("class", "bones"), placeholder("w5"), placeholder("w3"))),
			El("div", At("class", "body"), El("span", At("class", "bones"), placeholder("w9"), placeholder("w9"), placeholder("w7")), picture)))
	}
	return out
}

// GapRow is a hole in a list, where it is: between which times, and the way to fill it. filling: it is being filled.
func GapRow(d *Drawing, g feeds.Gap, filling bool) Node {
	w := d.Words
	from, to := w.Span(g.Below, g.Above, d.Now, d.Local)
	text := w.T("gap.text", from, to)
	button := "gap.load"
	if filling {
		button = "gap.loading"
	}
	return El("article", At("class", "gap", "data-part", "gap", "aria-label", text, "tabindex", "0"),
		El("p", nil, d.icon("gap"), El("span", nil, Text(text))),
		d.button("b", "fill", At("data-key", string(g.Cursor)).When(filling, "disabled", ""), Text(w.T(button))))
}

// Ghost is a post that should stand in a thread and can't be read.
type Ghost struct {
	Above bool // it stands above the focused post, not among the replies
	Depth int  // of a reply, as Place has them
	Step  int
	Host  string     // the server that was asked
	Kind  feeds.Kind // why; "" when nobody said
}

// GhostRow draws a missing post where it is missing, with the reason.
func GhostRow(d *Drawing, g Ghost) Node {
	w := d.Words
	class, label, quiet := "post ghost anc", "ghost.above", Attrs(nil)
	if !g.Above {
		class, label, quiet = replyClass(g.Step)+" ghost", "ghost.reply", At("class", "quiet")
	}
	sign, key := ghostReason(g.Kind)
	text := d.sentence(key, El("bdi", nil, Text(address.ShowHost(g.Host))))
	attrs := At("class", class, "data-part", "missing").When(!g.Above, "data-depth", strconv.Itoa(g.Depth))
	return El("article", append(attrs, At("aria-label", w.T(label), "tabindex", "0")...),
		El("span", At("class", "hole"), d.small(sign)),
		El("p", quiet, append([]Node{Text(w.T(label) + ": ")}, text...)...))
}

func ghostReason(k feeds.Kind) (sign, key string) {
	switch k {
	case feeds.Gone:
		return "bin", "ghost.gone"
	case feeds.NeedsLogin, feeds.Refused:
		return "lock", "ghost.members"
	case feeds.Offline:
		return "unplug", "ghost.unread"
	case feeds.Unreachable, feeds.Timeout, feeds.ServerError, feeds.RateLimited:
		return "unplug", "ghost.silent"
	}
	return "ghost", "ghost.unknown"
}
