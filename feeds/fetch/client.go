package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"vitrine/feeds"
)

// MaxWait is how long a request waits out a host's pause unless Options say otherwise. A longer pause is reported at once.
const MaxWait = 5 * time.Second

// Options are the limits of a Client. The zero value reads public hosts by the system's clock.
type Options struct {
	// Clock is SystemClock when nil. It times pauses and stamps answers; deadlines run by the machine's own timers.
	Clock feeds.Clock
	// Private lets loopback, private and link-local hosts be asked. In a browser that is right only where the page itself comes
	// from loopback; natively, where the address that a person gave is itself loopback. Even then a public name that resolves
	// to such a host is refused, and so is a public server's redirect to one.
	Private bool
	// UserAgent names us to servers. Natively only, "Vitrine" when empty: some softwares refuse clients without a name.
	UserAgent string
	// Origin asks as a page of that site would (natively only), so that the answers' CORS headers show; "" for none.
	Origin string
	// MaxBody is the most bytes of a decoded body; 8 MiB when 0.
	MaxBody int64
	// Deadline is how long a request may take, its turn and its redirects included; 15 s when 0.
	Deadline time.Duration
	// MaxWait is how long a request waits out a host's pause before it fails as RateLimited; 5 s when 0.
	MaxWait time.Duration
	// Answers are kept from one run to the next (natively only); nil for none.
	Answers Answers
	// Pace is kept instead of one for this Client alone, where several clients (tabs) share it.
	Pace Pace
}

// Client is a feeds.Fetcher. It is safe for use by many goroutines. Callers share answers and must not change them.
type Client struct {
	clock     feeds.Clock
	deadline  time.Duration
	private   bool
	pace      Pace
	transport transport
	files     filer
	flights   flights
	recent    recentAnswers
}

// transport asks one server once, redirects included.
type transport interface {
	// ask returns an answer of any status with its whole body; the client sets Response.At. It ends soon after ctx does. Its
	// error is an *feeds.Error without Host and Op, or anything at all once ctx is done.
	ask(ctx context.Context, t target, accept string) (*feeds.Response, error)
}

// filer asks one server for a file.
type filer interface {
	// file asks as transport.ask does. It calls moved whenever a piece comes.
	file(ctx context.Context, t target, most int64, moved func()) (*feeds.FileAnswer, error)
}

// asker asks for everything.
type asker interface {
	transport
	filer
}

// errDeadline is the cause of a context that ran into Options.Deadline; its callers' contexts never have it.
var errDeadline = errors.New("no answer before the deadline")

// New makes a client.
func New(o Options) *Client {
	o = o.withDefaults()
	a := newTransport(o)
	return &Client{
		clock:     o.Clock,
		deadline:  o.Deadline,
		private:   o.Private,
		pace:      o.Pace,
		transport: a,
		files:     a,
	}
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = SystemClock()
	}
	o.UserAgent = cmp.Or(o.UserAgent, "Vitrine")
	o.MaxBody = cmp.Or(o.MaxBody, 8<<20)
	o.Deadline = cmp.Or(o.Deadline, 15*time.Second)
	o.MaxWait = cmp.Or(o.MaxWait, MaxWait)
	if o.Pace == nil {
		o.Pace = newLimiter(o.Clock, o.MaxWait)
	}
	return o
}

// Fetch asks as feeds.Fetcher says, unless a refusal of the same request, or a document, is still fresh (see recentAnswers). Hosts that may
// not be asked, and redirects to them, are Unreachable.
func (c *Client) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	t, err := parseTarget(r.URL, c.private)
	if err != nil {
		return nil, t.failure(feeds.Unreachable, err)
	}
	accept := cmp.Or(r.Accept, "application/json")
	if !isSimple(accept) {
		return nil, t.failure(feeds.Internal, fmt.Errorf("accept %q would cause a preflight", accept))
	}
	t.body = r.Body
	key := accept + " " + t.url + " " + t.body
	if a, ok := c.recent.get(key, c.clock.Now()); ok && !feeds.IsAnew(ctx) {
		return a.res, a.err
	}
	res, err := c.flights.do(ctx, key, func(ctx context.Context) (*feeds.Response, error) {
		return c.ask(ctx, t, accept)
	})
	if d := freshFor(ctx, accept, res, err); d > 0 {
		c.recent.put(key, res, err, c.clock.Now().Add(d))
	}
	return res, err
}

// Budget returns what a host (with its port) last said about how much it may be asked.
func (c *Client) Budget(host string) (feeds.Budget, bool) {
	return c.pace.Budget(strings.ToLower(host))
}

// ask takes the request's turn at its host and asks.
func (c *Client) ask(ctx context.Context, t target, accept string) (res *feeds.Response, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, c.deadline, errDeadline)
	defer cancel()
	leave, err := c.pace.Enter(ctx, t.host)
	if err != nil {
		return nil, t.explain(ctx, err)
	}
	// Deferred, so that a panic below does not keep the host's place for ever.
	defer func() { leave(res) }()
	res, err = c.transport.ask(ctx, t, accept)
	if err != nil {
		return nil, t.explain(ctx, err)
	}
	res.At, res.Charsets = c.clock.Now(), Charsets{}
	return res, nil
}

// explain turns what stopped a request into the error that Fetch promises.
func (t target) explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		if errors.Is(context.Cause(ctx), errDeadline) {
			return t.failure(feeds.Timeout, errDeadline)
		}
		return ctx.Err()
	}
	e := *feeds.AsError(err)
	e.Host, e.Op = t.host, t.op()
	return &e
}

func (t target) failure(kind feeds.Kind, cause error) *feeds.Error {
	return &feeds.Error{Kind: kind, Host: t.host, Op: t.op(), Err: cause}
}

// tooLarge is the error of a body over the cap.
func tooLarge(max int64) error {
	return &feeds.Error{Kind: feeds.TooLarge, Err: fmt.Errorf("more than %d bytes", max)}
}

func (t target) op() string { return t.method() + " " + t.path }

// isSimple reports whether an Accept value may be sent across origins without asking first. A profile parameter with its
// quotes and colons may not, and most softwares refuse that preflight.
// Source: https://fetch.spec.whatwg.org/#cors-safelisted-request-header
func isSimple(accept string) bool {
	if len(accept) > 128 {
		return false
	}
	return !strings.ContainsFunc(accept, func(r rune) bool {
		return r < ' ' && r != '\t' || r == 0x7f || strings.ContainsRune(`"():<>?@[\]{}`, r)
	})
}

// SystemClock returns the clock of this machine.
func SystemClock() feeds.Clock { return systemClock{} }

type systemClock struct{}

func (systemClock) Now() time.Time                         { return time.Now().UTC() }
func (systemClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

var _ feeds.Fetcher = (*Client)(nil)

// Answers keeps what servers answered from one run to the next, so that they are only asked whether it still holds
// (RFC 9110, section 13). It is safe for concurrent use. Browsers do the same by themselves.
type Answers interface {
	// Answer returns what was kept under a key; false for nothing.
	Answer(key string) (Answer, bool)
	Keep(key string, a Answer)
}

// Answer is an answer with status 200 that its server can say of whether it still holds.
type Answer struct {
	URL      string            // after redirects
	ETag     string            // as the server wrote it; "" for none
	Modified string            // Last-Modified; "" for none
	Header   map[string]string // names in lower case
	Body     []byte
}
