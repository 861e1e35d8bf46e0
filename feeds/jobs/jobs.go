// Package jobs does long work for all tabs of a site, in one of the programs that run on its store: work is written down on the shelf,
// taken up one by one, and taken up again by the next program when one ends in the middle of it.
package jobs

import (
	"context"
	"slices"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

const (
	// record is the shelf's record of the jobs, a []feeds.Job in JSON.
	record = "jobs"
	// version is that of its form.
	version = 1
	// most is how many jobs wait at the same time; what is wanted beyond that is refused.
	most = 10_000
	// atOnce is how many jobs one program does at the same time: most of their time they wait for servers.
	atOnce = 4
)

// Work does a job. keep writes down how far it came (State, Done and Total of the job it is given), so that it goes on there if ctx ends: the
// program ends, or somebody stopped the job. An error ends the job.
type Work func(ctx context.Context, j feeds.Job, keep func(feeds.Job) error) error

// Jobs are the jobs of a site. It is safe for concurrent use.
type Jobs struct {
	shelf feeds.Shelf
	tabs  feeds.Tabs
	name  string // begins the names of locks and is the channel's

	mu    sync.Mutex
	hear  []func(feeds.JobNews)
	wake  chan struct{} // holds one token when something may have been written down
	runs  []running     // here
	ended int           // how many jobs ended here
	local sync.Mutex    // held while the record is changed: a lock of tabs may be free for everybody
}

var _ feeds.Jobs = (*Jobs)(nil)

// running is a job that is being done here.
type running struct {
	feeds.Job
	stop func()
}

// message is what programs tell each other.
type message struct {
	Added bool           `json:"added,omitempty"` // something was written down
	Stop  *feeds.Job     `json:"stop,omitempty"`
	News  *feeds.JobNews `json:"news,omitempty"`
}

// New opens the jobs of the site with a base path.
func New(base string, shelf feeds.Shelf, tabs feeds.Tabs) *Jobs {
	j := &Jobs{shelf: shelf, tabs: tabs, name: "vitrine:" + base + ":jobs", wake: make(chan struct{}, 1)}
	tabs.Listen(j.name, func(text string) {
		var m message
		if jsontext.Unmarshal([]byte(text), &m) == nil {
			j.receive(m)
		}
	})
	return j
}

// rouse has Run look for what is written down.
func (j *Jobs) rouse() {
	select {
	case j.wake <- struct{}{}:
	default: // it is awake already
	}
}

// receive does what another program, or this one, tells. It never waits.
func (j *Jobs) receive(m message) {
	j.mu.Lock()
	runs, hear := j.runs, j.hear
	j.mu.Unlock()
	if m.Added {
		j.rouse()                // what begins by that says so itself
		for _, r := range runs { // who wanted one of them hears that it is being done
			j.tell(message{News: &feeds.JobNews{Job: r.Job}})
		}
	}
	if m.Stop != nil {
		for _, r := range runs {
			if r.Same(*m.Stop) {
				r.stop()
			}
		}
	}
	if m.News != nil {
		for _, f := range hear {
			f(*m.News)
		}
	}
}

// tell tells all programs, this one too.
func (j *Jobs) tell(m message) {
	if text, err := jsontext.Marshal(m); err == nil {
		j.tabs.Send(j.name, string(text))
	}
	j.receive(m)
}

// Watch implements feeds.Jobs.
func (j *Jobs) Watch(hear func(feeds.JobNews)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.hear = append(j.hear[:len(j.hear):len(j.hear)], hear)
}

// Waiting implements feeds.Jobs.
func (j *Jobs) Waiting(ctx context.Context) ([]feeds.Job, error) {
	data, _, err := j.shelf.Record(ctx, record)
	if err != nil || data == nil {
		return nil, err
	}
	var all []feeds.Job
	if jsontext.Unmarshal(data, &all) != nil {
		return nil, nil // what can't be read is no job
	}
	return all, nil
}

// change changes what is written down; false from f leaves it as it is.
func (j *Jobs) change(ctx context.Context, f func([]feeds.Job) ([]feeds.Job, bool)) error {
	j.local.Lock()
	defer j.local.Unlock()
	release, err := j.tabs.Lock(ctx, j.name+":record", false)
	if err != nil {
		return err
	}
	defer release()
	all, err := j.Waiting(ctx)
	if err != nil {
		return err
	}
	next, changed := f(all)
	if !changed {
		return nil
	}
	data, err := jsontext.Marshal(next)
	if err != nil {
		return &feeds.Error{Kind: feeds.Internal, Op: "write jobs", Err: err}
	}
	return j.shelf.SaveRecord(ctx, record, data, version)
}

// Add implements feeds.Jobs.
func (j *Jobs) Add(ctx context.Context, job feeds.Job) error {
	full := false
	err := j.change(ctx, func(all []feeds.Job) ([]feeds.Job, bool) {
		full = len(all) >= most
		return append(all, job), !full && !slices.ContainsFunc(all, job.Same)
	})
	if err == nil && full {
		return &feeds.Error{Kind: feeds.TooLarge, Op: "add job"}
	}
	if err == nil {
		j.tell(message{Added: true})
	}
	return err
}

// Stop implements feeds.Jobs.
func (j *Jobs) Stop(ctx context.Context, job feeds.Job) error {
	if err := j.remove(ctx, job); err != nil {
		return err
	}
	j.tell(message{Stop: &job, News: &feeds.JobNews{Job: job, Over: true}})
	return nil
}

func (j *Jobs) remove(ctx context.Context, job feeds.Job) error {
	return j.change(ctx, func(all []feeds.Job) ([]feeds.Job, bool) {
		i := slices.IndexFunc(all, job.Same)
		if i < 0 {
			return all, false
		}
		return slices.Delete(all, i, i+1), true
	})
}
