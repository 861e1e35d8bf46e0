package demo

import pic "vitrine/build/demo/pictures"

// site is a server as it describes itself.
type site struct {
	label       string
	title       string
	topic, text string // on a start page
	languages   []string
	version     string
	api         int // api_versions.mastodon
	summary     string
	about       string // as a post's text
	rules       []rule
	contact     string // user
	users       int
	active      int
	feedsClosed bool
	thumbnail   scene
}

type rule struct{ text, hint string }

// sites are the servers that a start page may name, best first.
func sites() []site {
	return []site{
		{
			label: hafenlicht, title: "hafenlicht", topic: "Towns and neighbours", text: "A harbour town and its ferry timetable", languages: []string{"en", "de"},
			version: "4.5.2", api: 7, users: 1912, active: 611, contact: "crew",
			summary: "A small server for a harbour town: ferries, weather, and who left the gate open.",
			about:   "hafenlicht is a small server for a harbour town and everybody who has ever waited for a boat there.\n\nIt is run by four volunteers and paid for by a tin next to the door. Backups are on Mondays, regrets on Tuesdays. Write to @crew, or knock.\n\nLocal posts, trends, hashtags and profiles are open to guests; come in and read.",
			rules: []rule{
				{"Be kind in public, blunt only in private.", "If you must be blunt, bring biscuits."},
				{"Describe your pictures.", "Some of us read with our ears."},
				{"No adverts, not even charming ones.", ""},
				{"Ask before you photograph the geese.", "They will ask you."},
			},
			thumbnail: scene{pic.Harbour, pic.Dusk, 5},
		},
		{
			label: norderau, title: "Norderau", topic: "Towns and neighbours", text: "Town hall, library, harbour office: the official voices", languages: []string{"de"},
			version: "4.5.1+glitch", api: 7, users: 84, active: 41, contact: "rathaus",
			summary: "Die Stadt Norderau und ihre Häuser: Rathaus, Bibliothek, Hafenamt und ein Balkon.",
			about:   "Auf diesem Server schreiben die Einrichtungen der Stadt Norderau. Lesen kann jeder, ohne Anmeldung.\n\nFragen beantwortet @rathaus, montags bis freitags.",
			rules: []rule{
				{"Amtliches bleibt verständlich.", "Im Zweifel liest die Nachtpförtnerin es laut vor."},
				{"Bilder werden beschrieben.", ""},
				{"Die Eule hat kein Rederecht.", "Ein Stimmrecht wird geprüft."},
			},
			thumbnail: scene{pic.Houses, pic.Noon, 4},
		},
		{
			label: teich, title: "teich", topic: "Large and general", text: "A big pond in many languages; its live feeds are for members", languages: []string{"fr", "es", "ja", "pt", "it", "nl", "tr", "en"},
			version: "4.5.3", api: 8, users: 84021, active: 21904, contact: "teichwirt", feedsClosed: true,
			summary:   "The big pond. Everybody is here, and the pump works.",
			about:     "A large general server. Guests can read profiles, posts, hashtags and trends; the live feeds are for members.\n\nThe pump is looked after by @teichwirt.",
			rules:     []rule{{"No shouting under water.", ""}, {"Label what may startle.", "Frogs are easily startled."}},
			thumbnail: scene{pic.Hills, pic.Noon, 23},
		},
		{
			label: klippe, title: "klippe", topic: "For testers", text: "Fails on purpose, in every way a server can", languages: []string{"en", "de"},
			version: "4.5.2", api: 7, users: 16, active: 1, contact: "waerter",
			summary:   "A server on a cliff. Things break here so that you can see what it looks like.",
			about:     "Every account here but @waerter fails in the way its name says, and @slow only takes its time; so does every hashtag #break_NAME and every server NAME.klippe.localhost. Nothing of it is an accident.",
			rules:     []rule{{"Whatever you push here, it falls.", ""}},
			thumbnail: scene{pic.Lighthouse, pic.Storm, 43},
		},
	}
}

func (s site) access() string {
	if s.feedsClosed {
		return "authenticated"
	}
	return "public"
}
