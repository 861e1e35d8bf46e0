package jobs

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"vitrine/feeds"
)

// Run does all jobs whose kind is in works, until ctx ends: once no other program of the site does. The error is ctx's own, or why no
// lock was to be had.
func (j *Jobs) Run(ctx context.Context, works map[feeds.JobKind]Work) error {
	release, err := j.tabs.Lock(ctx, j.name+":run", false)
	if err != nil {
		return err
	}
	defer release()
	var wg sync.WaitGroup
	defer wg.Wait()
	places := make(chan struct{}, atOnce)
	for {
		job, err := j.next(ctx, works)
		if err != nil || job == nil {
			select { // a shelf that fails is asked again when something is written down
			case <-j.wake:
				continue
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		select {
		case places <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		one, stop := context.WithCancel(ctx)
		j.mu.Lock()
		j.runs = append(j.runs[:len(j.runs):len(j.runs)], running{*job, stop})
		j.mu.Unlock()
		wg.Go(func() {
			defer func() { <-places }()
			defer stop()
			j.do(one, *job, works[job.Kind])
		})
	}
}

// next returns the first job that isn't being done; nil for none.
func (j *Jobs) next(ctx context.Context, works map[feeds.JobKind]Work) (*feeds.Job, error) {
	for {
		j.mu.Lock()
		before := j.ended
		j.mu.Unlock()
		all, err := j.Waiting(ctx)
		if err != nil {
			return nil, err
		}
		job, current := j.pick(all, works, before)
		if current {
			return job, nil
		}
	}
}

// pick returns the first of all that isn't being done; nil for none. It isn't current when a job ended after all was read.
func (j *Jobs) pick(all []feeds.Job, works map[feeds.JobKind]Work, ended int) (job *feeds.Job, current bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ended != ended {
		return nil, false
	}
	for _, job := range all {
		if works[job.Kind] != nil && !slices.ContainsFunc(j.runs, func(r running) bool { return r.Same(job) }) {
			return &job, true
		}
	}
	return nil, true
}

// do does a job. One that ends because the program does stays written down.
func (j *Jobs) do(ctx context.Context, job feeds.Job, work Work) {
	j.tell(message{News: &feeds.JobNews{Job: job}})
	wrong := ""
	if err := attempt(func() error { return work(ctx, job, func(next feeds.Job) error { return j.keep(ctx, next) }) }); err != nil {
		wrong = err.Error()
	}
	stopped := ctx.Err() != nil
	if !stopped && j.remove(ctx, job) != nil {
		return // it stays among those that run, or it would be done again and again
	}
	j.mu.Lock()
	j.runs = slices.DeleteFunc(slices.Clone(j.runs), func(r running) bool { return r.Same(job) })
	j.ended++
	j.mu.Unlock()
	j.rouse() // it may have been written down again meanwhile
	if !stopped {
		j.tell(message{News: &feeds.JobNews{Job: job, Over: true, Wrong: wrong}})
	}
}

// attempt turns a mistake in a job into an error: the other jobs go on.
func attempt(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return f()
}

// keep writes down how far a job came, unless somebody stopped it.
func (j *Jobs) keep(ctx context.Context, next feeds.Job) error {
	found := false
	err := j.change(ctx, func(all []feeds.Job) ([]feeds.Job, bool) {
		i := slices.IndexFunc(all, next.Same)
		found = i >= 0
		if found {
			all[i] = next
		}
		return all, found
	})
	if err != nil || !found {
		return err
	}
	j.mu.Lock()
	j.runs = slices.Clone(j.runs)
	if i := slices.IndexFunc(j.runs, func(r running) bool { return r.Same(next) }); i >= 0 {
		j.runs[i].Job = next
	}
	j.mu.Unlock()
	j.tell(message{News: &feeds.JobNews{Job: next}})
	return nil
}
