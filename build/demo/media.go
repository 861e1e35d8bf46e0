package demo

import (
	"bytes"
	"embed"
	"encoding/binary"
	"fmt"
	"image"
	"math"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"vitrine/build/demo/pictures"
)

//go:embed clip/*.webm
var clips embed.FS

const (
	clipWidth  = 384
	clipHeight = 240
	toneRate   = 22050 // samples a second
	mostPixels = 2000  // of an edge
	mostTone   = 60    // seconds
)

// files makes pictures and sounds when they are asked for, and keeps them.
type files struct {
	mu   sync.Mutex
	made map[string]*file
}

type file struct {
	once sync.Once
	kind string
	data []byte
	err  error
}

// serve answers with the file of this name, made once.
func (f *files) serve(w http.ResponseWriter, r *http.Request, name, kind string, produce func() ([]byte, error)) {
	f.mu.Lock()
	entry := f.made[name]
	if entry == nil {
		entry = &file{kind: kind}
		f.made[name] = entry
	}
	f.mu.Unlock()
	entry.once.Do(func() { entry.data, entry.err = produce() })
	if entry.err != nil {
		http.Error(w, entry.err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", entry.kind)
	h.Set("Cache-Control", "public, max-age=315576000, immutable")
	h.Set("Access-Control-Allow-Origin", "*")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(entry.data)) // with ranges: players ask for them
}

// mediaRoutes are the same on every server, as if each had its own copies.
func (d *Demo) mediaRoutes(mux *http.ServeMux) {
	for _, folder := range []string{mediaFolder(true), mediaFolder(false), "/system/cache/preview_cards", "/system/site_uploads/files"} {
		mux.HandleFunc("GET "+folder+"/{scene}/{light}/{seed}/{size}", d.servePicture)
		mux.HandleFunc("GET "+folder+"/clips/{file}", d.serveClip)
		mux.HandleFunc("GET "+folder+"/tones/{file}", d.serveTone)
	}
	mux.HandleFunc("GET /system/accounts/avatars/{file}", d.serveAvatar)
	mux.HandleFunc("GET /system/accounts/headers/{file}", d.serveHeader)
	mux.HandleFunc("GET /system/custom_emojis/{file}", d.serveEmoji)
	mux.HandleFunc("GET /files/{file}", d.serveLog)
	mux.HandleFunc("GET /avatars/original/missing.png", func(w http.ResponseWriter, r *http.Request) {
		d.files.serve(w, r, "missing-avatar", "image/png", func() ([]byte, error) {
			return pictures.PNG(pictures.Portrait{Motif: pictures.Blank, Ground: 0xd5d8d4, Figure: 0x9aa09c}.Draw(200))
		})
	})
	mux.HandleFunc("GET /headers/original/missing.png", func(w http.ResponseWriter, r *http.Request) {
		d.files.serve(w, r, "missing-header", "image/png", func() ([]byte, error) { return pictures.PNG(image.NewRGBA(image.Rect(0, 0, 1, 1))) })
	})
}

func (d *Demo) servePicture(w http.ResponseWriter, r *http.Request) {
	s := scene{name: pictures.Scene(r.PathValue("scene")), light: pictures.Palette(r.PathValue("light"))}
	var width, height int
	seed, err := strconv.ParseUint(r.PathValue("seed"), 10, 64)
	s.seed = seed
	if _, scan := fmt.Sscanf(r.PathValue("size"), "%dx%d.jpg", &width, &height); scan != nil || err != nil || !s.name.Known() {
		http.NotFound(w, r)
		return
	}
	if width < 1 || height < 1 || width > mostPixels || height > mostPixels {
		http.NotFound(w, r)
		return
	}
	d.files.serve(w, r, s.file(width, height), "image/jpeg", func() ([]byte, error) {
		return pictures.JPEG(pictures.Draw(s.name, s.light, s.seed, width, height))
	})
}

func (d *Demo) serveClip(w http.ResponseWriter, r *http.Request) {
	data, err := clips.ReadFile("clip/" + path.Base(r.PathValue("file")))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	d.files.serve(w, r, "clip/"+r.PathValue("file"), "video/webm", func() ([]byte, error) { return data, nil })
}

func (d *Demo) serveTone(w http.ResponseWriter, r *http.Request) {
	seconds, err := strconv.Atoi(strings.TrimSuffix(r.PathValue("file"), ".wav"))
	if err != nil || seconds < 1 || seconds > mostTone {
		http.NotFound(w, r)
		return
	}
	d.files.serve(w, r, fmt.Sprintf("tone/%d", seconds), "audio/wav", func() ([]byte, error) { return wave(bells(seconds)), nil })
}

func (d *Demo) serveLog(w http.ResponseWriter, r *http.Request) {
	d.files.serve(w, r, "log", "application/x-plog", func() ([]byte, error) { return []byte("1931-01-01 06:00 rain, sideways; gull\n"), nil })
}

func (d *Demo) serveAvatar(w http.ResponseWriter, r *http.Request) {
	p := d.world.people[strings.TrimSuffix(r.PathValue("file"), ".png")] // people are never added
	if p == nil {
		http.NotFound(w, r)
		return
	}
	d.files.serve(w, r, "avatar/"+p.user, "image/png", func() ([]byte, error) { return pictures.PNG(p.portrait.Draw(200)) })
}

func (d *Demo) serveHeader(w http.ResponseWriter, r *http.Request) {
	p := d.world.people[strings.TrimSuffix(r.PathValue("file"), ".jpg")]
	if p == nil {
		http.NotFound(w, r)
		return
	}
	d.files.serve(w, r, "header/"+p.user, "image/jpeg", func() ([]byte, error) {
		return pictures.JPEG(pictures.Draw(p.banner.name, p.banner.light, p.banner.seed, 1500, 500))
	})
}

func (d *Demo) serveEmoji(w http.ResponseWriter, r *http.Request) {
	name, moving := strings.CutSuffix(r.PathValue("file"), ".gif")
	e := pictures.Emoji(strings.TrimSuffix(name, ".png"))
	if !e.Known() || moving && !e.Moves() {
		http.NotFound(w, r)
		return
	}
	if moving {
		d.files.serve(w, r, "emoji/"+string(e)+".gif", "image/gif", func() ([]byte, error) { return pictures.GIF(e.Animation()) })
		return
	}
	d.files.serve(w, r, "emoji/"+string(e), "image/png", func() ([]byte, error) { return pictures.PNG(e.Still()) })
}

// hashCache keeps the blurhash of each scene.
type hashCache struct {
	mu   sync.Mutex
	made map[scene]string
}

func (c *hashCache) of(s scene) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	hash, found := c.made[s]
	if !found {
		hash = thumbnail(s)
		c.made[s] = hash
	}
	return hash
}

