package mastodon

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"vitrine/feeds"
)

// failed returns the error that an answer is, nil for one whose body is worth decoding.
func (s *Source) failed(path string, resp *feeds.Response) error {
	body := bytes.TrimSpace(resp.Body)
	message := errorMessage(body)
	if err := feeds.StatusError(resp); err != nil {
		e := *feeds.AsError(err)
		e.Host, e.Op = s.host, "GET "+path
		if message != "" {
			e.Err = errors.New(message)
		}
		if wantsLogin(message) || e.Status == 422 && isTimeline(path) {
			e.Kind = feeds.NeedsLogin
		}
		return &e
	}
	switch {
	case wantsLogin(message):
		return s.failure(feeds.NeedsLogin, path, resp.Status, errors.New(message))
	case message != "":
		return s.failure(feeds.BadData, path, resp.Status, errors.New(message))
	case len(body) == 0:
		return s.failure(feeds.BadData, path, resp.Status, errors.New("an empty answer"))
	case body[0] == '<': // what single-page frontends answer to any path they don't know
		return s.failure(feeds.BadData, path, resp.Status, errors.New("a web page"))
	case body[0] != '{' && body[0] != '[':
		return s.failure(feeds.BadData, path, resp.Status, errors.New("neither an object nor a list"))
	}
	return nil
}

func (s *Source) failure(kind feeds.Kind, path string, status int, cause error) *feeds.Error {
	return &feeds.Error{Kind: kind, Host: s.host, Op: "GET " + path, Status: status, Err: cause}
}

// closed is the answer that a feed would give which the server has said is for members only. It wasn't asked.
func (s *Source) closed(path string) *feeds.Error {
	return s.failure(feeds.NeedsLogin, path, 0, errors.New("closed to guests by timelines_access"))
}

// maxMessage is the longest body that is looked into for a message. Real errors are far shorter, real answers longer; either
// way only time is at stake.
const maxMessage = 4 << 10

// errorMessage returns the message of a body like {"error": "..."}, which some softwares send with status 200. "" means that
// the body is something else.
func errorMessage(body []byte) string {
	if len(body) > maxMessage || !bytes.HasPrefix(body, []byte("{")) || !bytes.Contains(body, []byte(`"error"`)) {
		return ""
	}
	var f failure
	if decode(body, &f) != nil {
		return ""
	}
	if f.Error != "" && f.Description != "" {
		return fmt.Sprintf("%s: %s", f.Error, f.Description)
	}
	return f.Error
}

// wantsLogin recognises what servers say to a caller without a token, whatever status comes with it: Mastodon 422, Pleroma
// 401 and 403, GoToSocial 401, Pixelfed 500.
func wantsLogin(message string) bool {
	message = strings.ToLower(message)
	for _, words := range [...]string{
		"requires an authenticated user",
		"requires authentication",
		"authorization required",
		"unauthenticated",
		"unauthorized",
		"token not supplied",
		"access token is invalid",
	} {
		if strings.Contains(message, words) {
			return true
		}
	}
	return false
}

// isTimeline reports that 422 means "closed to guests" for path (Mastodon up to 4.4, where timeline_preview is off).
func isTimeline(path string) bool { return strings.HasPrefix(path, "/api/v1/timelines/") }
