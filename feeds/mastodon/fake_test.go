package mastodon

import (
	"vitrine/feeds/apiclient"
	"vitrine/feeds/feedstest"
)

const host = "social.example"

// serve makes a source of a server that answers so.
func serve(replies map[string]feedstest.Answered) (*Source, *feedstest.Network) {
	return serveQuirks(Quirks{}, replies)
}

func serveQuirks(q Quirks, replies map[string]feedstest.Answered) (*Source, *feedstest.Network) {
	srv := &feedstest.Network{Replies: replies, Otherwise: feedstest.Answered{Status: 404, Body: `{"error":"Record not found"}`}}
	return New(srv, feedstest.NewClock(), host, q), srv
}

// offline makes an answer to adapt with, as if it had been asked for.
func offline() *answer {
	s, _ := serve(nil)
	return &answer{Source: s, Answer: &apiclient.Answer{Path: "/test", Status: 200, At: feedstest.Epoch()}}
}
