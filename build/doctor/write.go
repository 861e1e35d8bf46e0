package doctor

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/software"
)

// Write prints a report for people.
func (r *Report) Write(out io.Writer, w *words.Words) {
	if i := r.Instance; i != nil {
		name, _ := software.NameOf(i.Software)
		fmt.Fprintf(out, "%s: %s, %s %s\n", address.ShowHost(r.Host), address.Show(i.Title), name, i.Version)
		if guests := software.GuestsOf(i.Software); guests.MostlyClosed {
			fmt.Fprintf(out, "Nearly all of %s is for members, unless whoever runs the server opens it.\n", name)
		}
		fmt.Fprintln(out)
	} else {
		fmt.Fprintf(out, "%s doesn't say what it is\n\n", address.ShowHost(r.Host))
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "view\ta guest\tin a browser\t")
	for _, v := range r.Views {
		fmt.Fprintf(table, "%s\t%s\t%s\t\n", address.Show(v.Name), v.outcome(w), v.inBrowser())
	}
	_ = table.Flush() // out's failures show elsewhere
	if b := r.Budget; b.Limit > 0 {
		fmt.Fprintf(out, "\nIt accepts %d requests; %d are left until %s.\n", b.Limit, b.Remaining, b.Reset.UTC().Format(time.RFC3339))
	}
	fmt.Fprintf(out, "\n%s\n", r.Advice())
	if r.Official != nil {
		r.Official.write(out, w)
	}
}

func (v View) outcome(w *words.Words) string {
	switch {
	case v.Why != "":
		return address.Show(v.Why)
	case v.Err == nil && v.Note != "":
		return "public; " + address.Show(v.Note)
	case v.Err == nil:
		return "public"
	}
	p := w.Problem(v.Err, words.Problems{})
	return strings.TrimSuffix(p.Title, ".") + " (" + string(feeds.KindOf(v.Err)) + ")"
}

func (v View) inBrowser() string {
	kind := string(feeds.KindOf(v.Browser))
	switch {
	case v.Why != "":
		return ""
	case v.Browser == nil:
		return "yes"
	case errors.Is(v.Browser, errClosed):
		return "no: " + errClosed.Error() + " (" + kind + ")"
	}
	return "no (" + kind + ")"
}

// Advice says in a sentence how the address is best read.
func (r *Report) Advice() string {
	open, browser, unreached, asked := 0, 0, 0, 0
	for _, v := range r.Views {
		if v.Why == "" {
			asked++
		}
		switch feeds.KindOf(v.Err) {
		case feeds.Unreachable, feeds.Timeout, feeds.Offline:
			unreached++
		}
		if v.Why == "" && v.Err == nil {
			open++
			if v.Browser == nil {
				browser++
			}
		}
	}
	switch {
	case unreached == asked:
		return "It can't be reached from here; what guests can see there is unknown."
	case open == 0:
		return "Nothing here is public. Another server may hold copies: open the address with ?via=HOST."
	case browser == 0:
		return "It can be read by `read` and in static feeds, not by a browser. In the app, read a copy with ?via=HOST."
	case browser < open:
		return "A browser can read a part of it; `read` and static feeds can read more."
	}
	return "It can be read in the app, by `read` and in static feeds."
}
