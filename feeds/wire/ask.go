package wire

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
)

// Server asks one host. It is safe for use by many goroutines.
type Server struct {
	Fetcher feeds.Fetcher
	Clock   feeds.Clock
	Host    string // with its port
	// Explain makes the kind and the words of an error answer more precise by its body; nil to leave it.
	Explain func(e *feeds.Error, path string, body []byte)
}

// Answer says where a decoded answer came from.
type Answer struct {
	Path   string
	Status int
	At     time.Time
	Header map[string]string
}

// Origin is the host's "https://host", without a slash at the end.
func (s *Server) Origin() string { return address.Origin(s.Host) }

// Get asks for path with q, whose parameters go in the order of their names, and decodes the answer into what into points to. Every
// error but a cancelled context's is an *feeds.Error that names the host and the path.
func (s *Server) Get(ctx context.Context, path string, q url.Values, into any) (Answer, error) {
	r := feeds.Request{URL: s.Origin() + path}
	if len(q) > 0 {
		r.URL += "?" + q.Encode()
	}
	return s.ask(ctx, path, r, into)
}

// Post asks with a body of JSON, whose keys are sorted: equal questions are equal requests.
func (s *Server) Post(ctx context.Context, path string, body map[string]any, into any) (Answer, error) {
	if body == nil {
		body = map[string]any{}
	}
	data, err := json.Marshal(body)
	if err != nil {
		return Answer{}, s.Failure(feeds.Internal, path, 0, err)
	}
	return s.ask(ctx, path, feeds.Request{URL: s.Origin() + path, Body: string(data)}, into)
}

func (s *Server) ask(ctx context.Context, path string, r feeds.Request, into any) (Answer, error) {
	if !IsPlain(path) {
		return Answer{}, s.Failure(feeds.NotFound, path, 0, errors.New("no such id"))
	}
	resp, err := s.Fetcher.Fetch(ctx, r)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Path: path, Status: resp.Status, At: resp.At.UTC(), Header: resp.Header}
	if resp.At.IsZero() {
		a.At = s.Clock.Now().UTC()
	}
	body := bytes.TrimSpace(bytes.TrimPrefix(resp.Body, []byte("\xef\xbb\xbf")))
	if err := feeds.StatusError(resp); err != nil {
		e := *feeds.AsError(err)
		e.Host, e.Op = s.Host, "ask "+path
		if s.Explain != nil {
			s.Explain(&e, path, body)
		}
		return a, &e
	}
	switch {
	case resp.Status == 204:
		return a, nil
	case len(body) == 0:
		return a, s.Failure(feeds.BadData, path, resp.Status, errors.New("an empty answer"))
	case body[0] == '<':
		return a, s.Failure(feeds.BadData, path, resp.Status, errors.New("a web page"))
	case body[0] != '{' && body[0] != '[':
		return a, s.Failure(feeds.BadData, path, resp.Status, errors.New("neither an object nor a list"))
	}
	if err := Decode(body, into); err != nil {
		return a, s.Failure(feeds.BadData, path, resp.Status, err)
	}
	return a, nil
}

// Failure is an error of this server.
func (s *Server) Failure(kind feeds.Kind, path string, status int, cause error) *feeds.Error {
	return &feeds.Error{Kind: kind, Host: s.Host, Op: "ask " + path, Status: status, Err: cause}
}

// BadData is the error of an answer that was JSON and made no sense.
func (s *Server) BadData(a Answer, cause error) *feeds.Error {
	return s.Failure(feeds.BadData, a.Path, a.Status, cause)
}

// Link returns a checked http or https URL, "" for anything else. Relative ones are the server's.
func (s *Server) Link(raw string) string {
	if strings.TrimSpace(raw) == "" {
		return ""
	}
	checked, ok := content.SafeMedia(raw, s.Origin()+"/")
	if !ok {
		return ""
	}
	return checked
}

// IsPlain reports that path is the one that will be asked for: an id of "" or ".." would make another of it.
func IsPlain(path string) bool {
	if !strings.HasPrefix(path, "/") {
		return false
	}
	for segment := range strings.SplitSeq(path[1:], "/") {
		if segment == "" || segment == "." || segment == ".." {
			return false
		}
	}
	return true
}

// HostOf is the host of a URL in lower case, with its port; "" for what has none.
func HostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
