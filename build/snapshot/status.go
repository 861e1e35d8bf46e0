package snapshot

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/software"
)

// statusFile says, for all feeds, when each source was last asked. It alone changes in a run that finds nothing new.
const statusFile = "feeds/status.json"

// Status is what status.json holds.
type Status struct {
	Version int                    `json:"version"`
	Feeds   map[string]*FeedStatus `json:"feeds"` // by name
	// Hosts is what servers said they are, so that they needn't be asked again.
	Hosts map[string]software.Nodeinfo `json:"hosts,omitempty"`
}

// memory is what is known of hosts, for a Resolver.
type memory struct {
	mu    sync.Mutex
	hosts map[string]software.Nodeinfo
}

// Recall implements software.Memory.
func (m *memory) Recall(_ context.Context, host string) (software.Nodeinfo, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	info, ok := m.hosts[host]
	return info, ok
}

// Keep implements software.Memory.
func (m *memory) Keep(_ context.Context, host string, info software.Nodeinfo) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if info.Software != "" || info.Documents {
		m.hosts[host] = info
	}
}

// Answered implements software.Memory. Nothing is kept of a host that is what it was taken for.
func (m *memory) Answered(context.Context, string) {}

// FeedStatus is how a feed's last run went.
type FeedStatus struct {
	Asked     time.Time                `json:"asked"`
	OK        bool                     `json:"ok"`
	Problem   string                   `json:"problem,omitempty"`   // of the feed as a whole, in words
	Rechecked string                   `json:"rechecked,omitempty"` // day on which older posts were last looked at again, "2026-11-23"
	Sources   map[string]*SourceStatus `json:"sources"`             // by address
}

// SourceStatus is how a source last answered.
type SourceStatus struct {
	Asked    time.Time `json:"asked"`              // of the last answer
	Profiled string    `json:"profiled,omitempty"` // day on which the profile was last read
	Proved   string    `json:"proved,omitempty"`   // day on which rel=me was last looked at
	Kind     string    `json:"kind,omitempty"`     // of the failure: a feeds.Kind; "" when it answered
	Problem  string    `json:"problem,omitempty"`  // the same in words
	Since    time.Time `json:"since,omitzero"`     // of the first failure in a row
	Remarks  []string  `json:"remarks,omitempty"`  // what its server said of it when the profile was last read: that it has moved, say
	Posts    int       `json:"posts"`              // of it that are shown
	Away     *Away     `json:"away,omitempty"`     // nil while it answers
	Empty    time.Time `json:"empty,omitzero"`     // since when it shows nothing at all, though there was something
	// Missing are the posts that it should show and doesn't.
	Missing map[feeds.Key]Missing `json:"missing,omitempty"`
}

// Away is how a source says that there is nothing for guests: it is gone, or closed.
type Away struct {
	Since time.Time `json:"since"`
	Day   string    `json:"day"`  // the last one on which it said so
	Days  int       `json:"days"` // on how many it did
}

// Missing is a post that isn't shown where it should be.
type Missing struct {
	Since time.Time `json:"since"`
	Found string    `json:"found,omitempty"` // the last day on which it was asked for by itself, and was there
}

func readStatus(data []byte) (*Status, error) {
	s := &Status{Version: 1}
	if len(data) > 0 {
		if err := json.Unmarshal(data, s); err != nil {
			return nil, fmt.Errorf("%s can't be read: %w", statusFile, err)
		}
	}
	if s.Hosts == nil {
		s.Hosts = map[string]software.Nodeinfo{}
	}
	if s.Feeds == nil {
		s.Feeds = map[string]*FeedStatus{}
	}
	return s, nil
}

// feed is the status of a feed, made where there was none.
func (s *Status) feed(name string) *FeedStatus {
	f := s.Feeds[name]
	if f == nil {
		f = &FeedStatus{}
		s.Feeds[name] = f
	}
	if f.Sources == nil {
		f.Sources = map[string]*SourceStatus{}
	}
	return f
}

func (f *FeedStatus) source(address string) *SourceStatus {
	s := f.Sources[address]
	if s == nil {
		s = &SourceStatus{}
		f.Sources[address] = s
	}
	return s
}

func (s *Status) bytes() ([]byte, error) {
	data, err := json.MarshalIndent(s, "", "  ")
	return append(data, '\n'), err
}
