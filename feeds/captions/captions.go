// Package captions reads what is said in a film or sound, as text with times, and its chapters: WebVTT, SubRip, the JSON and HTML of podcasts,
// plain text. What a file is named says little, so each is looked at.
//
// Sources: https://www.w3.org/TR/webvtt1/, https://podcasting2.org/docs/podcast-namespace/tags/transcript.
package captions

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/jsontext"
)

// Passage is what somebody says without a longer pause.
type Passage struct {
	Start   time.Duration // -1 when unknown
	Speaker string        // plain text; "" when unknown
	Text    string        // plain text
}

const (
	// MaxPassages is how many passages are read: some ten hours of talk.
	MaxPassages = 2000
	// pause is a silence after which a passage begins.
	pause = 3 * time.Second
	// long and longest are how many bytes a passage has before it ends with a sentence, and at all.
	long, longest = 300, 900
	// latest bounds the times that are believed.
	latest = 1000 * time.Hour
)

// Read reads a file. mime is what it is said to be, "" for WebVTT: only what is said to be a page or plain text is read as such, since many
// servers answer with a page for what they don't have. Anything else that isn't understood is a feeds.BadData.
func Read(data []byte, mime string) ([]Passage, error) {
	text := strings.ReplaceAll(strings.ToValidUTF8(string(bytes.TrimPrefix(data, []byte("\ufeff"))), "\ufffd"), "\r\n", "\n")
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r", "\n"))
	var passages []Passage
	switch {
	case strings.HasPrefix(text, "{"):
		passages = readJSON(text)
	case strings.HasPrefix(text, "WEBVTT"), !strings.HasPrefix(text, "<") && strings.Contains(text, " --> "):
		passages = readCues(text)
	case strings.Contains(mime, "html"):
		passages = untimed(content.PlainText(content.ParseHTML(text, content.Options{})))
	case strings.Contains(mime, "text/plain") && !strings.HasPrefix(text, "<"):
		passages = untimed(text)
	}
	if len(passages) == 0 {
		return nil, &feeds.Error{Kind: feeds.BadData}
	}
	return passages, nil
}

// untimed are the paragraphs of a text.
func untimed(text string) []Passage {
	var out []Passage
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.TrimSpace(part); part != "" && len(out) < MaxPassages {
			out = append(out, Passage{Start: -1, Text: part})
		}
	}
	return out
}

// collector joins cues to passages.
type collector struct {
	out  []Passage
	ends time.Duration
	last string // the line before
}

// add takes a cue over. One that repeats the line before, as captions that roll do, says nothing new.
func (c *collector) add(start, end time.Duration, speaker, text string) {
	if text == "" || text == c.last {
		c.ends = max(c.ends, end)
		return
	}
	c.last = text
	if n := len(c.out); n > 0 {
		p := &c.out[n-1]
		ended := len(p.Text) > long && strings.ContainsAny(p.Text[len(p.Text)-1:], ".!?") || len(p.Text) > longest
		if p.Speaker == speaker && !ended && start >= p.Start && start-c.ends < pause {
			p.Text += " " + text
			c.ends = max(c.ends, end)
			return
		}
	}
	if len(c.out) < MaxPassages {
		c.out = append(c.out, Passage{start, speaker, text})
	}
	c.ends = end
}

// readCues reads WebVTT and SubRip.
func readCues(text string) []Passage {
	var c collector
	for block := range strings.SplitSeq(text, "\n\n") {
		before, rest, found := strings.Cut(block, " --> ")
		if !found {
			continue // a note, a style, the head
		}
		before = before[strings.LastIndexByte(before, '\n')+1:]
		times, said, _ := strings.Cut(rest, "\n")
		until, _, _ := strings.Cut(strings.TrimSpace(times), " ")
		start, ok := clock(before)
		if !ok {
			continue
		}
		end, ok := clock(until)
		if !ok {
			end = start
		}
		speaker, words := spoken(said)
		c.add(start, end, speaker, words)
	}
	return c.out
}

// clock reads a time as cues have it: hours may be missing.
func clock(s string) (time.Duration, bool) {
	var seconds float64
	for part := range strings.SplitSeq(strings.Replace(strings.TrimSpace(s), ",", ".", 1), ":") {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil || !(n >= 0) {
			return 0, false
		}
		seconds = seconds*60 + n
	}
	return length(seconds)
}

func length(seconds float64) (time.Duration, bool) {
	if !(seconds >= 0) || seconds > latest.Seconds() {
		return 0, false
	}
	return time.Duration(seconds * float64(time.Second)).Round(time.Millisecond), true
}

// spoken is the text of a cue without its tags, and who says it (<v NAME>). What isn't a tag of WebVTT or SubRip is text.
// Source: https://www.w3.org/TR/webvtt1/#webvtt-cue-text-parsing-rules
func spoken(s string) (speaker, words string) {
	var b strings.Builder
	for s != "" {
		before, rest, found := strings.Cut(s, "<")
		b.WriteString(before)
		tag, after, closed := strings.Cut(rest, ">")
		switch {
		case !found:
			s = ""
			continue
		case !closed || !isTag(tag):
			b.WriteByte('<')
			s = rest
			continue
		}
		if kind, name, named := strings.Cut(tag, " "); named && (kind == "v" || strings.HasPrefix(kind, "v.")) && speaker == "" {
			speaker = strings.TrimSpace(name)
		}
		s = after
	}
	return speaker, strings.Join(strings.Fields(characters.Replace(b.String())), " ")
}

// characters are those that WebVTT writes by name.
var characters = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&nbsp;", " ", "&lrm;", "", "&rlm;", "", "&amp;", "&")

// isTag reports a tag that cues have, or a time within one.
func isTag(tag string) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
	name, _, _ = strings.Cut(name, ".")
	switch name {
	case "b", "i", "u", "c", "v", "ruby", "rt", "lang", "font":
		return true
	}
	_, isTime := clock(strings.TrimPrefix(tag, "/"))
	return isTime
}

// readJSON reads a podcast's transcript. Source: https://podcasting2.org/docs/podcast-namespace/tags/transcript
func readJSON(text string) []Passage {
	var wire struct {
		Segments []struct {
			Speaker string  `json:"speaker"`
			Start   float64 `json:"startTime"`
			End     float64 `json:"endTime"`
			Body    string  `json:"body"`
		} `json:"segments"`
	}
	_ = jsontext.Unmarshal([]byte(text), &wire) // what can be read of it is read
	var c collector
	for _, s := range wire.Segments {
		start, ok := length(s.Start)
		if !ok {
			continue
		}
		end, _ := length(s.End)
		c.add(start, max(start, end), strings.TrimSpace(s.Speaker), strings.Join(strings.Fields(s.Body), " "))
	}
	return c.out
}
