package snapshot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// A public body for each feed, five of them on a server.
const (
	manyFeeds     = 1000
	manyHosts     = 200
	postsEach     = 30
	picturesEach  = 1 // among the newest twenty posts, which a feed shows
	pictureWidth  = 1600
	pictureHeight = 1200
	faceWidth     = 400 // as Mastodon has them
)

// BenchmarkThousandFeeds refreshes 1,000 feeds of accounts on 200 servers, three times: the first time, when nothing is new, and when
// every tenth account wrote a post. It reports how long that took, the program's memory, and the requests.
func BenchmarkThousandFeeds(b *testing.B) {
	f := newManyTowns(b)
	dir, cache, file := b.TempDir(), b.TempDir(), filepath.Join(b.TempDir(), "site.toml")
	if err := os.WriteFile(file, f.config(), 0o644); err != nil {
		b.Fatal(err)
	}
	for _, round := range []struct {
		name    string
		writing int // accounts of which one writes a post
	}{{"First", 0}, {"NothingNew", 0}, {"EveryTenthWrote", 10}} {
		b.Run(round.name, func(b *testing.B) {
			f.writing.Store(int32(round.writing))
			result := filepath.Join(b.TempDir(), "result.json")
			for b.Loop() {
				cmd := child(dir, file, childResult+"="+result, "XDG_CACHE_HOME="+cache)
				if out, err := cmd.CombinedOutput(); err != nil {
					b.Fatalf("%v\n%s", err, out)
				}
				usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
				if !ok {
					b.Fatal("this system doesn't tell how much memory a program used")
				}
				b.ReportMetric(float64(usage.Maxrss)/1024, "MB")
			}
			var r Result
			data, err := os.ReadFile(result)
			if err != nil {
				b.Fatal(err)
			}
			if err := json.Unmarshal(data, &r); err != nil {
				b.Fatal(err)
			}
			if r.Feeds != manyFeeds || r.Failed > 0 {
				b.Fatalf("%d feeds, %d failed", r.Feeds, r.Failed)
			}
			asked, total := slices.Sorted(maps.Values(r.Requests)), 0
			for _, n := range asked {
				total += n
			}
			b.ReportMetric(float64(b.Elapsed().Seconds()), "s")
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(total), "requests")
			b.ReportMetric(float64(asked[len(asked)/2]), "requests/host")
			b.ReportMetric(float64(asked[len(asked)-1]), "most-requests/host")
			b.ReportMetric(float64(r.Written), "files")
		})
	}
}

// manyTowns is 200 servers with Mastodon's API, which is what most public bodies have.
// Source: https://docs.joinmastodon.org/methods/
type manyTowns struct {
	port    string
	photo   []byte
	face    []byte
	began   time.Time
	writing atomic.Int32
}

func newManyTowns(b *testing.B) *manyTowns {
	b.Helper()
	f := &manyTowns{photo: photograph(b, pictureWidth, pictureHeight), face: photograph(b, faceWidth, faceWidth), began: time.Now().UTC().Truncate(time.Hour)}
	mux := http.NewServeMux()
	for path, answer := range map[string]func(host string, r *http.Request) any{
		"/.well-known/nodeinfo": func(host string, _ *http.Request) any {
			return object{"links": []object{{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": "http://" + host + "/nodeinfo/2.0"}}}
		},
		"/nodeinfo/2.0": func(string, *http.Request) any {
			return object{"version": "2.0", "software": object{"name": "mastodon", "version": "4.5.0"}, "protocols": []string{"activitypub"}}
		},
		"/api/v1/accounts/lookup": func(host string, r *http.Request) any { return f.account(host, r.URL.Query().Get("acct")) },
		"/api/v1/accounts/{id}/statuses": func(host string, r *http.Request) any {
			return f.statuses(host, r)
		},
	} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			body, err := json.Marshal(answer(r.Host, r))
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			h := fnv.New64a()
			h.Write(body)
			w.Header().Set("ETag", fmt.Sprintf(`W/"%x"`, h.Sum(nil)))
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
		})
	}
	mux.HandleFunc("GET /media/{name}", func(w http.ResponseWriter, r *http.Request) {
		photo := f.photo
		if strings.HasPrefix(r.PathValue("name"), "face-") {
			photo = f.face
		}
		// A comment before the picture's end makes each file another one.
		end := len(photo) - 2
		comment := []byte(r.Host + r.URL.Path)
		w.Header().Set("Content-Type", "image/jpeg")
		_, _ = w.Write(slices.Concat(photo[:end], []byte{0xff, 0xfe, 0, byte(len(comment) + 2)}, comment, photo[end:]))
	})
	server := httptest.NewServer(mux)
	b.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	f.port = port
	return f
}

