// Package snapshot refreshes a site's official feeds: static copies of what accounts of the fediverse wrote, as pages that load
// nothing from elsewhere, to be read, framed, included and subscribed to.
//
// It asks each source for what is new, merges that with what was kept (build/snapshot/ledger), mirrors pictures and films
// (build/snapshot/mirror), and makes all files anew (build/snapshot/pages); only those that changed are written.
package snapshot

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"vitrine/build/command"
	"vitrine/build/config"
	"vitrine/build/publish"
	"vitrine/build/site"
	"vitrine/web"
)

// Command is `snapshot`.
func Command() command.Command {
	return command.Command{
		Name:  "snapshot",
		Usage: "snapshot [-out DIR|BUCKET] [-base /sub/path/] [-config FILE] [-wait 60s]",
		Short: "refreshes the official feeds in an existing site",
		Run:   runCommand,
	}
}

func runCommand(ctx context.Context, args []string, stdout, _ io.Writer) error {
	flags := flag.NewFlagSet("snapshot", flag.ContinueOnError)
	out := flags.String("out", "dist", "folder or bucket of the site")
	base := flags.String("base", "", "path at which the site stands")
	file := flags.String("config", "", "configuration instead of web/site.toml")
	wait := flags.Duration("wait", time.Minute, "longest pause that a server may ask for and gets")
	if err := command.NoArguments(flags, args); err != nil {
		return err
	}
	conf, err := config.Load(*file)
	if err != nil {
		return err
	}
	path, err := site.BasePath(*base, conf.BaseURL)
	if err != nil {
		return err
	}
	if len(conf.Feeds) == 0 {
		fmt.Fprintln(stdout, "no official feed is configured: there is nothing to refresh")
	}
	return At(ctx, *out, Options{Config: conf, Base: path, Wait: *wait}, stdout)
}

// At refreshes the feeds of the site at out, a folder or a bucket, with what a command has: the site's own files, compression, and the
// answers of the last run. Feeds that aren't configured any more are taken away.
func At(ctx context.Context, out string, o Options, stdout io.Writer) error {
	if len(o.Config.Feeds) == 0 && !publish.IsBucket(out) {
		if _, err := os.Stat(out); errors.Is(err, fs.ErrNotExist) { // Open would make the folder
			return nil
		}
	}
	target, err := publish.Open(ctx, out)
	if err != nil {
		return err
	}
	defer func() { _ = target.Close() }()
	if len(o.Config.Feeds) == 0 { // then those of before go, where there are any
		if _, err := target.Read(ctx, statusFile); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	o.Target, o.Web, o.Answers, o.Log = target, web.Files, newAnswers(), stdout // one line on standard error is the outcome
	if !publish.IsBucket(out) {                                                 // stores send a file as it is: compressed siblings are of no use there
		o.Compress = site.NewCompressor()
	}
	return Refresh(ctx, o, stdout)
}

// Refresh runs and prints how it went. The error says that a feed has a source that failed; what could be refreshed was.
func Refresh(ctx context.Context, o Options, stdout io.Writer) error {
	began := time.Now()
	result, err := Run(ctx, o)
	if err != nil {
		return err
	}
	total := 0
	var busiest []string
	for host, n := range result.Requests {
		total += n
		busiest = append(busiest, host)
	}
	slices.SortFunc(busiest, func(a, b string) int {
		if d := result.Requests[b] - result.Requests[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	fmt.Fprintf(stdout, "%d official feeds, %d files written, %d requests to %d servers in %v", result.Feeds, result.Written, total, len(busiest), time.Since(began).Round(100*time.Millisecond))
	if len(busiest) > 0 {
		fmt.Fprintf(stdout, ", most of them (%d) to %s", result.Requests[busiest[0]], busiest[0])
	}
	fmt.Fprintln(stdout)
	if result.Failed > 0 {
		return fmt.Errorf("%d of %d feeds have a source that failed; their last good copy stays (feeds/status.json says more)", result.Failed, result.Feeds)
	}
	return nil
}
