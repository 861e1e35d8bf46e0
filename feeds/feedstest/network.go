package feedstest

import (
	"context"
	"net/url"
	"reflect"
	"strings"
	"sync"

	"vitrine/feeds"
)

// Answered is what a server answers.
type Answered struct {
	Status int // 0 is 200
	Body   string
	Header map[string]string
	URL    string // after redirects; "" for none
	Err    error
}

// Network is a feeds.Fetcher that answers by "PATH BODY" of a POST, by path and query, by path alone, or by the whole URL. It records
// what it was asked, and is safe for use by many goroutines.
type Network struct {
	Replies   map[string]Answered
	Otherwise Answered // answers anything else; the zero value is a web page with status 404

	mu    sync.Mutex
	asked []feeds.Request
}

var _ feeds.Fetcher = (*Network)(nil)

// Always is a Network that gives the same body to every question.
func Always(body string) *Network { return &Network{Otherwise: Answered{Body: body}} }

// Fetch implements feeds.Fetcher.
func (n *Network) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	n.asked = append(n.asked, r)
	n.mu.Unlock()
	answer := n.answer(u, r)
	if answer.Err != nil {
		return nil, answer.Err
	}
	if answer.Status == 0 {
		answer.Status = 200
	}
	if answer.URL == "" {
		answer.URL = r.URL
	}
	return &feeds.Response{Status: answer.Status, URL: answer.URL, Header: answer.Header, Body: []byte(answer.Body), At: Epoch()}, nil
}

func (n *Network) answer(u *url.URL, r feeds.Request) Answered {
	for _, key := range []string{question(u, r), u.RequestURI(), u.EscapedPath(), r.URL} {
		if answer, ok := n.Replies[key]; ok {
			return answer
		}
	}
	if reflect.ValueOf(n.Otherwise).IsZero() {
		return Answered{Status: 404, Body: "<html>nothing here"}
	}
	return n.Otherwise
}

func question(u *url.URL, r feeds.Request) string {
	return strings.TrimSpace(u.RequestURI() + " " + r.Body)
}

// Asked returns the paths and queries that were asked since the last call, each with the body of a POST, one question a line.
func (n *Network) Asked() string {
	var questions []string
	for _, r := range n.Requests() {
		if u, err := url.Parse(r.URL); err == nil {
			questions = append(questions, question(u, r))
		}
	}
	return strings.Join(questions, "\n")
}

// Requests returns what was asked since the last call of it or of Asked.
func (n *Network) Requests() []feeds.Request {
	n.mu.Lock()
	defer n.mu.Unlock()
	asked := n.asked
	n.asked = nil
	return asked
}

// URLs returns the addresses that were asked since the last call, one a line.
func (n *Network) URLs() string {
	var urls []string
	for _, r := range n.Requests() {
		urls = append(urls, r.URL)
	}
	return strings.Join(urls, "\n")
}