type object map[string]any

func (f *manyTowns) config() []byte {
	var out bytes.Buffer
	fmt.Fprintln(&out, `base_url = "https://towns.example/"`)
	for n := range manyFeeds {
		fmt.Fprintf(&out, "[[feed]]\nname = \"town-%03d\"\nlanguage = \"de\"\naddresses = [\"@town%d@server%03d.localhost:%s\"]\n", n, n/manyHosts, n%manyHosts, f.port)
	}
	return out.Bytes()
}

func (f *manyTowns) account(host, user string) object {
	page := "http://" + host + "/@" + user
	return object{
		"id": strings.TrimPrefix(user, "town") + "0", "username": user, "acct": user, "display_name": "Stadt " + host[:9], "url": page, "uri": "http://" + host + "/users/" + user,
		"note": "<p>Die Stadtverwaltung teilt mit.</p>", "created_at": "2022-11-04T00:00:00.000Z", "emojis": []object{}, "fields": []object{},
		"avatar": "http://" + host + "/media/face-" + user, "avatar_static": "http://" + host + "/media/face-" + user, "statuses_count": 4321,
	}
}

// statuses are an account's posts, newest first, an hour between each two.
func (f *manyTowns) statuses(host string, r *http.Request) []object {
	user := "town" + strings.TrimSuffix(r.PathValue("id"), "0")
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil {
		limit = 20
	}
	last := postsEach
	if every := int(f.writing.Load()); every > 0 {
		h := fnv.New32a()
		h.Write([]byte(host + user))
		if h.Sum32()%uint32(every) == 0 {
			last++
		}
	}
	if before, err := strconv.Atoi(r.URL.Query().Get("max_id")); err == nil {
		last = min(last, before-1)
	}
	out := []object{}
	if r.URL.Query().Get("pinned") == "true" {
		return out
	}
	for n := last; n > max(0, last-limit); n-- {
		id := strconv.Itoa(n)
		media := []object{}
		if n > postsEach-20 && n <= postsEach-20+picturesEach {
			picture := "http://" + host + "/media/" + user + "-" + id
			media = append(media, object{
				"id": id, "type": "image", "url": picture, "preview_url": picture, "description": "Der neue Platz vor dem Rathaus.",
				"meta": object{"original": object{"width": pictureWidth, "height": pictureHeight}},
			})
		}
		out = append(out, object{
			"id": id, "created_at": f.began.Add(time.Duration(n-postsEach) * time.Hour).Format("2006-01-02T15:04:05.000Z"), "visibility": "public", "language": "de", "spoiler_text": "",
			"uri": "http://" + host + "/users/" + user + "/statuses/" + id, "url": "http://" + host + "/@" + user + "/" + id,
			"content": "<p>" + sentence(host+user, n) + "</p>", "account": f.account(host, user), "media_attachments": media,
			"mentions": []object{}, "tags": []object{}, "emojis": []object{}, "replies_count": 2, "reblogs_count": 5, "favourites_count": 21,
		})
	}
	return out
}

// sentence is some 200 letters of what town halls write about, another one for each post.
func sentence(account string, n int) string {
	h := fnv.New64a()
	h.Write([]byte(account))
	random := rand.New(rand.NewPCG(h.Sum64(), uint64(n)))
	about := strings.Fields("Bürgerbüro Rathaus Brücke Baustelle Freibad Wochenmarkt Stadtrat Bücherei Müllabfuhr Haushalt Schule Feuerwehr Radweg Bushaltestelle Umleitung Sprechstunde Ausweis Anmeldung Spielplatz Ferien heute morgen wieder geöffnet gesperrt bis Montag wegen neuer Leitung ab acht Uhr und für alle im ganzen Viertel ohne Termin")
	words := make([]string, 26)
	for i := range words {
		words[i] = about[random.IntN(len(about))]
	}
	return strings.Join(words, " ") + "."
}

// photograph is a picture that costs as much to decode and to make anew as a photograph.
func photograph(b *testing.B, width, height int) []byte {
	b.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	random := rand.New(rand.NewPCG(1, 2))
	for y := range height {
		for x := range width {
			grain := uint8(random.IntN(12))
			m.Set(x, y, color.RGBA{uint8(x*255/width)/2 + grain, uint8(y*255/height)/2 + grain, uint8((x/40+y/30)%8)*24 + grain, 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 85}); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}
