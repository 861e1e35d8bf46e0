package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"vitrine/build/command"
	"vitrine/build/config"
	"vitrine/build/publish"
	"vitrine/build/site"
	"vitrine/build/snapshot"
	"vitrine/web"
)

func siteCommand() command.Command {
	return command.Command{
		Name:  "site",
		Usage: "site [-out DIR|BUCKET] [-base /sub/path/] [-config FILE] [-no-feeds] [-wait 60s]",
		Short: "writes the complete static site, precompressed",
		Run:   runSite,
	}
}

func runSite(ctx context.Context, args []string, stdout, _ io.Writer) error {
	flags := flag.NewFlagSet("site", flag.ContinueOnError)
	out := flags.String("out", "dist", "folder of the site, or a bucket's URL")
	base := flags.String("base", "", "path at which the site will stand")
	file := flags.String("config", "", "configuration instead of web/site.toml")
	wait := flags.Duration("wait", time.Minute, "longest pause that a server of an official feed may ask for and gets")
	noFeeds := flags.Bool("no-feeds", false, "leave out the official feeds")
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
	files, err := makeAndPublish(ctx, *out, site.Options{Web: web.Files, Base: path, Config: conf})
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s holds the site for %s: %d files\n", *out, path, len(files))
	if *noFeeds {
		return nil
	}
	return snapshot.At(ctx, *out, snapshot.Options{Config: conf, Base: path, Wait: *wait}, stdout)
}

// makeAndPublish returns the files that the site has at out now.
func makeAndPublish(ctx context.Context, out string, o site.Options) (site.Files, error) {
	if !publish.IsBucket(out) {
		files, err := makeSite(ctx, o)
		if err != nil {
			return nil, err
		}
		return files, site.Publish(out, files)
	}
	// A bucket that can't be reached is reported before the program is compiled, which takes a minute. Compressed siblings are of no use there.
	target, err := publish.Open(ctx, out)
	if err != nil {
		return nil, err
	}
	files, err := renderSite(ctx, o)
	if err == nil {
		err = site.PublishTo(ctx, target, out, files)
	}
	return files, errors.Join(err, target.Close())
}

// makeSite compiles, renders and compresses. Nothing is written yet, so whatever fails leaves the old site as it is.
func makeSite(ctx context.Context, o site.Options) (site.Files, error) {
	files, err := renderSite(ctx, o)
	if err != nil {
		return nil, err
	}
	return files, site.NewCompressor().Add(ctx, files)
}

// renderSite compiles and renders.
func renderSite(ctx context.Context, o site.Options) (site.Files, error) {
	if _, err := site.Render(o); err != nil { // mistakes are reported before the program is compiled, which takes a minute
		return nil, err
	}
	var err error
	if o.Program, err = site.Compile(ctx); err != nil {
		return nil, err
	}
	return site.Render(o)
}
