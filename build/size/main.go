// The size command prints what a first visit downloads, and fails over the budgets.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"vitrine/build/config"
	"vitrine/build/site"
	"vitrine/web"
)

// The budgets, in bytes after brotli -q 11 -w 24.
const (
	programBudget = 2_020_000 // 1,650,000 for reading and what is followed, and a good fifth for what came since: filters, finding, conversations, search, what is saved, taken offline and carried away
	firstBudget   = 14_000    // index.html, with the first screen's styles and the first request: what one round trip carries
	loaderBudget  = 9_400     // it draws lists, threads and heads without the program, begins at what was opened, and keeps what is tapped until that is there
	streamBudget  = 115_000   // what plays a film that comes in pieces, loaded for such a film
	mathBudget    = 45_000    // what makes MathML of LaTeX, loaded for a page with a formula
	shellBudget   = 40_000    // both, the rest of the styles, and the other scripts and icons
	extrasBudget  = 6_500     // gestures, what pictures do by themselves, what is brought from outside: they come once the first screen stands
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "size:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer) error {
	program, err := site.Compile(ctx)
	if err != nil {
		return err
	}
	files, err := site.Render(site.Options{Web: web.Files, Base: "/", Config: config.Default(), Program: program})
	if err != nil {
		return err
	}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var over []string
	shell, demand := 0, 0
	fmt.Fprintf(w, "%10s %10s %10s\n", "raw", "gzip", "brotli")
	for _, name := range names {
		part := kind(name)
		if part == other {
			continue
		}
		br, err := site.Brotli(files[name])
		if err != nil {
			return err
		}
		gz, err := site.Gzip(files[name])
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%10d %10d %10d  %s\n", len(files[name]), len(gz), len(br), name)
		switch {
		case part == programPart && len(br) > programBudget:
			over = append(over, fmt.Sprintf("the program has %d bytes, its budget is %d", len(br), programBudget))
		case part == extrasPart && len(br) > extrasBudget:
			over = append(over, fmt.Sprintf("the gestures have %d bytes, their budget is %d", len(br), extrasBudget))
		case part == streamPart && len(br) > streamBudget:
			over = append(over, fmt.Sprintf("what plays streams has %d bytes, its budget is %d", len(br), streamBudget))
		case part == mathPart && len(br) > mathBudget:
			over = append(over, fmt.Sprintf("what draws formulas has %d bytes, its budget is %d", len(br), mathBudget))
		case part == shellPart:
			shell += len(br)
		}
		if part == demandPart || part == extrasPart || part == streamPart || part == mathPart {
			demand += len(br)
		}
		if name == "index.html" && len(br) > firstBudget {
			over = append(over, fmt.Sprintf("the start page has %d bytes, its budget is %d", len(br), firstBudget))
		}
		if strings.HasPrefix(name, "assets/boot.") && len(br) > loaderBudget {
			over = append(over, fmt.Sprintf("the loader has %d bytes, its budget is %d", len(br), loaderBudget))
		}
	}
	fmt.Fprintf(w, "%10s %10s %10d  shell, styles, loader and icons (budget %d)\n", "", "", shell, shellBudget)
	fmt.Fprintf(w, "%10s %10s %10d  scripts on demand\n", "", "", demand)
	if shell > shellBudget {
		over = append(over, fmt.Sprintf("shell, styles, loader and icons have %d bytes, their budget is %d", shell, shellBudget))
	}
	if len(over) > 0 {
		return fmt.Errorf("over the budget: %s", strings.Join(over, "; "))
	}
	return nil
}

// part is which budget a file belongs to.
type part int

const (
	other part = iota
	programPart
	shellPart
	extrasPart
	streamPart
	mathPart
	demandPart   // a script that the page loads when something is wanted
	languagePart // the sentences of a language: a visit loads those of one
)

// kind returns what a file belongs to: the start page with what it loads before the program, the program itself, what is loaded on demand, a language. The
// list of servers comes with the program; static pages, with a style and a script that stand in the start page itself, and icons of an installed app
// come when they are asked for.
func kind(name string) part {
	switch {
	case name == "index.html":
		return shellPart
	case strings.HasPrefix(name, "assets/extras."):
		return extrasPart
	case strings.HasPrefix(name, "assets/math."):
		return mathPart
	case path.Dir(name) != "assets", strings.HasPrefix(name, "assets/translator."), strings.HasPrefix(name, "assets/first."), strings.HasPrefix(name, "assets/theme."):
		return other
	case strings.HasPrefix(name, "assets/stream."), strings.HasPrefix(name, "assets/film."):
		return streamPart
	}
	base := path.Base(name)
	switch path.Ext(name) {
	case ".wasm":
		return programPart
	case ".js":
		script, _, _ := strings.Cut(base, ".")
		if !slices.Contains([]string{"boot", "wasm_exec", "draw", "background", "worker", "hosts"}, script) {
			return demandPart
		}
		return shellPart
	case ".css", ".svg":
		return shellPart
	case ".txt":
		if strings.HasPrefix(base, "words.") {
			return languagePart
		}
	}
	return other
}
