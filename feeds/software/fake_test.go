package software

import (
	"errors"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

var errUnreachable = &feeds.Error{Kind: feeds.Unreachable, Err: errors.New("no such host")}

// runs is a network of one server that runs a software.
func runs(host, software string) *feedstest.Network {
	return &feedstest.Network{Replies: map[string]feedstest.Answered{
		"https://" + host + "/.well-known/nodeinfo": {Body: `{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"https://` + host + `/nodeinfo/2.0"}]}`},
		"https://" + host + "/nodeinfo/2.0":         {Body: `{"version":"2.0","software":{"name":"` + software + `","version":"1.2.3"},"metadata":{"nodeName":"A server"}}`},
	}}
}
