package read

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/app/syndicate/spec"
	"vitrine/build/command"
	"vitrine/build/demo"
	"vitrine/feeds/exchange"
)

// mergedFeed is what the tests read of a merged JSON Feed.
type mergedFeed struct {
	Title string
	Items []struct {
		ID, URL       string
		DatePublished time.Time `json:"date_published"`
		Text          string    `json:"content_text"`
	}
}

// readAll runs the command, and returns what it printed to both outputs.
func readAll(t *testing.T, args ...string) (out, said string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err = Command().Run(t.Context(), args, &stdout, &stderr)
	return stdout.String(), stderr.String(), err
}

// hosts are those of the posts' pages, each once.
func (f mergedFeed) hosts() string {
	var all []string
	for _, i := range f.Items {
		_, rest, _ := strings.Cut(i.URL, "//")
		host, _, _ := strings.Cut(rest, ".localhost")
		if !slices.Contains(all, host) {
			all = append(all, host)
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestReadMergesSourcesOfAllKinds(t *testing.T) {
	port := town(t)
	sources := []string{
		"@bibliothek@norderau.localhost" + port, "#lesesaal@norderau.localhost" + port, "@harbour@filmdose.localhost" + port, "@umi@bucht.localhost" + port,
		"!bikes@tresen.localhost" + port, "http://funk.localhost" + port + "/@hafenfunk/feed.xml", "lichtbild.localhost" + port,
	}
	out, said, err := readAll(t, append(sources, "-limit", "200")...)
	var feed mergedFeed
	if err != nil || json.Unmarshal([]byte(out), &feed) != nil || said != "" {
		t.Fatalf("%v %s", err, said)
	}
	seen := map[string]bool{}
	for _, i := range feed.Items {
		if seen[i.ID] {
			t.Errorf("%s stands twice", i.ID)
		}
		seen[i.ID] = true
	}
	if feed.hosts() != "bucht filmdose funk lichtbild norderau teich tresen" { // the library has boosted somebody of teich
		t.Errorf("posts of %s", feed.hosts())
	}
	if !strings.HasSuffix(feed.Title, " and 4 more") {
		t.Errorf("it is called %q", feed.Title)
	}
	for _, p := range spec.JSONFeed([]byte(out)) {
		t.Error(p)
	}
	atom, _, err := readAll(t, append(sources, "-format", "atom")...)
	for _, p := range spec.Atom([]byte(atom)) {
		t.Error(p)
	}
	if err != nil || strings.Count(atom, "</entry>") != 20 {
		t.Errorf("%v, %d entries", err, strings.Count(atom, "</entry>"))
	}
	text, _, err := readAll(t, append(sources, "-format", "text")...)
	if title, rest, _ := strings.Cut(text, "\n"); err != nil || title != feed.Title || !strings.HasPrefix(rest, "\n─") && !strings.HasPrefix(rest, "\n-") {
		t.Errorf("%v\n%.300s", err, text)
	}
}

func TestReadNamesEachSourceThatFails(t *testing.T) {
	port := town(t)
	broken, gone := "@500@klippe.localhost"+port, "@nobody@norderau.localhost"+port
	out, said, err := readAll(t, broken, "@bibliothek@norderau.localhost"+port, gone)
	var feed mergedFeed
	if err != nil || json.Unmarshal([]byte(out), &feed) != nil || feed.hosts() != "norderau teich" || strings.Contains(feed.Title, ",") {
		t.Fatalf("%v, %q with posts of %q", err, feed.Title, feed.hosts())
	}
	lines := strings.Split(strings.TrimSpace(said), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], broken+": ServerError: ") || !strings.HasPrefix(lines[1], gone+": NotFound: ") {
		t.Errorf("%q", lines)
	}
	out, said, err = readAll(t, broken, gone)
	if err == nil || err.Error() != "none of the 2 sources could be read" || out != "" || strings.Count(said, "\n") != 2 {
		t.Errorf("%v %q %q", err, out, said)
	}
	if out, said, err = readAll(t, broken, "-since", "24h"); err == nil || strings.Contains(err.Error(), "\n") || out+said != "" {
		t.Errorf("one source alone: %v %q %q", err, out, said)
	}
	if _, said, err = readAll(t, "@marta_alt@norderau.localhost"+port, "@marta@hafenlicht.localhost"+port); err != nil || !strings.Contains(said, "has moved to @marta@hafenlicht.localhost"+port) {
		t.Errorf("of who has moved: %v %q", err, said)
	}
}

func TestReadMergesTheDemosStarterList(t *testing.T) {
	d, err := demo.Start(t.Context(), demo.Options{Budget: 10000, Slow: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(); d.Wait() })
	out, said, err := readAll(t, append(d.Lists()[0].Addresses, "-limit", "100")...)
	var feed mergedFeed
	if err != nil || json.Unmarshal([]byte(out), &feed) != nil || strings.Count(said, "\n") != 2 || !strings.Contains(said, ": ServerError: ") || !strings.Contains(said, " has moved to ") {
		t.Errorf("%v %s", err, said)
	}
	for _, host := range []string{"hafenlicht", "norderau", "teich", "filmdose", "bucht", "tresen", "lichtbild", "funk", "pult", "klippe"} {
		if !slices.Contains(strings.Fields(feed.hosts()), host) {
			t.Errorf("nothing of %s: %s", host, feed.hosts())
		}
	}
}

func TestReadGoesBackToATime(t *testing.T) {
	port := town(t)
	for _, address := range []string{"@wetterwarte@hafenlicht.localhost" + port, "hafenlicht.localhost" + port} {
		all, _, err := readAll(t, address, "-limit", "200")
		var whole mergedFeed
		if err != nil || json.Unmarshal([]byte(all), &whole) != nil {
			t.Fatal(err)
		}
		for _, since := range []string{"36h", "3d", time.Now().Add(-100 * time.Hour).Format(time.RFC3339), time.Now().UTC().AddDate(0, 0, -3).Format(time.DateOnly)} {
			at, err := sinceWhen(since, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			out, said, err := readAll(t, address, "-since", since)
			var feed mergedFeed
			if err != nil || said != "" || json.Unmarshal([]byte(out), &feed) != nil {
				t.Fatalf("%v %s", err, said)
			}
			want := 0
			for _, i := range whole.Items {
				if !i.DatePublished.Before(at) {
					want++
				}
			}
			if len(feed.Items) != want || want == 0 || want == len(whole.Items) {
				t.Errorf("%s since %s: %d of %d posts, want %d", address, since, len(feed.Items), len(whole.Items), want)
			}
		}
	}
	_, said, err := readAll(t, "hafenlicht.localhost"+port, "-since", "9d", "-limit", "5")
	if err != nil || !strings.HasPrefix(said, "5 posts since ") || !strings.Contains(said, "there may be more") {
		t.Errorf("%v %q", err, said)
	}
}

func TestReadLeavesWordsOut(t *testing.T) {
	port := town(t)
	all, _, err := readAll(t, "hafenlicht.localhost"+port, "-limit", "60", "-format", "text")
	if err != nil || !regexp.MustCompile(`(?i)\bferry\b`).MatchString(all) {
		t.Fatalf("no post has the word: %v", err)
	}
	out, said, err := readAll(t, "hafenlicht.localhost"+port, "-limit", "60", "-format", "text", "-words", " Ferry, gänse,")
	if err != nil || regexp.MustCompile(`(?i)\bferry\b`).MatchString(out) || !regexp.MustCompile(`^posts that filters leave out: [1-9][0-9]*\n$`).MatchString(said) {
		t.Errorf("%v %q", err, said)
	}
}

func TestReadTakesAFileOfFollows(t *testing.T) {
	port := town(t)
	ada, umi, funk := "@bibliothek@norderau.localhost"+port, "@umi@bucht.localhost"+port, "http://funk.localhost"+port+"/@hafenfunk/feed.xml"
	entries := []exchange.Entry{{Address: ada, Lists: []string{"Town"}, Boosts: exchange.Hide}, {Address: umi}, {Address: funk}}
	follows, lists := exchange.WriteSections(entries, []string{"Town"})
	ours, err := exchange.EncodeFile(exchange.File{Follows: follows, Lists: lists})
	if err != nil {
		t.Fatal(err)
	}
	csv, left := exchange.WriteFollowingCSV(entries[:2])
	if left != 0 {
		t.Fatal("the table lacks something")
	}
	for name, c := range map[string]struct {
		file  string
		hosts string
	}{
		"follows.opml": {string(exchange.WriteOPML("Mine", entries, nil)), "bucht funk norderau teich"},
		"follows.csv":  {string(csv), "bucht norderau"},
		"follows.json": {string(ours), "bucht funk norderau"},
		"follows.txt":  {"- " + umi + "\n- " + funk + "\n", "bucht funk"},
	} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		out, said, err := readAll(t, "-follows", file, "-limit", "100")
		var feed mergedFeed
		if err != nil || json.Unmarshal([]byte(out), &feed) != nil || feed.hosts() != c.hosts || said != "" {
			t.Errorf("%s: %v, posts of %q, said %q", name, err, feed.hosts(), said)
		}
		out, _, err = readAll(t, "lichtbild.localhost"+port, umi, "-follows", file, "-limit", "100")
		if err != nil || json.Unmarshal([]byte(out), &feed) != nil || !strings.Contains(feed.hosts(), "lichtbild") {
			t.Errorf("%s and others: %v, posts of %q", name, err, feed.hosts())
		}
	}
}

func TestReadSaysWhatOfAFileItDoesNotRead(t *testing.T) {
	port := town(t)
	file := filepath.Join(t.TempDir(), "follows.txt")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("@umi@bucht.localhost" + port + "\n#tea\nhttp://hafenlicht.localhost" + port + "/@marta/1\n" + strings.Repeat("#tea\n", 40))
	_, said, err := readAll(t, "-follows", file)
	if err != nil || !strings.Contains(said, file+", line 2: #tea: its server is missing\n") || !strings.Contains(said, "line 3: ") || !strings.Contains(said, "a single post can't be followed") || !strings.Contains(said, file+": 22 further lines name nothing") {
		t.Errorf("%v %s", err, said)
	}
	write("Account address,Show boosts\n\"@umi@bucht.localhost" + port + ",true\n@umi@bucht.localhost" + port + ",true\n")
	if _, said, err := readAll(t, "-follows", file); err != nil || !strings.Contains(said, ": the file ends in the middle of it\n") || strings.Contains(said, ": :") {
		t.Errorf("a table that ends in a cell: %v %s", err, said)
	}
	for text, want := range map[string]string{
		"":                             "no OPML, CSV, JSON or text",
		"nothing at all":               "",
		`{"vitrine":99}`:               "was written by a later version",
		strings.Repeat("x", 5<<20+1):   "is larger than 5 MB",
		"<opml><body></body></opml>":   "",
		"#tea\n":                       "",
		`{"vitrine":1,"follows":[]}`:   "",
		"Account address,Show boosts,": "",
	} {
		write(text)
		if out, _, err := readAll(t, "-follows", file); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), file) || out != "" || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.40q: %v", text, err)
		}
	}
	if _, _, err := readAll(t, "-follows", file+"x"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that isn't there: %v", err)
	}
}

