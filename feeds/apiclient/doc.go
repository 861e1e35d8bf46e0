// Package apiclient is what adapters share: asking a server for JSON, telling errors from answers, and decoding what servers really
// send. A value of a wrong type is a missing one, and one element that makes no sense doesn't cost the others.
//
//	client := apiclient.New(fetcher, clock, "social.example", nil)
//	var posts apiclient.List[status]
//	answer, err := client.Get(ctx, "/api/v1/timelines/public", nil, &posts)
//
// An adapter embeds a Client in its Source and an Answer in the type whose methods make values of the domain.
//
// It imports feeds, feeds/content and feeds/address.
package apiclient
