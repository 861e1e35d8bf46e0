package software

import (
	"context"
	"errors"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// reply is what a URL answers.
type reply struct {
	status int // 0 is 200
	body   string
	url    string // after redirects; "" for none
	err    error
}

// network answers by URL; others are 404. It notes what it was asked.
type network struct {
	replies map[string]reply

	mu    sync.Mutex
	asked []string
}

func (n *network) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
	n.mu.Lock()
	n.asked = append(n.asked, r.URL)
	n.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	answer, ok := n.replies[r.URL]
	if !ok {
		answer = reply{status: 404, body: "<html>nothing here"}
	}
	if answer.err != nil {
		return nil, answer.err
	}
	if answer.status == 0 {
		answer.status = 200
	}
	if answer.url == "" {
		answer.url = r.URL
	}
	return &feeds.Response{Status: answer.status, URL: answer.url, Body: []byte(answer.body), At: feedstest.Epoch()}, nil
}

// requests returns what was asked since the last call.
func (n *network) requests() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	asked := strings.Join(n.asked, "\n")
	n.asked = nil
	return asked
}

var errUnreachable = &feeds.Error{Kind: feeds.Unreachable, Err: errors.New("no such host")}

// runs is a network of one server that runs a software.
func runs(host, software string) *network {
	return &network{replies: map[string]reply{
		"https://" + host + "/.well-known/nodeinfo": {body: `{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"https://` + host + `/nodeinfo/2.0"}]}`},
		"https://" + host + "/nodeinfo/2.0":         {body: `{"version":"2.0","software":{"name":"` + software + `","version":"1.2.3"},"metadata":{"nodeName":"A server"}}`},
	}}
}
