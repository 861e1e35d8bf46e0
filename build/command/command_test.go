package command

import (
	"errors"
	"flag"
	"slices"
	"testing"
)

func TestFlagsStandAnywhere(t *testing.T) {
	for name, args := range map[string][]string{
		"before":  {"-limit", "5", "-all", "a", "b"},
		"after":   {"a", "b", "-limit", "5", "-all"},
		"between": {"a", "-limit=5", "b", "--all"},
	} {
		flags := flag.NewFlagSet("read", flag.ContinueOnError)
		limit, all := flags.Int("limit", 20, ""), flags.Bool("all", false, "")
		others, err := Parse(flags, args)
		if err != nil || *limit != 5 || !*all || !slices.Equal(others, []string{"a", "b"}) {
			t.Errorf("%s: %q, %d, %v, %v", name, others, *limit, *all, err)
		}
	}
}

func TestAfterTwoDashesNothingIsAFlag(t *testing.T) {
	flags := flag.NewFlagSet("read", flag.ContinueOnError)
	all := flags.Bool("all", false, "")
	others, err := Parse(flags, []string{"a", "--", "-all", "b"})
	if err != nil || *all || !slices.Equal(others, []string{"a", "-all", "b"}) {
		t.Errorf("%q, %v, %v", others, *all, err)
	}
}

func TestWrongUse(t *testing.T) {
	for name, args := range map[string][]string{"an unknown flag": {"a", "-colour"}, "no value": {"-limit"}, "a bad value": {"-limit", "many"}} {
		flags := flag.NewFlagSet("read", flag.ContinueOnError)
		flags.Int("limit", 20, "")
		var wrong *UsageError
		if _, err := Parse(flags, args); !errors.As(err, &wrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var wrong *UsageError
	if err := NoArguments(flag.NewFlagSet("site", flag.ContinueOnError), []string{"x"}); !errors.As(err, &wrong) {
		t.Errorf("one argument too many: %v", err)
	}
	if _, err := Parse(flag.NewFlagSet("site", flag.ContinueOnError), []string{"-h"}); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h: %v", err)
	}
}
