package exchange

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/jsontext"
)

// object is a JSON object.
type object map[string]any

func (o object) text(name string) string {
	s, _ := o[name].(string)
	return s
}

// list returns an array, or a single value as one of one, as JSON-LD allows. Source: https://www.w3.org/TR/json-ld11/#sets-and-lists
func (o object) list(name string) []any {
	switch v := o[name].(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

func (o object) texts(name string) []string {
	var all []string
	for _, v := range o.list(name) {
		if s, ok := v.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

func (o object) object(name string) object {
	v, _ := o[name].(map[string]any)
	return v
}

// readJSON reads the file of a Vitrine, a collection of ActivityPub, or any list of accounts.
func readJSON(text string) (Result, error) {
	r := jsontext.NewReader([]byte(text))
	v := r.Any()
	if err := r.Close(); err != nil {
		return Result{}, &feeds.Error{Kind: feeds.BadData, Op: op, Err: err}
	}
	top, ok := v.(map[string]any)
	if !ok {
		items, _ := v.([]any)
		return readItems(newCollector(Collection), items, "")
	}
	if _, ours := top["vitrine"]; ours {
		return readVitrine(text, top)
	}
	return readCollection(top)
}

// readCollection reads what ActivityPub and servers' APIs have of lists of accounts.
// Sources: https://www.w3.org/TR/activitystreams-core/#collections, FEP-7aa9, https://docs.joinmastodon.org/entities/CollectionWithAccounts/
func readCollection(o object) (Result, error) {
	c := newCollector(Collection)
	name := ""
	isCollection := false
	for _, t := range o.texts("type") {
		isCollection = isCollection || strings.Contains(t, "Collection")
	}
	items := slices.Concat(o.list("orderedItems"), o.list("items"))
	switch {
	case isCollection:
		name = o.text("name")
		first := o.object("first")
		items = slices.Concat(items, first.list("orderedItems"), first.list("items"))
		c.Next = cmp.Or(o.text("next"), first.text("next"))
		if len(items) == 0 {
			c.Next = cmp.Or(o.text("first"), c.Next)
		}
		if total, ok := o["totalItems"].(float64); ok && total >= 0 && total <= 1e9 {
			c.Total = int(total)
		}
	case strings.Contains(o.text("version"), "jsonfeed.org"):
		items = authorsOf(items)
	case o["accounts"] != nil:
		name = o.object("collection").text("name")
		items = o.list("accounts")
	case o["type"] != nil || items == nil:
		return Result{}, badData("JSON that is no list of accounts")
	}
	if !isWeb(c.Next) {
		c.Next = ""
	}
	return readItems(c, items, name)
}

// authorsOf are who wrote the items of a JSON Feed, each once: by their handles where Vitrine has written it (docs/jsonfeed.md), else by their
// pages.
func authorsOf(items []any) []any {
	var all []any
	seen := map[string]bool{}
	add := func(who string) {
		if who != "" && !seen[who] {
			seen[who] = true
			all = append(all, who)
		}
	}
	for _, v := range items {
		item, _ := v.(map[string]any)
		if handle := object(item).object("_fediverse").text("handle"); handle != "" {
			add(handle)
			continue
		}
		for _, a := range object(item).list("authors") {
			author, _ := a.(map[string]any)
			add(object(author).text("url"))
		}
	}
	return all
}

// isWeb reports a URL that can be asked.
func isWeb(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// readItems reads the items of a list.
func readItems(c *collector, items []any, name string) (Result, error) {
	var lists []string
	if name = c.list(name); name != "" {
		lists = []string{name}
	}
	for i, v := range items {
		if c.full {
			break
		}
		c.item(v, Entry{Line: i + 1, Lists: lists})
	}
	if len(c.Entries) == 0 && len(c.Unread) > 0 && !slices.ContainsFunc(c.Unread, func(u Unread) bool { return u.Reason != NoAddress }) {
		return Result{}, badData("JSON in which nothing is an address")
	}
	return c.result()
}

// item adds what a value of a list names: an address as text, an actor, an account of an API, or an entry as WriteSections has it.
func (c *collector) item(v any, e Entry) {
	if text, ok := v.(string); ok {
		c.add(text, e)
		return
	}
	fields, _ := v.(map[string]any)
	o := object(fields)
	if featured, ok := o["featuredObject"]; ok { // FEP-7aa9
		if inner, ok := featured.(map[string]any); ok && inner["featuredObject"] != nil {
			featured = nil
		}
		c.item(featured, e)
		return
	}
	e.Title = cmp.Or(e.Title, o.text("title"), o.text("display_name"), o.text("name"))
	e.Lists = append(slices.Clone(e.Lists), o.texts("lists")...)
	e.FeedURL = o.text("feed")
	e.Boosts, e.Replies = chosen(o.text("boosts")), chosen(o.text("replies"))
	for _, l := range o.texts("languages") {
		if isLanguage(l) && len(e.Languages) < 50 {
			e.Languages = append(e.Languages, l)
		}
	}
	text := o.address()
	if kinds := o.texts("type"); len(kinds) > 0 && !slices.ContainsFunc(kinds, isActor) && o.text("address") == "" {
		c.unread(e.Line, cmp.Or(e.Title, text), Post)
		return
	}
	if text == "" {
		c.unread(e.Line, e.Title, NoAddress)
		return
	}
	c.add(text, e)
}

// isActor reports the types of what can be followed. Source: https://www.w3.org/TR/activitystreams-vocabulary/#actor-types
func isActor(kind string) bool {
	switch kind {
	case "Person", "Group", "Organization", "Service", "Application":
		return true
	}
	return false
}

func chosen(s string) Choice {
	if c := Choice(s); c == Show || c == Hide {
		return c
	}
	return Unsaid
}

// address returns what names an account: its handle, else the URL of its page, else its id. "" for none.
func (o object) address() string {
	if acct := o.text("acct"); strings.Contains(acct, "@") { // those of the server's own accounts have no host
		return acct
	}
	id := o.text("id")
	if u, err := url.Parse(id); err == nil && isWeb(id) {
		if user := o.text("preferredUsername"); user != "" {
			sign := "@"
			if slices.Contains(o.texts("type"), "Group") && strings.HasPrefix(u.Path, "/c/") { // a community; groups elsewhere are accounts
				sign = "!"
			}
			if _, _, ok := address.SplitHandle(user + "@" + u.Host); ok {
				return cmp.Or(o.text("address"), o.text("webfinger"), sign+user+"@"+u.Host)
			}
		}
	}
	page := o.text("url")
	for _, v := range o.list("url") {
		if s, ok := v.(string); ok {
			page = cmp.Or(page, s)
		}
		if link, ok := v.(map[string]any); ok {
			page = cmp.Or(page, object(link).text("href"))
		}
	}
	if !isWeb(id) {
		id = ""
	}
	return cmp.Or(o.text("address"), o.text("webfinger"), o.text("handle"), page, o.text("uri"), id)
}

// readVitrine reads the follows in the file of a Vitrine.
func readVitrine(text string, top object) (Result, error) {
	f, err := DecodeFile([]byte(text))
	if err != nil {
		return Result{}, err
	}
	c := newCollector(Vitrine)
	c.File = &f
	names := map[string]string{} // of lists, by their ids
	members := map[string][]string{}
	for _, v := range top.list("lists") {
		name, isText := v.(string)
		if fields, ok := v.(map[string]any); ok && !isText {
			o := object(fields)
			name = o.text("name")
			if id := o.text("id"); id != "" {
				names[id] = name
			}
			for _, member := range slices.Concat(o.texts("follows"), o.texts("addresses"), o.texts("members")) {
				if key, ok := Key(member); ok {
					members[key] = append(members[key], name)
				}
			}
		}
		c.list(name)
	}
	items := top.list("follows")
	if byAddress := top.object("follows"); byAddress != nil {
		items = nil
		for _, key := range slices.Sorted(maps.Keys(byAddress)) {
			fields, _ := byAddress[key].(map[string]any)
			fields = maps.Clone(fields)
			if fields == nil {
				fields = map[string]any{}
			}
			if object(fields).text("address") == "" {
				fields["address"] = key
			}
			items = append(items, fields)
		}
	}
	for i, v := range items {
		if c.full {
			break
		}
		e := Entry{Line: i + 1}
		if fields, ok := v.(map[string]any); ok {
			fields = maps.Clone(fields)
			in := object(fields).texts("lists")
			for i, id := range in {
				in[i] = cmp.Or(names[id], id)
			}
			if len(members) > 0 {
				key, _ := Key(object(fields).text("address"))
				in = append(in, members[key]...)
			}
			delete(fields, "lists")
			v, e.Lists = fields, in
		}
		c.item(v, e)
	}
	return c.result()
}
