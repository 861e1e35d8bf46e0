package doctor

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"vitrine/build/config"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/web"
)

// list is the built-in list of servers, beside the working directory's go.mod.
const list = "web/content/servers.toml"

// examineAll looks at every server of the built-in list, and with rewrite notes beside each how large it is and what guests may see.
func examineAll(ctx context.Context, out io.Writer, rewrite bool, now time.Time) error {
	data, err := web.Files.ReadFile(strings.TrimPrefix(list, "web/"))
	if err != nil {
		return err
	}
	servers, err := config.ParseServers(list, data)
	if err != nil {
		return err
	}
	known, unread := map[string][]string{}, 0
	for _, s := range servers {
		a := address.Address{Kind: address.Server, Host: s.Host}
		if s.Feed != "" {
			a = address.Address{Kind: address.Feed, Host: s.Host, URL: s.Feed}
		}
		r := Examine(ctx, a, "")
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if r.Err != nil {
			unread++
			fmt.Fprintf(out, "%s\tcan't be read: %v\n", address.ShowHost(s.Host), r.Err)
			continue
		}
		known[s.Host] = r.facts(now)
		fmt.Fprintf(out, "%s\t%s\t%s\n", address.ShowHost(s.Host), orAll(r.closedViews()), r.Advice())
	}
	fmt.Fprintf(out, "%d servers, %d of them can't be read\n", len(servers), unread)
	if !rewrite {
		return nil
	}
	return os.WriteFile(list, []byte(annotate(string(data), known)), 0o644)
}

func orAll(closed string) string {
	if closed == "" {
		return "all public"
	}
	return "closed: " + closed
}

// closedViews names the views that guests are refused.
func (r *Report) closedViews() string {
	var names []string
	for _, v := range r.Views {
		if refused(v.Err) && !strings.HasPrefix(v.Name, "web feed") {
			names = append(names, v.Name)
		}
	}
	return strings.Join(names, ", ")
}

// refused reports that guests aren't let in; what failed otherwise says nothing of that.
func refused(err error) bool {
	kind := feeds.KindOf(err)
	return kind == feeds.NeedsLogin || kind == feeds.Refused
}

// facts are the lines of a list that say how large the server is, what guests may see there, and when that was so.
func (r *Report) facts(now time.Time) []string {
	var lines []string
	closed := r.closedViews()
	if closed != "" {
		lines = append(lines, closedMark+closed)
	}
	if i := r.Instance; i != nil && i.Active > 0 {
		lines = append(lines, fmt.Sprintf("active = %d", i.Active))
	}
	guests := "all"
	if closed != "" {
		guests = "none"
		for _, v := range r.Views {
			if v.Why == "" && v.Err == nil {
				guests = "part"
			}
		}
	}
	return append(lines, fmt.Sprintf("guests = %q", guests), fmt.Sprintf("seen = %q", now.Format(time.DateOnly)))
}

const closedMark = "# closed to guests: "

// annotate writes what is known of a server below its host line, in place of what an earlier run wrote. What wasn't asked stays as it is.
func annotate(text string, known map[string][]string) string {
	var out []string
	host := ""
	for _, line := range strings.Split(text, "\n") {
		key, value, _ := strings.Cut(line, " = ")
		if known[host] != nil && (strings.HasPrefix(line, closedMark) || key == "active" || key == "guests" || key == "seen") {
			continue
		}
		out = append(out, line)
		switch {
		case line == "[[server]]":
			host = ""
		case key == "host":
			host = strings.Trim(value, `"`)
			out = append(out, known[host]...)
		}
	}
	return strings.Join(out, "\n")
}
