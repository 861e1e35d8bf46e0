package config

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"vitrine/web"
)

func TestShippedConfigurationIsTheDefault(t *testing.T) {
	data, err := web.Files.ReadFile("site.toml")
	if err != nil {
		t.Fatal(err)
	}
	site, err := Parse("site.toml", data)
	if err != nil {
		t.Fatal(err)
	}
	d := Default()
	if site.Title != d.Title || !slices.Equal(site.Languages, d.Languages) || site.Timezone != d.Timezone || site.BaseURL+site.Contact+site.Source != "" {
		t.Errorf("the shipped file says %+v", site)
	}
	if len(site.Feeds)+len(site.Servers)+len(site.Lists)+len(site.Blocked) > 0 {
		t.Error("the shipped file has active feeds, servers, lists or blocks")
	}
}

// The examples in the shipped file are what its reader copies.
func TestShippedExamplesAreRight(t *testing.T) {
	data, err := web.Files.ReadFile("site.toml")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for l := range strings.Lines(string(data)) {
		example, ok := strings.CutPrefix(l, "# ")
		if ok && (strings.Contains(example, " = ") || strings.HasPrefix(example, "[[")) {
			l = example
		}
		lines = append(lines, l)
	}
	site, err := Parse("site.toml", []byte(strings.Join(lines, "")))
	if err != nil {
		t.Fatal(err)
	}
	if len(site.Feeds) != 1 || len(site.Servers) != 1 || len(site.Lists) != 1 {
		t.Errorf("%d feeds, %d servers and %d lists", len(site.Feeds), len(site.Servers), len(site.Lists))
	}
}

