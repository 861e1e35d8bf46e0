package words

// First is what the loader says before it has all sentences (web/js/lang.js).
type First struct {
	Dir    string            `json:"dir"`    // Direction
	Ago    []any             `json:"ago"`    // the parts of which Ago and Read make what they say, in the order in which web/js/tree.js reads them
	Text   map[string]string `json:"text"`   // the sentences that stand above a profile's and a server's posts (web/js/heads.js), and where a post is missing
	Months []string          `json:"months"` // each beside a year: "March {1}"
}

// First returns what the loader says.
func (w *Words) First() First {
	f := First{Dir: Direction(w.lang), Text: map[string]string{}, Ago: []any{
		w.T("ago.now"), w.T("ago.minutes"), w.T("ago.hours"), "{0}",
		w.T("updated.now"), w.T("updated.minutes"), w.T("updated.hours"), w.T("updated.date"),
		w.T("date.day"), w.T("date.shortYear"), w.monthsShort,
	}}
	for _, key := range []string{
		"badge.bot", "badge.group", "guest.title", "guest.local", "guest.federated", "guest.tags", "guest.links", "guest.open", "guest.members", "guest.off", "head.joined", "ghost.above", "list.comma",
	} {
		f.Text[key] = w.T(key)
	}
	for _, key := range []string{"head.posts", "head.followers", "head.following", "server.active"} {
		for _, form := range []string{"zero", "one", "two", "few", "many", "other"} {
			if sentence, ok := w.find(key + "." + form); ok {
				f.Text[key+"."+form] = sentence
			}
		}
	}
	for _, month := range w.monthsAlone {
		f.Months = append(f.Months, w.T("date.monthYear", month))
	}
	return f
}