func TestReadExplainsWhatItCanNotMerge(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"-since", "yesterday", "a.example"}, {"-since", "-3h", "a.example"}, {"-since", "2999-01-01T00:00:00Z", "a.example"}, {"-since", "xd", "a.example"},
		{"https://a.example/@ann/12", "b.example"}, {"https://a.example/@ann/12", "-words", "tea"},
	} {
		var usage *command.UsageError
		if _, _, err := readAll(t, args...); !errors.As(err, &usage) {
			t.Errorf("%q: %v is no usage error", args, err)
		}
	}
	if _, _, err := readAll(t, "a.example", "nothing at all"); err == nil || !strings.Contains(err.Error(), `"nothing at all" is no address`) {
		t.Errorf("%v", err)
	}
}

func TestReadTakesAHashtagOfVitrinesFileAtAllItsServersWithItsFurtherHashtags(t *testing.T) {
	port := town(t)
	quay, pictures, broken := "hafenlicht.localhost"+port, "lichtbild.localhost"+port, "500.klippe.localhost"+port
	read := func(args ...string) (ids []string, said string) {
		t.Helper()
		out, said, err := readAll(t, append(args, "-limit", "300", "-since", "8000h")...)
		var feed mergedFeed
		if err != nil || json.Unmarshal([]byte(out), &feed) != nil {
			t.Fatalf("%v: %v %s", args, err, said)
		}
		for _, i := range feed.Items {
			ids = append(ids, i.ID)
		}
		slices.Sort(ids)
		return ids, said
	}
	file := func(more string) string {
		name := filepath.Join(t.TempDir(), "vitrine.json")
		text := `{"vitrine":1,"follows":[{"address":"#/t/` + quay + `/harbour","kind":"hashtag","host":"` + quay + `","tag":"harbour"` + more + `}]}`
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	alone, _ := read("#harbour@" + quay)
	both, _ := read("#harbour@"+quay, "#harbour@"+pictures)
	if len(alone) == 0 || len(both) <= len(alone) {
		t.Fatalf("the demo has %d posts at one server, %d at two", len(alone), len(both))
	}
	if got, said := read("-follows", file(`,"hosts":["`+pictures+`"]`)); !slices.Equal(got, both) || said != "" {
		t.Errorf("%d posts at two servers, want %d: %s", len(got), len(both), said)
	}
	if got, said := read("-follows", file(`,"hosts":["`+broken+`"]`)); !slices.Equal(got, alone) || !strings.HasPrefix(said, "#harbour@"+quay+": ServerError: ") || strings.Count(said, "\n") != 1 {
		t.Errorf("%d posts beside a server that fails, want %d: %q", len(got), len(alone), said)
	}
	geese, _ := read("#harbour@"+quay, "#geese@"+quay)
	if got, said := read("-follows", file(`,"tags":{"any":["geese"]}`)); !slices.Equal(got, geese) || said != "" || len(got) <= len(alone) {
		t.Errorf("%d posts with either hashtag, want %d: %s", len(got), len(geese), said)
	}
	if got, said := read("-follows", file(`,"tags":{"all":["nowhere"]}`)); len(got) != 0 || said != "" {
		t.Errorf("%d posts with a hashtag that none has: %s", len(got), said)
	}
	if got, said := read("-follows", file(`,"tags":{"none":["Harbour"]}`)); len(got) != 0 || said != "" {
		t.Errorf("%d posts without the hashtag that all have: %s", len(got), said)
	}
}
