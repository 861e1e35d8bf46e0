package site

import (
	"encoding/json"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"vitrine/feeds/blocklist"
	"vitrine/web"
)

// TestTheLoaderClosesWhatTheListBlocks asks the loader's short copy of the rules and feeds/blocklist about the same servers and accounts.
func TestTheLoaderClosesWhatTheListBlocks(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node, which runs the loader's rules, is not installed")
	}
	source, err := web.Files.ReadFile("js/blocked.js")
	if err != nil {
		t.Fatal(err)
	}
	rules := regexp.MustCompile(`(?m)^export (const (?:blocked|isBlocked) = .*;)$`).FindAllSubmatch(source, -1)
	if len(rules) != 2 {
		t.Fatalf("blocked.js has %d of the constants blocked and isBlocked, each on a line", len(rules))
	}
	type question struct {
		Blocked, Host, User string
		want                bool
	}
	var questions []question
	hosts := []string{"bad.example", "www.bad.example", "notbad.example", "bad.example:8443", "a.bad.example", "a.b.bad.example", "example", "other.example", "port.example:8443", "port.example", "x.localhost:8081", "localhost:8081"}
	for _, entries := range [][]string{
		nil, {"bad.example"}, {"*.bad.example"}, {"bad.example:8443"}, {"*.localhost:8081", "port.example:8443"},
		{"@Ada@bad.example"}, {"!tea@bad.example"}, {"https://bad.example/@ada"}, {"https://bad.example/"}, {"https://bad.example/@ada/12"},
		{"other.example", "*.bad.example", "@bob@bad.example"},
	} {
		list, err := blocklist.New(entries)
		if err != nil {
			t.Fatal(err)
		}
		for _, host := range hosts {
			for _, user := range []string{"ada", "ADA", "bob", "tea", ""} {
				want := list.Host(host)
				if user != "" {
					want = list.Handle(user, host)
				}
				questions = append(questions, question{strings.Join(list.Keys(), " "), host, user, want})
			}
		}
	}
	asked, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	script := "const answer = (config, host, user) => {\n" + string(rules[0][1]) + "\n" + string(rules[1][1]) + "\nreturn isBlocked(host, user);\n};\n" +
		"console.log(JSON.stringify(" + string(asked) + ".map((q) => answer({ blocked: q.Blocked || undefined }, q.Host, q.User || undefined))));"
	cmd := exec.CommandContext(t.Context(), node, "-")
	cmd.Stdin = strings.NewReader(script)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var answers []bool
	if err := json.Unmarshal(out, &answers); err != nil || len(answers) != len(questions) {
		t.Fatalf("%v\n%s", err, out)
	}
	closed := 0
	for i, q := range questions {
		if answers[i] != q.want {
			t.Errorf("with %q blocked, %s@%s: the loader says %v, feeds/blocklist %v", q.Blocked, q.User, q.Host, answers[i], q.want)
		}
		if q.want {
			closed++
		}
	}
	if closed == 0 || closed == len(questions) {
		t.Errorf("%d of %d are blocked", closed, len(questions))
	}
}
