package dev

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"vitrine/build/config"
	"vitrine/build/publish"
	"vitrine/build/site"
	"vitrine/build/snapshot"
)

// portsTried is how many ports after a busy one are tried.
const portsTried = 20

// Options say what is served.
type Options struct {
	Root string        // the module's folder
	Demo []site.Server // the demo fediverse's, shown first
	// Lists are the demo's starter lists, shown before those of site.toml.
	Lists []config.List
	// Feeds are official feeds of the demo. Those of site.toml are not built, so that development sends no requests to the
	// network by itself.
	Feeds []config.Feed
	Log   io.Writer // builds and their failures
}

// Listen listens on addr, or on the next port that is free.
func Listen(addr string, log io.Writer) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	number, err := net.LookupPort("tcp", port)
	if err != nil {
		return nil, err
	}
	for i := range portsTried {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(number+i)))
		if err == nil {
			if i > 0 {
				fmt.Fprintf(log, "port %d is busy, using %d\n", number, number+i)
			}
			return l, nil
		}
		if number == 0 || !errors.Is(err, syscall.EADDRINUSE) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("the ports %d to %d of %s are all busy: name another with -addr", number, number+portsTried-1, host)
}

// Serve builds the site and serves it on l until ctx ends, again after every change. ready is called after the first build.
func Serve(ctx context.Context, l net.Listener, o Options, ready func()) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	h := newHandler(ctx)
	b := &builder{root: o.Root, demo: o.Demo, lists: o.Lists, feeds: o.Feeds}
	w, err := watch(filepath.Join(o.Root, "app"), filepath.Join(o.Root, "feeds"), filepath.Join(o.Root, "web"))
	if err != nil {
		return err
	}
	files, err := b.build(ctx, change{program: true})
	if err != nil {
		return err
	}
	h.show(files)
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	go w.run(ctx)
	ready()
	for {
		select {
		case c := <-w.changes:
			b.rebuild(ctx, h, c, o.Log)
		case err := <-served:
			return err
		case <-ctx.Done():
			return server.Close()
		}
	}
}

// builder makes the site, and the program only when it changed.
type builder struct {
	root    string
	demo    []site.Server
	lists   []config.List
	feeds   []config.Feed
	copies  publish.Target // of the feeds; nil until they are first read
	program site.Program
	stale   bool // the program's last build failed
}

func (b *builder) build(ctx context.Context, c change) (site.Files, error) {
	if c.program || b.stale {
		b.stale = true
		p, err := site.Compile(ctx)
		if err != nil {
			return nil, err
		}
		b.program, b.stale = p, false
	}
	web := os.DirFS(filepath.Join(b.root, "web"))
	data, err := os.ReadFile(filepath.Join(b.root, "web", "site.toml"))
	if err != nil {
		return nil, err
	}
	conf, err := config.Parse("web/site.toml", data)
	if err != nil {
		return nil, err
	}
	conf.Feeds, conf.Lists = b.feeds, append(slices.Clone(b.lists), conf.Lists...)
	files, err := site.Render(site.Options{
		Web: web, Base: "/", Config: conf, Program: b.program, Demo: b.demo, Loopback: true, NoWorker: true,
		Scripts: map[string][]byte{"reload.js": []byte(reloadScript)},
	})
	if err != nil || len(conf.Feeds) == 0 {
		return files, err
	}
	return files, b.addFeeds(ctx, files, conf, web)
}

// addFeeds adds the official feeds as they are now.
func (b *builder) addFeeds(ctx context.Context, files site.Files, conf config.Site, web fs.FS) error {
	var err error
	if b.copies == nil {
		if b.copies, err = publish.Open(ctx, "mem://"); err != nil {
			return err
		}
	}
	if _, err := snapshot.Run(ctx, snapshot.Options{Config: conf, Target: b.copies, Web: web, Base: "/"}); err != nil {
		return err
	}
	names, err := b.copies.List(ctx, "feeds/")
	if err != nil {
		return err
	}
	for _, name := range names {
		if files[name], err = b.copies.Read(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// rebuild serves a new build. A failure is logged, and the last good build stays.
func (b *builder) rebuild(ctx context.Context, h *handler, c change, log io.Writer) {
	began := time.Now()
	files, err := b.build(ctx, c)
	if err != nil {
		if ctx.Err() == nil {
			fmt.Fprintln(log, err)
		}
		return
	}
	h.show(files)
	fmt.Fprintf(log, "built again in %.1f s\n", time.Since(began).Seconds())
}