func TestFeedDefaults(t *testing.T) {
	site, err := Parse("site.toml", []byte("languages = [\"de\", \"en\"]\n\n[[feed]]\nname = \"town\"\naddresses = [\"@town@social.example\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	f := site.Feeds[0]
	if f.Limit != 20 || !f.Boosts || f.Replies || f.Media != "mirror" || f.Warnings != "fold" || f.Deletions != "mirror" || f.Language != "de" || f.Line() != 3 {
		t.Errorf("%+v at line %d", f, f.Line())
	}
	site, err = Parse("site.toml", []byte("[[feed]]\nname = \"town\"\naddresses = [\"@town@social.example\"]\nboosts = false\nlimit = 5\n"))
	if err != nil {
		t.Fatal(err)
	}
	if f := site.Feeds[0]; f.Boosts || f.Limit != 5 {
		t.Errorf("what is said is overwritten: %+v", f)
	}
}

func TestAFeedTakesTheAddressesOfItsList(t *testing.T) {
	const list = "[[list]]\nname = \"Town halls\"\ntext = \"Who speaks\"\ntext_de = \"Wer spricht\"\naddresses = [\"@town@social.example\", \"https://blog.example/feed.xml\"]\n"
	for name, c := range map[string]struct {
		feed, title string
		addresses   []string
	}{
		"alone":                 {"list = \"Town halls\"", "Town halls", []string{"@town@social.example", "https://blog.example/feed.xml"}},
		"with a title":          {"list = \"Town halls\"\ntitle = \"News\"", "News", []string{"@town@social.example", "https://blog.example/feed.xml"}},
		"with others":           {"list = \"Town halls\"\naddresses = [\"@bob@social.example\", \"@town@social.example\"]", "Town halls", []string{"@town@social.example", "https://blog.example/feed.xml", "@bob@social.example"}},
		"with addresses alone":  {"addresses = [\"@bob@social.example\"]", "", []string{"@bob@social.example"}},
		"before the list":       {"", "Town halls", []string{"@town@social.example", "https://blog.example/feed.xml"}},
		"of a list it has none": {"list = \"\"\naddresses = [\"a.example\"]", "", []string{"a.example"}},
	} {
		given := list + "[[feed]]\nname = \"town\"\n" + c.feed
		if c.feed == "" {
			given = "[[feed]]\nname = \"town\"\nlist = \"Town halls\"\n" + list
		}
		site, err := Parse("site.toml", []byte(given))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f := site.Feeds[0]; f.Title != c.title || !slices.Equal(f.Addresses, c.addresses) {
			t.Errorf("%s: %q of %q", name, f.Title, f.Addresses)
		}
		if l := site.Lists[0]; l.Name != "Town halls" || l.Text != "Who speaks" || l.TextDe != "Wer spricht" || len(l.Addresses) != 2 {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

func TestEveryMistakeIsReportedWithItsPlace(t *testing.T) {
	for name, c := range map[string]struct {
		given string
		want  []string
	}{
		"a mistyped key":           {"titel = \"x\"", []string{"site.toml:1: titel is not known (did you mean title?)"}},
		"an unknown key":           {"colour = \"x\"", []string{"site.toml:1: colour is not known (known are title,"}},
		"a key of another table":   {"host = \"x\"", []string{"it belongs below a [[server]]"}},
		"a key below its table":    {"[[server]]\nhost = \"a.example\"\ntopic = \"x\"\ntext = \"x\"\ntimezone = \"UTC\"", []string{"site.toml:5: server[0].timezone is not known (it belongs above the first table)"}},
		"a mistyped table":         {"[[sever]]\nhost = 1", []string{"site.toml:1: sever is not known (did you mean server?)"}},
		"single brackets":          {"[server]\nhost = \"x\"", []string{"site.toml:1: server is a list of tables (write [[server]])"}},
		"a value as a table":       {"[title]", []string{"site.toml:1: title is no table"}},
		"a number for a text":      {"\ntitle = 3", []string{"site.toml:2: title is a number, not a text in quotes"}},
		"a text for a list":        {"languages = \"en\"", []string{"languages is a text, not a list in [ ]"}},
		"a text in a list of text": {"languages = [\n  \"en\",\n  3]", []string{"languages[1] is a number"}},
		"a text for a number":      {"[[feed]]\nname = \"a\"\naddresses = [\"a.example\"]\nlimit = \"20\"", []string{"site.toml:4: feed[0].limit is a text, not a whole number"}},
		"several at once":          {"title = 1\n\nzone = \"UTC\"\n[[feed]]\nreplys = true", []string{"site.toml:1: title", "site.toml:3: zone", "site.toml:5: feed[0].replys is not known (did you mean replies?)"}},
		"a broken file":            {"title = \"x\nbase_url = \"\"", []string{"site.toml:1: "}},
		"a key that stands twice":  {"title = \"x\"\ntitle = \"y\"", []string{"site.toml:2: "}},
		"an empty title":           {"title = \" \"", []string{"site.toml:1: title is empty"}},
		"no languages":             {"languages = []", []string{"languages is empty"}},
		"a language's name":        {"languages = [\"en\", \"German\"]", []string{"languages[1] is not the tag of a language"}},
		"an unknown time zone":     {"timezone = \"Berlin\"", []string{`timezone is not the name of a time zone (such as "Europe/Berlin")`}},
		"a base without scheme":    {"base_url = \"www.example.org\"", []string{"base_url is not the address of a page"}},
		"a base with a query":      {"base_url = \"https://www.example.org/?a\"", []string{"base_url has more than a host and a path"}},
		"a blocked nobody":         {"blocked = [\"a.example\", \"@a\"]", []string{"blocked[1] is not an address (the whole name"}},
		"a blocked hashtag":        {"blocked = [\"*.a.example\", \"#tea@a.example\"]", []string{"blocked[1] is no server, account or post"}},
		"a server without words":   {"[[server]]\nhost = \"a.example\"", []string{"site.toml:1: server[0].topic is missing", "server[0].text is missing"}},
		"a URL for a host":         {"[[server]]\nhost = \"https://a.example/\"\ntopic = \"x\"\ntext = \"x\"", []string{"site.toml:2: server[0].host is not the name of a server"}},
		"a server that stands twice": {"[[server]]\nhost = \"a.example\"\ntopic = \"x\"\ntext = \"x\"\n[[server]]\nhost = \"a.example\"\ntopic = \"x\"\ntext = \"x\"",
			[]string{"site.toml:6: server[1].host stands twice"}},
		"a feed without all":        {"[[feed]]", []string{"feed[0].name is missing", "feed[0].addresses is missing"}},
		"a feed's hashtag":          {"[[feed]]\nname = \"a\"\naddresses = [\"#tea\"]", []string{`site.toml:3: feed[0].addresses[0] is a hashtag, which each server knows differently (name one, as "#tea@social.example")`}},
		"an address twice":          {"[[feed]]\nname = \"a\"\naddresses = [\"a.example\", \"a.example\"]", []string{"feed[0].addresses[1] stands twice"}},
		"a feed's large files":      {"[[feed]]\nname = \"a\"\naddresses = [\"a.example\"]\nmax_file = 5000", []string{"feed[0].max_file is not between 0 and 500"}},
		"a feed that escapes":       {"[[feed]]\nname = \"../x\"\naddresses = [\"a.example\"]", []string{"site.toml:2: feed[0].name can't name a folder"}},
		"a feed's wrong choices":    {"[[feed]]\nname = \"a\"\naddresses = [\"a.example\"]\nmedia = \"copy\"\nwarnings = \"x\"\ndeletions = \"x\"\nlimit = 0\nhide = [\"x\"]", []string{`feed[0].media is not known (known are "mirror", "link", "none")`, "feed[0].warnings", "feed[0].deletions", "feed[0].limit is not between", "feed[0].hide[0] is not the address"}},
		"a list without all":        {"[[list]]", []string{"site.toml:1: list[0].name is missing", "list[0].addresses is missing"}},
		"a list's mistyped key":     {"[[list]]\nname = \"a\"\naddress = [\"a.example\"]", []string{"site.toml:3: list[0].address is not known (did you mean addresses?)"}},
		"a list that stands twice":  {"[[list]]\nname = \"a\"\naddresses = [\"a.example\"]\n[[list]]\nname = \"a\"\naddresses = [\"a.example\"]", []string{"site.toml:5: list[1].name stands twice"}},
		"a list's unknown address":  {"[[list]]\nname = \"a\"\naddresses = [\n  \"a.example\",\n  \"@town\",\n]", []string{"site.toml:5: list[0].addresses[1] is not an address (the whole name of the server is missing)"}},
		"a list's post":             {"[[list]]\nname = \"a\"\naddresses = [\"https://a.example/@ann/12\"]", []string{"site.toml:3: list[0].addresses[0] is nothing that can be followed (a person, hashtag"}},
		"a list's hashtag":          {"[[list]]\nname = \"a\"\naddresses = [\"#tea\"]", []string{"list[0].addresses[0] is a hashtag, which each server knows differently"}},
		"a list's address twice":    {"[[list]]\nname = \"a\"\naddresses = [\"@Ann@a.example\", \"https://a.example/@ann\"]", []string{"list[0].addresses[1] stands twice (it is the same as @Ann@a.example)"}},
		"a feed of no list":         {"[[feed]]\nname = \"a\"\nlist = \"b\"", []string{"site.toml:3: feed[0].list is the name of no list (there is no [[list]])"}},
		"a feed of an unknown list": {"[[list]]\nname = \"Town halls\"\naddresses = [\"a.example\"]\n[[feed]]\nname = \"a\"\nlist = \"town halls\"", []string{`site.toml:6: feed[0].list is the name of no list (known are "Town halls")`}},
		"inline tables":             {"server = [{host = \"a.example\", topik = \"x\"}]", []string{"site.toml:1: server[0].topik is not known (did you mean topic?)"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("site.toml", []byte(c.given))
			var all Mistakes
			if !errors.As(err, &all) {
				t.Fatalf("err = %v", err)
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q is not in\n%v", w, err)
				}
			}
			if len(all) != len(c.want) {
				t.Errorf("%d mistakes instead of %d:\n%v", len(all), len(c.want), err)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add("title = \"x\"\n[[server]]\nhost = \"a.example\"\n")
	f.Add("[[feed]]\nname = \"a\"\naddresses = [[\"b\"]]\n")
	f.Add("feed = [{name = \"x\", addresses = [\"é\"]}, 3]\na.b.c = 1\n[x.y]\n'' = 1979-05-27")
	f.Fuzz(func(t *testing.T, given string) {
		_, err := Parse("site.toml", []byte(given))
		var all Mistakes
		if err != nil && !errors.As(err, &all) {
			t.Errorf("an error without a place: %v", err)
		}
		for _, m := range all {
			if m.Line < 1 || m.Line > strings.Count(given, "\n")+1 {
				t.Errorf("line %d of %q", m.Line, given)
			}
		}
	})
}
