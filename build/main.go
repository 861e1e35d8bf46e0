// The build command makes the site, serves it while it is worked on, and reads the fediverse from a terminal.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"vitrine/build/command"
	"vitrine/build/doctor"
	"vitrine/build/read"
	"vitrine/build/snapshot"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes.
const (
	success = 0
	failure = 1 // with one clear line on standard error
	misuse  = 2
)

// commands are all there are, in the order in which they are explained.
func commands() []command.Command {
	return []command.Command{siteCommand(), serveCommand(), snapshot.Command(), demoCommand(), read.Command(), doctor.Command()}
}

// run executes the command that args name.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		usage(stderr)
		return misuse
	}
	if args[0] == "help" || args[0] == "-h" || args[0] == "-help" || args[0] == "--help" {
		usage(stdout)
		return success
	}
	for _, c := range commands() {
		if c.Name == args[0] {
			return code(c, c.Run(ctx, args[1:], stdout, stderr), stdout, stderr)
		}
	}
	fmt.Fprintf(stderr, "vitrine: there is no command %q\n", args[0])
	usage(stderr)
	return misuse
}

func code(c command.Command, err error, stdout, stderr io.Writer) int {
	var wrong *command.UsageError
	switch {
	case err == nil:
		return success
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(stdout, "usage: go run ./build %s\n", c.Usage)
		return success
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "vitrine %s: %v\nusage: go run ./build %s\n", c.Name, err, c.Usage)
		return misuse
	}
	fmt.Fprintf(stderr, "vitrine %s: %v\n", c.Name, err)
	return failure
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "usage: go run ./build COMMAND")
	for _, c := range commands() {
		fmt.Fprintf(w, "\n  %s\n        %s\n", c.Usage, c.Short)
	}
}
