// Package command is what the parts of the build command have in common: how they are named and run, and how their flags are
// read.
package command

import (
	"context"
	"flag"
	"fmt"
	"io"
)

// Command is one of the build command's.
type Command struct {
	Name  string
	Usage string // "site [-out DIR]"
	Short string // what it does, in a sentence
	Run   func(ctx context.Context, args []string, stdout, stderr io.Writer) error
}

// UsageError says that a command was called in a way it doesn't know.
type UsageError struct{ Text string }

func (e *UsageError) Error() string { return e.Text }

// Usagef makes a UsageError.
func Usagef(format string, args ...any) error { return &UsageError{fmt.Sprintf(format, args...)} }

// Parse reads flags, which may stand before or after other arguments, and returns the others. After "--" all are others. The
// error is flag.ErrHelp or a UsageError.
func Parse(flags *flag.FlagSet, args []string) ([]string, error) {
	flags.Init(flags.Name(), flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	var others []string
	for {
		before := len(args)
		if err := flags.Parse(args); err != nil {
			if err == flag.ErrHelp {
				return nil, err
			}
			return nil, &UsageError{err.Error()}
		}
		rest := flags.Args()
		if len(rest) == 0 {
			return others, nil
		}
		if used := before - len(rest); used > 0 && args[used-1] == "--" {
			return append(others, rest...), nil
		}
		others, args = append(others, rest[0]), rest[1:]
	}
}

// NoArguments parses flags where nothing else may stand.
func NoArguments(flags *flag.FlagSet, args []string) error {
	others, err := Parse(flags, args)
	if err == nil && len(others) > 0 {
		return Usagef("%q is one argument too many", others[0])
	}
	return err
}
