package pages

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"

	"vitrine/build/embedding"
	"vitrine/build/snapshot/ledger"
)

// Report says what a reader's browser loads for a feed, and what a page that shows it has to allow.
type Report struct {
	Version   int                  `json:"version"`
	Name      string               `json:"name"`
	Title     string               `json:"title"`
	Language  string               `json:"language"`
	Media     string               `json:"media"`
	Hosts     []string             `json:"hosts"` // that a reader's browser contacts beside the site's own
	Policies  Policies             `json:"csp"`
	Assets    map[string]AssetFile `json:"kit"`
	Sizes     map[string]FileSize  `json:"sizes"`
	Statement string               `json:"statement"` // a paragraph for the privacy notice
	Sources   []ReportSource       `json:"sources"`
	NoIndex   bool                 `json:"noindex"`
}

// Policies are Content-Security-Policies: of the feed's own pages, and what a page has to allow that shows the feed in one of three
// ways. 'self' is the site's own origin; where the page stands elsewhere it is the site's address.
type Policies struct {
	Page    string `json:"page"`
	Embed   string `json:"embed"`
	Include string `json:"include"`
	Frame   string `json:"frame"`
	Element string `json:"element"`
}

// AssetFile is a file that a page loads beside the feed.
type AssetFile struct {
	File      string `json:"file"`
	Integrity string `json:"integrity"`
}

// FileSize is what a file weighs.
type FileSize struct {
	Bytes  int `json:"bytes"`
	Brotli int `json:"brotli"` // -q 5, as servers compress while they send
}

// ReportSource is an account that the feed is of.
type ReportSource struct {
	Address  string `json:"address"`
	URL      string `json:"url,omitempty"`
	Host     string `json:"host,omitempty"`
	Software string `json:"software,omitempty"`
	RelMe    string `json:"relMe"`
}

// policies are exact: they allow what the pages load, and nothing else.
func (m *feedBuilder) policies() Policies {
	files := "'self'"
	for _, h := range slices.Sorted(maps.Keys(m.hosts)) {
		files += " " + scheme(h) + h
	}
	media := "; img-src " + files + "; media-src " + files
	if m.f.Media == "none" {
		media = ""
	}
	own := "default-src 'none'; style-src 'self'" + media
	if media == "" {
		own += "; img-src 'self'" // the page's icon
	}
	const end = "; base-uri 'none'; form-action 'none'"
	return Policies{
		Page: own + end, Embed: m.s.framed(own+"; script-src 'self'") + end,
		Include: "style-src 'self'" + media, Frame: "frame-src 'self'; script-src 'self'", Element: "script-src 'self'; connect-src 'self'; style-src 'self'" + media,
	}
}

// framed names the site beside 'self', which matches nothing in a sandboxed frame in WebKit: there the page has no origin.
func (s *Site) framed(policy string) string {
	u, err := url.Parse(s.BaseURL)
	if err != nil || u.Host == "" {
		return policy
	}
	return strings.ReplaceAll(policy, "'self'", "'self' "+u.Scheme+"://"+u.Host)
}

func scheme(host string) string {
	if strings.HasPrefix(host, "localhost") || strings.Contains(host, ".localhost") || strings.HasPrefix(host, "127.") {
		return "http://"
	}
	return "https://"
}

// report makes report.json and report.html. It is the last step: it lists the files of the others.
func (m *feedBuilder) report([]ledger.Item) error {
	r := Report{
		Version: 1, Name: m.f.Name, Title: m.f.title(), Language: m.w.Lang(), Media: m.f.Media, Hosts: slices.Sorted(maps.Keys(m.hosts)),
		Policies: m.policies(), Assets: map[string]AssetFile{}, Sizes: map[string]FileSize{}, NoIndex: m.f.NoIndex,
	}
	if r.Hosts == nil {
		r.Hosts = []string{}
	}
	statement := "static.report.statement." + m.f.Media
	if m.f.Media == "link" && len(r.Hosts) == 0 {
		statement = "static.report.statement.links" // a post with a picture may come any time
	}
	r.Statement = m.w.T(statement, m.handles(), strings.Join(r.Hosts, ", "))
	for _, p := range []embedding.Asset{m.s.assets.Element, m.s.assets.Height, m.s.assets.Style} {
		r.Assets[p.Stable.Name] = AssetFile{p.Hashed.Name, p.Hashed.Integrity}
	}
	for name, data := range m.files {
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, 5)
		_, _ = w.Write(data) // a bytes.Buffer takes everything
		_ = w.Close()
		r.Sizes[name] = FileSize{len(data), b.Len()}
	}
	for _, address := range m.f.Addresses {
		src, ok := m.f.Ledger.Sources[address]
		if !ok {
			continue
		}
		one := ReportSource{Address: address, URL: src.Home, Host: hostOf(src.Home), Software: src.Software, RelMe: src.RelMe}
		if one.RelMe == "" {
			one.RelMe = "unknown"
		}
		r.Sources = append(r.Sources, one)
	}
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	m.files["report.json"] = append(data, '\n')
	return m.reportPage(r)
}

type sizeRow struct{ Name, Bytes, Brotli string }

type sourceRow struct{ Address, URL, Proof string }

func (m *feedBuilder) reportPage(r Report) error {
	page := struct {
		shell
		Index   string
		Report  Report
		Assets  []file
		Sources []sourceRow
		Sizes   []sizeRow
	}{shell: m.shell(m.w.T("static.report", m.f.title())), Index: "index.html", Report: r}
	page.Policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
	for _, p := range []embedding.Asset{m.s.assets.Element, m.s.assets.Height, m.s.assets.Style} {
		page.Assets = append(page.Assets, m.s.assetFile(p, m.s.Base))
	}
	for _, src := range r.Sources {
		page.Sources = append(page.Sources, sourceRow{src.Address, src.URL, m.w.T("static.relme." + src.RelMe)})
	}
	for _, name := range slices.Sorted(maps.Keys(r.Sizes)) {
		size := r.Sizes[name]
		page.Sizes = append(page.Sizes, sizeRow{name, m.w.Number(size.Bytes), m.w.Number(size.Brotli)})
	}
	var err error
	m.files["report.html"], err = m.s.draw("report.html", page)
	return err
}
