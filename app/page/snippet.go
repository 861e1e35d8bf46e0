package page

import (
	"strings"

	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/feeds/address"
)

// framed is what a framed feed may do: measure itself, and open its links beside the page.
const framed = "allow-scripts allow-popups allow-popups-to-escape-sandbox"

// snippet is what stands in the page's own code, or in what its host sends with it.
type snippet struct{ name, text string }

// snippets returns what somebody copies into their own website, for what was chosen.
func snippets(root, base string, m *state.EmbedModel) []snippet {
	origin := strings.TrimSuffix(root, base)
	switch {
	case m.Feed == nil:
		return []snippet{{"page", live(root, m)}, {"policy", "script-src " + origin + "; style-src " + origin + "; connect-src " + address.Origin(hostOf(m.Live))}}
	case m.Way == "iframe":
		return []snippet{{"page", frame(root, m)}, {"policy", "frame-src " + origin + "; script-src " + origin}}
	case m.Way == "element":
		policy := strings.ReplaceAll(policy(m, "script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'"), "'self'", origin)
		if m.Load == "live" {
			policy = strings.Replace(policy, "connect-src", "connect-src "+address.Origin(hostOf(m.Live)), 1)
		}
		return []snippet{{"page", element(root, m)}, {"policy", policy}}
	}
	return []snippet{
		{"page", `<!--#include virtual="` + base + "feeds/" + m.Feed.Name + "/fragment.html\" -->\n" + markup.Code(el("link", at{"rel", "stylesheet", "href", root + "embed.css"}))},
		{"policy", policy(m, "style-src 'self'; img-src 'self'; media-src 'self'")},
	}
}

// hostOf is the host of "@user@host".
func hostOf(handle string) string { return handle[strings.LastIndexByte(handle, '@')+1:] }

// policy is the one that the build has written, or the least.
func policy(m *state.EmbedModel, least string) string {
	if m.Report != nil && m.Report.CSP[m.Way] != "" {
		return m.Report.CSP[m.Way]
	}
	return least
}

// script loads a file of the embedding: the one that never changes, checked, where the build has named it.
func script(root, name string, m *state.EmbedModel) string {
	attrs := at{"src", root + name}
	if m.Report != nil && m.Report.Files[name].Integrity != "" {
		file := m.Report.Files[name]
		attrs = at{"src", root + file.File, "integrity", file.Integrity, "crossorigin", "anonymous"}
	}
	return markup.Code(el("script", append(attrs, "defer", "")))
}

func frame(root string, m *state.EmbedModel) string {
	src := root + "feeds/" + m.Feed.Name + "/embed.html" + themed(m)
	return markup.Code(el("iframe", at{"data-vitrine", "", "src", src, "title", m.Feed.Title, "sandbox", framed, "loading", "lazy", "style", "width:100%;height:40rem;border:0"})) +
		"\n" + script(root, "embed-height.js", m)
}

// themed is the fragment that gives a framed feed its theme.
func themed(m *state.EmbedModel) string {
	if m.Theme == "" {
		return ""
	}
	return "#" + m.Theme
}

func element(root string, m *state.EmbedModel) string {
	folder := root + "feeds/" + m.Feed.Name + "/"
	attrs := at{"src", folder}
	if m.Load == "live" {
		attrs = append(attrs, "live", address.Show(m.Live))
	}
	return script(root, "embed.js", m) + "\n" + markup.Code(el("vitrine-feed", append(attrs, shared(m)...), el("a", at{"href", folder}, text(m.Feed.Title))))
}

func live(root string, m *state.EmbedModel) string {
	host := hostOf(m.Live)
	page := address.Origin(host) + "/" + strings.TrimSuffix(m.Live, "@"+host)
	return script(root, "embed.js", m) + "\n" + markup.Code(el("vitrine-feed", append(at{"live", address.Show(m.Live)}, shared(m)...), el("a", at{"href", page}, text(m.Live))))
}

// shared are the attributes that the element has in any case.
func shared(m *state.EmbedModel) at {
	filled := func(s string) string { return when(s != "", s) }
	return at{"theme", filled(m.Theme), "limit", filled(m.Limit), "refresh", when(m.Load == "click", "click")}
}
