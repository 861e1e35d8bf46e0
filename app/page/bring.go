package page

import (
	"strconv"

	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/address"
)

// bringing is what servers are asked for to import it: what that costs, how far it is, or why nothing came.
func (c canvas) bringing(m *state.FollowingModel) []markup.Node {
	w, b := c.Words, m.Bring
	if b == nil {
		return nil
	}
	button := func(action, words, class string) markup.Node {
		return el("button", at{"class", class, "type", "button", "data-action", action}, text(w.T(words)))
	}
	host := w.T("following.bring.several")
	if b.Host != "" {
		host = address.ShowHost(b.Host)
	}
	switch {
	case b.Err != nil:
		return []markup.Node{c.section(c.bringFailed(b), el("div", at{"class", "row-b"}, button("import-cancel", "following.import.cancel", "b")))}
	case b.Running:
		said := w.T("wait.asking", host)
		done, most := no, no
		if b.Requests > 0 {
			done, most = strconv.Itoa(min(b.Done, b.Requests)), strconv.Itoa(b.Requests)
		}
		kids := []markup.Node{el("p", at{"role", "status"}, text(said))}
		if b.Read > 0 {
			kids = append(kids, el("p", at{"class", "quiet"}, text(w.N("following.bring.got", b.Read))))
		}
		return []markup.Node{el("section", at{"class", "section import", "aria-busy", "true"}, append(kids,
			el("progress", at{"class", "meter", "value", done, "max", most, "aria-label", said}),
			el("div", at{"class", "row-b"}, button("bring-stop", "following.bring.stop", "b")))...)}
	case b.Who != nil:
		name := state.PlainName(b.Who)
		count := w.T("following.bring.some", name)
		if n := b.Who.Counts.Following; n >= 0 {
			count = w.N("following.bring.count", n, name)
		}
		return []markup.Node{el("section", at{"class", "section import", "id", "bring", "tabindex", "-1"},
			el("p", nil, text(count+" "+w.N("following.bring.cost", b.Requests, host))),
			el("div", at{"class", "row-b"}, button("bring-read", "following.bring.read", "b main"), button("import-cancel", "following.import.cancel", "b")))}
	}
	return nil
}

// bringFailed says why nothing came. A list that its owner hides, and a server without lists, have words of their own.
func (c canvas) bringFailed(b *state.Bring) markup.Node {
	w, key := c.Words, ""
	switch {
	case b.Who == nil:
	case b.Err.Kind == feeds.Refused:
		key = "following.bring.hidden"
	case b.Err.Kind == feeds.Unsupported:
		key = "following.bring.none"
	}
	if key == "" {
		return c.problemWith(b.Err, "")
	}
	note := c.plainNote("warn", w.T(key, state.PlainName(b.Who)), w.T("following.bring.else"))
	note.Attrs = markup.At("class", "note plain", "role", "alert", "data-kind", string(b.Err.Kind))
	return note
}

// importRest says what of an import isn't known or wasn't read.
func (c canvas) importRest(in *state.Import) []markup.Node {
	w := c.Words
	var kids []markup.Node
	if in.First {
		kids = append(kids, el("p", at{"class", "care"}, c.small("warn"), text(w.T("brought.first"))))
	}
	if in.Cut {
		said, kind := w.T("following.import.cut"), no
		if err := in.CutBy; err != nil {
			said, kind = said+" "+c.problemTitle(err)+".", string(err.Kind)
		}
		kids = append(kids, el("p", at{"class", "care", "data-kind", kind}, c.small("warn"), text(said)))
	}
	if in.Rest {
		kids = append(kids, el("p", nil, el("a", at{"href", "#/settings"}, text(w.T("own.rest")))))
	}
	if n := in.Pages(); n > 0 {
		kids = append(kids, el("p", nil, text(w.N("following.import.pages", n))),
			el("div", at{"class", "row-b"}, el("button", at{"class", "b", "type", "button", "data-action", "import-ask"}, text(w.T("following.import.ask")))))
	}
	return kids
}

// problemTitle is what went wrong, in a sentence.
func (c canvas) problemTitle(err *feeds.Error) string {
	return c.Words.Problem(err, words.Problems{Now: c.Now, Local: c.Local}).Title
}

// bringForm takes whose list, or which list, is to be imported.
func (c canvas) bringForm() markup.Node {
	w := c.Words
	return el("form", at{"class", "named", "data-action", "bring"},
		el("label", at{"for", "bring-text"}, text(w.T("following.bring"))),
		el("div", at{"class", "row-b"},
			el("input", at{"class", "field", "id", "bring-text", "name", "name", "type", "text", "inputmode", "url", "autocapitalize", "none", "autocomplete", "off", "spellcheck", "false", "aria-describedby", "bring-about"}),
			el("button", at{"class", "b", "type", "submit"}, text(w.T("following.bring.look")))),
		el("p", at{"class", "quiet", "id", "bring-about"}, text(w.T("following.bring.text"))))
}
