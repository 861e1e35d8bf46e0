package fetch

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