// bells is a slow figure of five notes, like a buoy's, as samples from -1 to 1.
func bells(seconds int) []float64 {
	notes := []float64{293.66, 440, 369.99, 587.33, 493.88} // D A F# D B
	out := make([]float64, seconds*toneRate)
	for start, n := 0, 0; start < len(out); start, n = start+toneRate*7/8, n+1 {
		pitch := notes[n%len(notes)]
		for i := start; i < len(out) && i < start+3*toneRate; i++ {
			t := float64(i-start) / toneRate
			fade := math.Exp(-1.8*t) * min(1, t*60)
			out[i] += 0.24 * fade * (math.Sin(2*math.Pi*pitch*t) + 0.35*math.Sin(2*math.Pi*2.01*pitch*t) + 0.12*math.Sin(2*math.Pi*3.98*pitch*t))
		}
	}
	for i := range min(len(out), toneRate) { // no click at the end
		out[len(out)-1-i] *= float64(i) / toneRate
	}
	return out
}

// wave is a WAV file of one channel, 16 bits.
func wave(samples []float64) []byte {
	var out bytes.Buffer
	size := uint32(2 * len(samples))
	head := struct {
		Riff         [4]byte
		Size         uint32
		WaveFmt      [8]byte
		FmtSize      uint32
		PCM, Channel uint16
		Rate, Bytes  uint32
		Align, Bits  uint16
		Data         [4]byte
		DataSize     uint32
	}{
		[4]byte([]byte("RIFF")), 36 + size, [8]byte([]byte("WAVEfmt ")), 16, 1, 1, toneRate, 2 * toneRate, 2, 16, [4]byte([]byte("data")), size,
	}
	pcm := make([]int16, len(samples))
	for i, s := range samples {
		pcm[i] = int16(max(-1, min(1, s)) * 32767)
	}
	// A buffer takes everything, and both have a fixed size.
	_ = binary.Write(&out, binary.LittleEndian, head)
	_ = binary.Write(&out, binary.LittleEndian, pcm)
	return out.Bytes()
}
