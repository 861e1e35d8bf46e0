package software

import (
	"context"
	"strings"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// host reads one server by the adapter of its software. While that isn't known it is read as Mastodon; the first answer that makes
// no sense makes the server be asked what it is (NodeInfo), once, and the question be put again in the right way.
type host struct {
	r    *Resolver
	name string

	probing sync.Mutex // held while the server is asked what it is
	tried   trial      // what it was last taken for, guarded by probing
	met     *meeting   // what came of meet, guarded by probing; nil before

	mu        sync.Mutex
	current   feeds.Source
	is        *software
	confirmed bool // it answered well, or said what it is
	seen      feeds.Access
}

// trial is a guess of how a server that didn't say what it is may be read. It stands for a while, so that each of a view's questions doesn't
// begin the search anew.
type trial struct {
	source feeds.Source
	is     *software
	until  time.Time
}

// meeting is what came of asking a server what it is before all else: why it isn't asked anything then, or nil.
type meeting struct{ err error }

// trialTime is how long a guess stands.
const trialTime = time.Minute

// Seen implements feeds.Observer.
func (h *host) Seen() feeds.Access {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.seen
}

// noteAccess notes what an answer says of a view. That somebody or something isn't there says nothing of the view.
func (h *host) noteAccess(view *feeds.Openness, err error) {
	o := feeds.OpennessOf(err)
	if o == feeds.OpennessUnknown || o == feeds.Disabled {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	*view = o
}

func newHost(r *Resolver, name string, recalled Nodeinfo) *host {
	h := &host{r: r, name: name, is: assumed()}
	switch s := lookup(recalled.Software); {
	case recalled.Documents:
		h.is = documentsOf(recalled.Software)
	case s == nil:
	case s.api == nil:
		recalled = Nodeinfo{}
	default:
		h.is = s
	}
	h.current = r.adapter(name, h.is, recalled)
	return h
}

// adapter makes the source for a software that can be read.
func (r *Resolver) adapter(host string, s *software, info Nodeinfo) feeds.Source {
	return s.api.source(r.fetcher, r.clock, host, info)
}

// Host implements feeds.Source.
func (h *host) Host() string { return h.name }

// Capabilities implements feeds.Source.
func (h *host) Capabilities() feeds.Capabilities { return h.source().Capabilities() }

// Describe implements feeds.Source.
func (h *host) Describe(ctx context.Context) (*feeds.Instance, error) {
	i, err := ask(ctx, h, func(s feeds.Source) (*feeds.Instance, error) { return s.Describe(ctx) })
	if err == nil {
		h.noteDescription(ctx, Nodeinfo{Software: canonicalName(i.Software), Version: i.Version, Name: i.Title})
	}
	return i, err
}

func (h *host) source() feeds.Source {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.current
}

// Target implements feeds.Forwarder.
func (h *host) Target() (s feeds.Source, software string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.current, h.is.name
}

// known is how the server is asked now, what it is taken for, and whether it is that for sure.
func (h *host) known() (feeds.Source, *software, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.current, h.is, h.confirmed
}

func (h *host) software() *software {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.is
}

// answered notes that s was the right way to ask.
func (h *host) answered(ctx context.Context, s feeds.Source) {
	h.mu.Lock()
	first := !h.confirmed && s == h.current && h.is.sameFamily(assumed())
	h.confirmed = h.confirmed || s == h.current
	h.mu.Unlock()
	if first && h.r.options.Memory != nil {
		h.r.options.Memory.Answered(ctx, h.name)
	}
}

// noteDescription takes what a description said of the software, which may be read in a better way than the one that it was asked in.
func (h *host) noteDescription(ctx context.Context, info Nodeinfo) {
	if !SpeaksMastodon(info.Software) {
		h.remember(ctx, info)
	}
	s := lookup(info.Software)
	h.mu.Lock()
	defer h.mu.Unlock()
	if s == nil || s.api == nil || s.sameFamily(h.is) {
		return
	}
	h.current, h.is, h.confirmed = h.r.adapter(h.name, s, info), s, true
}

// ask puts a question to the server by the interface I of its adapter; see host.put. An adapter without I is Unsupported.
func ask[I, T any](ctx context.Context, h *host, question func(I) (T, error)) (answer T, err error) {
	return askUnless(ctx, h, nil, question)
}

// askUnless is ask. A server that doesn't say what it is isn't searched for that when elsewhere, which may be nil, reports that the
// answer is at another one: the error is NotFound then.
func askUnless[I, T any](ctx context.Context, h *host, elsewhere func() bool, question func(I) (T, error)) (answer T, err error) {
	err = h.put(ctx, elsewhere, func(s feeds.Source) error {
		i, ok := s.(I)
		if !ok {
			return h.lacking()
		}
		var err error
		answer, err = question(i)
		return err
	})
	return answer, err
}

// lacking is the error of a question that the adapter has no interface for.
func (h *host) lacking() error {
	return &feeds.Error{Kind: feeds.Unsupported, Host: h.name, Detail: h.software().name}
}

// put puts a question to the server. When the answer says that it may be another software, that is found out and the question put
// again. It isn't generic, since each instance would weigh as much in the program as this one.
func (h *host) put(ctx context.Context, elsewhere func() bool, question func(feeds.Source) error) error {
	s := h.source()
	err := question(s)
	if err == nil {
		h.answered(ctx, s)
		return nil
	}
	if !isInconclusive(err) || ctx.Err() != nil {
		return err
	}
	next, trial, err := h.learn(ctx, s, elsewhere, err)
	if next == nil {
		return err
	}
	again := question(next)
	switch {
	case again == nil && trial != nil:
		h.adopt(next, trial)
		h.remember(ctx, Nodeinfo{Software: trial.name, Documents: true})
	case again != nil && trial != nil:
		return err
	}
	return again
}

// isInconclusive reports failures that leave open what software a host runs. A page without CORS headers is Unreachable to a browser;
// several softwares answer to paths they don't know with 401, 403 or 500.
func isInconclusive(cause error) bool {
	switch feeds.KindOf(cause) {
	case feeds.NotFound, feeds.BadData, feeds.Unreachable, feeds.NeedsLogin, feeds.Refused:
		return true
	case feeds.ServerError:
		return feeds.AsError(cause).Status == 500
	case feeds.Unsupported:
		return feeds.AsError(cause).Detail == ""
	}
	return false
}

// learn finds out what the server is, after s failed with cause. next asks in the right way; with trial it is a guess, to be adopted
// when it answers. A nil next leaves it at err: cause, or Unsupported with the software's name.
func (h *host) learn(ctx context.Context, s feeds.Source, elsewhere func() bool, cause error) (next feeds.Source, trial *software, err error) {
	h.probing.Lock()
	defer h.probing.Unlock()
	current, is, confirmed := h.known()
	switch {
	case current != s: // found out meanwhile
		return current, nil, cause
	case confirmed && is.api == nil:
		return nil, nil, h.unsupported(is.name, cause)
	case confirmed:
		return nil, nil, cause
	}
	if t := h.tried; h.r.clock.Now().Before(t.until) && !feeds.IsAnew(ctx) {
		return t.source, t.is, h.unread(t.is.name, cause)
	}
	info, err := Probe(ctx, h.r.fetcher, h.name)
	if err != nil {
		kind := feeds.KindOf(err)
		if kind != feeds.NotFound && kind != feeds.BadData && (kind != feeds.Unreachable || feeds.KindOf(cause) == feeds.Unreachable && !h.r.options.Browser) {
			return nil, nil, cause // it doesn't answer at all, or not now; in a browser other parts of it may be open to pages
		}
		if elsewhere != nil && elsewhere() {
			return nil, nil, &feeds.Error{Kind: feeds.NotFound, Host: h.name, Op: "resolve", Err: cause}
		}
		known := false
		if info, known = h.sniff(ctx); !known {
			return h.guess(ctx, "", cause)
		}
	}
	found := lookup(info.Software)
	if found == nil {
		return h.guess(ctx, info.Software, cause)
	}
	next, err = h.take(ctx, s, is, found, info, cause)
	return next, nil, err
}

// meet finds out what a server is before it is asked for a post beside a view, where that is known to nobody and the id isn't as Mastodon makes
// them: a browser would log each question that is refused. Who doesn't say what they are are asked as anybody is.
func (h *host) meet(ctx context.Context, id string) error {
	if !feeds.IsBeside(ctx) || snowflake(id) {
		return nil
	}
	h.probing.Lock()
	defer h.probing.Unlock()
	current, is, confirmed := h.known()
	switch {
	case h.met != nil:
		return h.met.err
	case confirmed || !is.sameFamily(assumed()) || h.r.clock.Now().Before(h.tried.until):
		return nil
	}
	info, err := Probe(ctx, h.r.fetcher, h.name)
	if ctx.Err() != nil {
		return nil
	}
	h.met = &meeting{}
	if found := lookup(info.Software); err == nil && found != nil {
		_, h.met.err = h.take(ctx, current, is, found, info, nil)
	}
	return h.met.err
}

// snowflake reports an id as Mastodon makes them: a number that holds a time in its upper bits.
// Source: https://github.com/mastodon/mastodon/blob/main/lib/mastodon/snowflake.rb
func snowflake(id string) bool {
	return len(id) >= 15 && strings.Trim(id, "0123456789") == ""
}

// take takes over what a server said that it is, and returns how it is asked then; nil for as before, or not at all, by the error. cause is why
// it was asked what it is.
func (h *host) take(ctx context.Context, s feeds.Source, is, found *software, info Nodeinfo, cause error) (next feeds.Source, err error) {
	h.remember(ctx, info)
	switch {
	case h.r.options.Browser && found.guests.NativeOnly && !found.sameFamily(is):
		return nil, h.unsupported(found.name, cause)
	case found.api == nil:
		h.adopt(s, found)
		return nil, h.unsupported(found.name, cause)
	case found.api == is.api:
		h.adopt(s, found)
		return nil, cause
	}
	adapter := h.r.adapter(h.name, found, info)
	h.adopt(adapter, found)
	return adapter, cause
}

func (h *host) adopt(s feeds.Source, is *software) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.current, h.is, h.confirmed = s, is, true
}

func (h *host) remember(ctx context.Context, info Nodeinfo) {
	if h.r.options.Memory != nil {
		h.r.options.Memory.Keep(ctx, h.name, info)
	}
}

// guess returns the reader of ActivityPub documents for a software that nothing is known of.
func (h *host) guess(ctx context.Context, name string, cause error) (feeds.Source, *software, error) {
	is := documentsOf(name)
	h.tried = trial{h.r.adapter(h.name, is, Nodeinfo{Software: name}), is, h.r.clock.Now().Add(trialTime)}
	h.remember(ctx, Nodeinfo{Software: name})
	return h.tried.source, is, h.unread(name, cause)
}

// documentsOf is a software that is read by its ActivityPub documents; its name may be "".
func documentsOf(name string) *software { return &software{name: name, api: activityPubAPI{}} }

// unread is the error of what can't be read in the way that was guessed: Unsupported with the software's name, unless it merely isn't
// there.
func (h *host) unread(name string, cause error) error {
	if name != "" && feeds.KindOf(cause) != feeds.NotFound {
		return h.unsupported(name, cause)
	}
	return cause
}

func (h *host) unsupported(name string, cause error) error {
	return &feeds.Error{Kind: feeds.Unsupported, Host: h.name, Op: "resolve", Detail: name, Err: cause}
}

// feedOf is the address of the web feed that stands in for a member's posts where the API is closed; "" where the software has none.
func (h *host) feedOf(user string) string {
	f := h.software().feeds
	if !f.standIn || strings.ContainsAny(user, "/?#%") {
		return ""
	}
	return address.Origin(h.name) + fill(f.member[0], user)
}

// sniff asks a server in the words of each software that describes itself at an address of its own what it is: for servers that don't
// say it by NodeInfo, or let no page read that. ok is false when none of the answers makes sense.
func (h *host) sniff(ctx context.Context) (info Nodeinfo, ok bool) {
	rows := probed()
	found := make([]*feeds.Instance, len(rows))
	var wg sync.WaitGroup
	for i, s := range rows {
		source := h.r.adapter(h.name, s, Nodeinfo{})
		wg.Go(func() { found[i], _ = source.Describe(ctx) })
	}
	wg.Wait()
	for i, instance := range found {
		if instance != nil && instance.Version != "" {
			return Nodeinfo{Software: rows[i].names[0], Version: instance.Version, Name: instance.Title}, true
		}
	}
	return Nodeinfo{}, false
}
