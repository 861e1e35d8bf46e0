package feeds

import "context"

// JobKind says what a job does.
type JobKind string

// The kinds of jobs.
const (
	JobSweep   JobKind = "sweep"   // makes room in the store; Subject are the SweepOptions in JSON
	JobAbout   JobKind = "about"   // asks a server for its long description and stores it; Subject is its host
	JobRefresh JobKind = "refresh" // asks for the newest page of a timeline and stores it; Subject is what reader.PlaceName wrote
	JobHome    JobKind = "home"    // asks for the newest pages of all that is followed, or of a list; Subject is its id, "quiet " before it when nobody wants it
	JobIndex   JobKind = "index"   // brings the search index up to what is stored; Subject is ""
	JobOffline JobKind = "offline" // takes a list, a thread or home offline; Subject is the fragment that opens it
	JobSave    JobKind = "save"    // fetches the media of a saved post, and its thread; Subject is the post's key
	JobArchive JobKind = "archive" // reads an archive of an account into the store; Subject names it
)

// Job is long work. It is written down until it is done, so that it outlives the page that wanted it, and is done by one program for
// all tabs. Kind and Subject name it.
type Job struct {
	Kind    JobKind `json:"kind"`
	Subject string  `json:"subject"`         // what it works on, as its kind says
	State   string  `json:"state,omitempty"` // where it goes on, as its kind says; "" at the beginning
	Done    int     `json:"done,omitempty"`  // steps that are done
	Total   int     `json:"total,omitempty"` // all steps; 0 while nobody knows
}

// Same reports that both are the same work.
func (j Job) Same(o Job) bool { return j.Kind == o.Kind && j.Subject == o.Subject }

// ID names the job among all others.
func (j Job) ID() string { return string(j.Kind) + " " + j.Subject }

// JobNews is how far a job came. The first that is told of a job says that it has begun.
type JobNews struct {
	Job
	Over  bool   `json:"over,omitempty"`  // it is done, or failed, or was stopped
	Wrong string `json:"wrong,omitempty"` // why it failed, for developers; "" where it didn't
}

// Jobs is long work that is written down. Its errors are those of Shelf.
type Jobs interface {
	// Add writes a job down. One that is written down already stays as it is; whoever does it tells once more how far it came.
	Add(ctx context.Context, j Job) error
	// Stop ends a job, whether it runs or waits.
	Stop(ctx context.Context, j Job) error
	// Waiting returns the jobs that aren't over, those that run included, in the order in which they came.
	Waiting(ctx context.Context) ([]Job, error)
	// Watch calls hear with the news of all jobs, whichever program they run in, for as long as this program lives.
	Watch(hear func(JobNews))
}

// Tabs is what joins the programs that run on the same store at the same time: those of a site's tabs, and of the workers beside them.
type Tabs interface {
	// Lock waits for a lock that one program holds at a time, and returns what gives it back; nil when it isn't free and only a free one
	// is wanted. A program that ends gives up its locks. Where there are no locks, it is free for everybody.
	Lock(ctx context.Context, name string, ifFree bool) (release func(), err error)
	// Send tells the other programs something; they may miss it.
	Send(channel, text string)
	// Listen hears what other programs send, for as long as this one lives. It is called once for a channel.
	Listen(channel string, hear func(text string))
}
