package servers

import (
	"bytes"
	"embed"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// The pieces of a film whose sound is streamed beside its picture (VP9 and Opus in MP4), as PeerTube makes them.
//
//go:embed stream
var pieces embed.FS

// master is the playlist of the film, which names one of the picture and one of the sound. Source: RFC 8216, section 4.3.4.
const master = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="sound",DEFAULT=YES,AUTOSELECT=YES,URI="sound.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=61600,RESOLUTION=384x240,CODECS="vp09.00.11.08,opus",AUDIO="sound"
picture.m3u8
`

// playlist is that of one part, "picture" or "sound", which is one piece.
func playlist(part string) string {
	return fmt.Sprintf("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MAP:URI=\"%s-init.mp4\"\n#EXTINF:3.0,\n%s.m4s\n#EXT-X-ENDLIST\n", part, part)
}

// streams serves the film in pieces.
func (s *server) streams() {
	s.mux.HandleFunc("GET /static/streaming-playlists/hls/{file}", func(w http.ResponseWriter, r *http.Request) {
		file := r.PathValue("file")
		switch part, isList := strings.CutSuffix(file, ".m3u8"); {
		case isList && part == "master":
			w.Header().Set("Content-Type", "application/vnd.apple.mpegurl")
			fmt.Fprint(w, master)
			return
		case isList:
			w.Header().Set("Content-Type", "application/vnd.apple.mpegurl")
			fmt.Fprint(w, playlist(part))
			return
		}
		data, err := pieces.ReadFile("stream/" + file)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "video/mp4")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	})
}

// streamed is a film of which there is only a playlist: its own files are silent, or sound alone.
func (s *server) streamed() []object {
	file := func(name string, side int) object {
		return object{"resolution": object{"id": side}, "width": side * 16 / 10, "height": side, "size": 14000, "fileUrl": s.origin() + "/static/streaming-playlists/hls/" + name + ".m4s",
			"hasAudio": side == 0, "hasVideo": side > 0}
	}
	return []object{{"id": 1, "type": 1, "playlistUrl": s.origin() + "/static/streaming-playlists/hls/master.m3u8", "files": []object{file("picture", 240), file("sound", 0)}}}
}
