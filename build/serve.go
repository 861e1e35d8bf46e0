package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"vitrine/build/command"
	"vitrine/build/config"
	"vitrine/build/demo"
	"vitrine/build/dev"
	"vitrine/build/site"
)

// demoAddr is where the demo fediverse is looked for in documentation and tests by hand.
const demoAddr = "127.0.0.1:8081"

// demoPause is how often somebody in the demo writes something, so that new posts arrive while somebody reads.
const demoPause = 45 * time.Second

func serveCommand() command.Command {
	return command.Command{
		Name:  "serve",
		Usage: "serve [-addr HOST:PORT] [-demo]",
		Short: "serves the site while it is worked on: builds again on changes, reloads open pages",
		Run:   runServe,
	}
}

func demoCommand() command.Command {
	return command.Command{
		Name:  "demo",
		Usage: "demo [-addr HOST:PORT]",
		Short: "runs the demo fediverse alone",
		Run:   runDemo,
	}
}

func runServe(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	addr := flags.String("addr", "localhost:8080", "where to listen")
	withDemo := flags.Bool("demo", false, "run the demo fediverse too")
	if err := command.NoArguments(flags, args); err != nil {
		return err
	}
	root, err := moduleRoot(ctx)
	if err != nil {
		return err
	}
	l, err := dev.Listen(*addr, stderr)
	if err != nil {
		return err
	}
	defer func() { _ = l.Close() }() // already closed when the server was started
	o := dev.Options{Root: root, Log: stderr}
	var hosts []demo.Host
	if *withDemo {
		ctx, end := context.WithCancel(ctx)
		d, err := startDemo(ctx, demoAddr, stderr)
		if err != nil {
			end()
			return err
		}
		defer d.Wait()
		defer end() // a site that can't be built ends the demo too
		hosts = d.Hosts()
		o.Demo = demoServers(hosts)
		for _, l := range d.Lists() {
			o.Lists = append(o.Lists, config.List(l))
		}
		if o.Feeds, err = demoFeeds(hosts); err != nil {
			return err
		}
	}
	fmt.Fprintln(stderr, "building the site …")
	return dev.Serve(ctx, l, o, func() {
		fmt.Fprintf(stdout, "Vitrine stands at http://%s/\n", shownAddr(*addr, l.Addr()))
		for _, f := range o.Feeds {
			fmt.Fprintf(stdout, "An official feed: http://%s/feeds/%s/\n", shownAddr(*addr, l.Addr()), f.Name)
		}
		printHosts(stdout, hosts)
	})
}

func runDemo(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	addr := flags.String("addr", demoAddr, "where to listen")
	if err := command.NoArguments(flags, args); err != nil {
		return err
	}
	d, err := startDemo(ctx, *addr, stderr)
	if err != nil {
		return err
	}
	printHosts(stdout, d.Hosts())
	d.Wait()
	return nil
}

// startDemo starts the demo fediverse on addr, or on the next port that is free.
func startDemo(ctx context.Context, addr string, log io.Writer) (*demo.Demo, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, command.Usagef("-addr %q is not HOST:PORT", addr)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, command.Usagef("-addr %q has no port", addr)
	}
	for i := range 20 {
		d, err := demo.Start(ctx, demo.Options{Addr: net.JoinHostPort(host, strconv.Itoa(number+i)), PostInterval: demoPause, Log: log})
		if err == nil && i > 0 {
			fmt.Fprintf(log, "port %d is busy, the demo uses %d\n", number, number+i)
		}
		if err == nil || number == 0 || !errors.Is(err, syscall.EADDRINUSE) {
			return d, err
		}
	}
	return nil, fmt.Errorf("the ports %d to %d of %s are all busy", number, number+19, host)
}

func demoServers(hosts []demo.Host) []site.Server {
	servers := make([]site.Server, 0, len(hosts))
	for _, h := range hosts {
		servers = append(servers, site.Server{Host: h.Name, Topic: "demo", Languages: h.Languages, Software: cmp.Or(h.Software, "mastodon"), Feed: h.Feed, Text: h.Text})
	}
	return servers
}

// demoFeeds are official feeds as the demo's town hall would configure them.
func demoFeeds(hosts []demo.Host) ([]config.Feed, error) {
	const text = `[[feed]]
name = "rathaus"
title = "Aus dem Rathaus"
addresses = ["@rathaus@%s"]
language = "de"
`
	for _, h := range hosts {
		if strings.HasPrefix(h.Name, "norderau.") {
			c, err := config.Parse("demo", fmt.Appendf(nil, text, h.Name))
			return c.Feeds, err
		}
	}
	return nil, nil
}

func printHosts(w io.Writer, hosts []demo.Host) {
	if len(hosts) == 0 {
		return
	}
	fmt.Fprintln(w, "The demo's servers:")
	for _, h := range hosts {
		fmt.Fprintf(w, "  http://%s/  %s\n", h.Name, h.Text)
	}
}

// shownAddr is the address as it was asked for, with the port that was taken.
func shownAddr(asked string, taken net.Addr) string {
	host, _, err := net.SplitHostPort(asked)
	_, port, err2 := net.SplitHostPort(taken.String())
	if err != nil || err2 != nil {
		return taken.String()
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// moduleRoot is the folder of go.mod.
func moduleRoot(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	file := strings.TrimSpace(string(out))
	if filepath.Base(file) != "go.mod" {
		return "", errors.New("call this inside Vitrine's source folder")
	}
	return filepath.Dir(file), nil
}
