package doctor

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"vitrine/build/config"
	"vitrine/feeds/address"
	"vitrine/web"
)

// list is the built-in list of servers, beside the working directory's go.mod.
const list = "web/content/servers.toml"

// examineAll looks at every server of the built-in list, and with rewrite notes beside each what is closed to guests.
func examineAll(ctx context.Context, out io.Writer, rewrite bool) error {
	data, err := web.Files.ReadFile(strings.TrimPrefix(list, "web/"))
	if err != nil {
		return err
	}
	servers, err := config.ParseServers(list, data)
	if err != nil {
		return err
	}
	closed, unread := map[string]string{}, 0
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
		closed[s.Host] = r.closedViews()
		fmt.Fprintf(out, "%s\t%s\t%s\n", address.ShowHost(s.Host), orAll(closed[s.Host]), r.Advice())
	}
	fmt.Fprintf(out, "%d servers, %d of them can't be read\n", len(servers), unread)
	if !rewrite {
		return nil
	}
	return os.WriteFile(list, []byte(annotate(string(data), closed)), 0o644)
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
		if v.Err != nil && !strings.HasPrefix(v.Name, "web feed") {
			names = append(names, v.Name)
		}
	}
	return strings.Join(names, ", ")
}

// annotate writes a comment below each host line: what is closed there. Comments of an earlier run go.
func annotate(text string, closed map[string]string) string {
	const mark = "# closed to guests: "
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, mark) {
			continue
		}
		out = append(out, line)
		if host, ok := strings.CutPrefix(line, "host = "); ok {
			if what := closed[strings.Trim(host, `"`)]; what != "" {
				out = append(out, mark+what)
			}
		}
	}
	return strings.Join(out, "\n")
}
