// Package peertube reads PeerTube servers through their REST API, as somebody without an account.
// Source: https://docs.joinpeertube.org/api-rest-reference.html
//
//	source := peertube.New(fetcher, clock, "video.example")
//	page, err := source.ServerPosts(ctx, feeds.Local, "")
//
// A video is a post with a title and a film, written by its channel; a comment is a post that answers the video or another
// comment. Lists name videos without their files and with the beginning of their description only: their films have no URL
// until the post itself is read.
//
// Ids are what the API takes. A video's is its short UUID, which is the same on every server that holds a copy. A comment can
// only be asked for as a part of its thread, so its id names both: "comment:VIDEO:THREAD:COMMENT". An author's id begins with
// "channel:" or "account:", since the two are asked for at different addresses.
//
// What is sensitive is listed, or not, as the server has chosen for its guests. Who may not be seen by a guest is left out.
//
// It imports feeds, feeds/apiclient and feeds/content.
package peertube
