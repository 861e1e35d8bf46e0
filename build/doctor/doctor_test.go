package doctor

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/build/config"
	"vitrine/build/demo"
	"vitrine/build/relme"
	"vitrine/feeds"
	"vitrine/feeds/address"
)

func town(t *testing.T) (port string) {
	t.Helper()
	d, err := demo.Start(t.Context(), demo.Options{Addr: "127.0.0.1:0", Budget: 10000})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(); d.Wait() })
	_, port, err = net.SplitHostPort(d.Addr())
	if err != nil {
		t.Fatal(err)
	}
	return ":" + port
}

func examine(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := Command().Run(t.Context(), args, &out, &bytes.Buffer{})
	return out.String(), err
}

func parse(t *testing.T, given string) address.Address {
	t.Helper()
	a, err := address.Parse(given)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestDoctorTellsWhatIsOpenAndWhatIsClosed(t *testing.T) {
	port := town(t)
	for address, wants := range map[string][]string{
		"hafenlicht.localhost" + port:          {"Mastodon 4.5.2", "local posts", "public", "yes", "It can be read in the app", "accepts 10000 requests"},
		"@marta@hafenlicht.localhost" + port:   {"profile of marta", "conversation"},
		"@feder@pult.localhost" + port:         {"WriteFreely", "posts of feder", "/feder/feed/", "A browser can read a part of it"},
		"teich.localhost" + port:               {"local posts", "NeedsLogin", "trending posts"},
		"filmdose.localhost" + port:            {"PeerTube 7.2.1", "local posts", "It can be read in the app"},
		"bucht.localhost" + port:               {"Misskey 2026.10.0", "federated posts"},
		"http://localhost" + port + "/@nobody": {"localhost" + port},
	} {
		out, err := examine(t, address)
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Errorf("%s, %v: %q is missing in\n%s", address, err, want, out)
			}
		}
	}
}

func TestDoctorSaysNothingOfWhatItCannotReach(t *testing.T) {
	r := Report{Views: []View{{Name: "about", Err: &feeds.Error{Kind: feeds.Unreachable}}, {Name: "profile", Why: "nobody"}}}
	if got := r.Advice(); !strings.Contains(got, "can't be reached") {
		t.Error(got)
	}
	r.Views = append(r.Views, View{Name: "local posts", Err: &feeds.Error{Kind: feeds.NeedsLogin}})
	if got := r.Advice(); !strings.Contains(got, "?via=HOST") {
		t.Error(got)
	}
}

func TestDoctorNeedsOneAddress(t *testing.T) {
	for _, args := range [][]string{{}, {"a.example", "b.example"}, {"-all", "a.example"}, {"-write", "a.example"}, {"no address at all"}, {"#tea"}} {
		if out, err := examine(t, args...); err == nil {
			t.Errorf("%q: %s", args, out)
		}
	}
}

func TestWhatIsClosedIsNotedBesideItsServer(t *testing.T) {
	const before = "[[server]]\nhost = \"a.example\"\n# closed to guests: everything\nactive = 3\nguests = \"none\"\nseen = \"2025-01-01\"\ntopic = \"x\"\ntext = \"t\"\n\n[[server]]\nhost = \"b.example\"\ntopic = \"x\"\ntext = \"t\"\n"
	after := annotate(before, map[string][]string{"a.example": {`seen = "2026-05-24"`}, "b.example": {"# closed to guests: local posts", "active = 12", `guests = "part"`, `seen = "2026-05-24"`}})
	const want = "[[server]]\nhost = \"a.example\"\nseen = \"2026-05-24\"\ntopic = \"x\"\ntext = \"t\"\n\n[[server]]\nhost = \"b.example\"\n# closed to guests: local posts\nactive = 12\nguests = \"part\"\nseen = \"2026-05-24\"\ntopic = \"x\"\ntext = \"t\"\n"
	if after != want {
		t.Errorf("%s", after)
	}
	if servers, err := config.ParseServers("x", []byte(after)); err != nil || len(servers) != 2 {
		t.Errorf("%v, %v", servers, err)
	}
}

func TestDoctorSaysHowAnOfficialFeedIsBestMade(t *testing.T) {
	port := town(t)
	file := filepath.Join(t.TempDir(), "site.toml")
	if err := os.WriteFile(file, []byte("base_url = \"https://www.norderau.example/\"\n[[feed]]\nname = \"town\"\naddresses = [\"@rathaus@norderau.localhost"+port+"\", \"@harbour@filmdose.localhost"+port+"\"]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := examine(t, "town", "-config", file)
	for _, want := range []string{
		"As an official feed", "the site and the account name each other", "live mode works too", `media = "mirror"`, "max-age=15", "it tells whether a copy still holds",
		"wall against robots", "none seen", "PeerTube 7.2.1",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%v: %q is missing in\n%s", err, want, out)
		}
	}
}

func TestTheRecommendedModeFollowsFromWhatIsOpen(t *testing.T) {
	closed := &feeds.Error{Kind: feeds.NeedsLogin}
	for _, c := range []struct {
		name string
		o    Official
		want string
	}{
		{"open", Official{}, "Static copy (media"},
		{"only the web feed", Official{API: closed, WebFeed: "https://social.example/@town.rss"}, "https://social.example/@town.rss"},
		{"a wall", Official{API: &feeds.Error{Kind: feeds.BadData}, BotWall: true}, "a wall against robots"},
		{"closed", Official{API: closed}, "neither its API nor a web feed"},
		{"a pause", Official{API: &feeds.Error{Kind: feeds.RateLimited}}, "Try again later"},
		{"not to be copied", Official{Wishes: feeds.Wishes{NoBot: true}}, "asks not to be copied"},
		{"not to be copied, but the site's own", Official{Wishes: feeds.Wishes{NoBot: true}, Proof: relme.Both}, "Static copy"},
		{"members only", Official{Wishes: feeds.Wishes{SignInToView: true}}, "to members only"},
	} {
		if got := c.o.Mode(); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}
