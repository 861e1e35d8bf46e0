package demo

import (
	"slices"

	"vitrine/build/demo/pictures"
)

// people is all accounts of the world.
func people() []*person {
	return slices.Concat(harbourPeople(), quietPeople(), townPeople(), pondPeople(), cliffPeople())
}

func harbourPeople() []*person {
	return []*person{
		{
			user: "crew", home: hafenlicht, name: "Quay crew", joined: "2017-04-08", followers: 1204, following: 31, before: 388,
			bio:      "Four volunteers, one server, two kettles. Write to us before you write about us.\n\nWartungsfenster: Sonntag, nach dem Tee.",
			fields:   []field{{name: "Uptime", value: "since the last storm"}, {name: "Source", value: "https://hafenlicht.example/crew", verified: true}},
			portrait: pictures.Portrait{Motif: pictures.Boat, Ground: 0x0b5a49, Figure: 0xfff3cf},
			banner:   scene{pictures.Harbour, pictures.Noon, 2}, roles: []string{"Owner"},
		},
		{
			user: "marta", home: hafenlicht, name: "Marta Lindqvist :lamp:", joined: "2018-11-02", followers: 2310, following: 244, before: 4120,
			bio:      "Night porter at the ferry terminal. I write down the light. Cardamom in everything.\n\nPosts about the #harbour, the #firstferry and people who fall asleep on suitcases. Also @bibliothek, table 5.",
			fields:   []field{{name: "Diary", value: "https://marta.example/harbour-diary", verified: true}, {name: "Shift", value: "22:00 to 06:00"}, {name: "Tea :steam:", value: "yes, thank you"}},
			portrait: pictures.Portrait{Motif: pictures.Person, Ground: 0xd9b08c, Figure: 0x7a3b2e},
			banner:   scene{pictures.Harbour, pictures.Dusk, 5}, featured: []string{"harbour", "firstferry"}, recommends: []string{"jo", "bibliothek", "lumen"},
		},
		{
			user: "jo", home: hafenlicht, name: "Jo Okonedo", joined: "2019-02-17", followers: 871, following: 402, before: 2988,
			bio:      "Tram driver, line 14. Goose liaison officer (unofficial). Opinions belong to me, the geese have their own.",
			fields:   []field{{name: "Pronouns", value: "they/them"}, {name: "Geese today", value: "ask again after lunch"}},
			portrait: pictures.Portrait{Motif: pictures.Person, Ground: 0xf0c9a8, Figure: 0x2c4a63},
			banner:   scene{pictures.Geese, pictures.Autumn, 4}, featured: []string{"geese", "line14"},
		},
		{
			user: "wetterwarte", home: hafenlicht, name: "Otto from the weather station", joined: "2020-06-01", followers: 1530, following: 0, before: 9240, bot: true,
			bio:      "Automated. Reads the instruments at the end of the pier every six hours and says what they say. Looked after by @tilda.\n\n#weather #Norderau",
			fields:   []field{{name: "Anemometer", value: "replaced after the gull"}, {name: "Data", value: "https://wetterwarte.example/pier.csv"}},
			portrait: pictures.Portrait{Motif: pictures.Vane, Ground: 0xcfd6c4, Figure: 0x3a3a3a},
			banner:   scene{pictures.Graph, pictures.Noon, 3},
		},
		{
			user: "backstube", home: hafenlicht, name: "Backstube am Kai", joined: "2021-09-12", followers: 1942, following: 88, before: 1611,
			bio:      "Sauerteig, Salz, Geduld. Dienstag bis Samstag ab 6 Uhr, bis das Brot alle ist.\n\nDer Teig heißt Brunhilde und wird dieses Jahr neun.",
			fields:   []field{{name: "Wo", value: "Am Kai 3, hinter dem Kran"}, {name: "Preisliste", value: "https://backstube.example/brote", verified: true}},
			portrait: pictures.Portrait{Motif: pictures.Loaf, Ground: 0xf0dcb8, Figure: 0xa9652d},
			banner:   scene{pictures.Bread, pictures.Dawn, 2}, featured: []string{"sauerteig"},
		},
		{
			user: "nachtzug", home: hafenlicht, name: "Nachtzug :tram:", joined: "2020-12-12", followers: 5310, following: 12, before: 412,
			bio:      "Norderau ab 21:48, irgendwo an. Notizen aus dem Speisewagen. Kein offizielles Konto der Bahn, nur jemand mit Kaffee.",
			portrait: pictures.Portrait{Motif: pictures.Rails, Ground: 0xb5372c, Figure: 0xf3ead8},
			banner:   scene{pictures.Train, pictures.Winter, 8}, featured: []string{"nachtzug"},
		},
		{
			user: "lumen", home: hafenlicht, name: "Lumen", joined: "2019-07-30", followers: 6420, following: 190, before: 731,
			bio:      "One photograph a day, rarely two. Alt texts are half of the picture.",
			fields:   []field{{name: "Prints", value: "https://lumen.example/prints", verified: true}},
			portrait: pictures.Portrait{Motif: pictures.Sun, Ground: 0xe7e0d2, Figure: 0xb0552f},
			banner:   scene{pictures.Hills, pictures.Dawn, 6}, featured: []string{"photography", "alttext"},
		},
		{
			user: "kettenblatt", home: hafenlicht, name: "Radwerkstatt Kettenblatt", joined: "2022-05-20", followers: 980, following: 61, before: 303,
			bio:      "Workshop films without adverts and without music. Wir reparieren auch Dinge, die keine Räder haben.",
			portrait: pictures.Portrait{Motif: pictures.Spokes, Ground: 0x33383b, Figure: 0xd9a441},
			banner:   scene{pictures.Wheel, pictures.Noon, 11},
		},
		{
			user: "ines", home: hafenlicht, name: "Inês Tavares", joined: "2021-01-19", followers: 1190, following: 310, before: 1975,
			bio:      "Tradutora. Entre o Tejo e o cais de Norderau. Writes in two languages and apologises in three.",
			portrait: pictures.Portrait{Motif: pictures.Person, Ground: 0xbcd3cf, Figure: 0x5b3a4a},
			banner:   scene{pictures.Street, pictures.Dusk, 6},
		},
		{
			user: "yusuf", home: hafenlicht, name: "مقهى الضفة", joined: "2020-03-03", followers: 1466, following: 77, before: 842,
			bio:      "مقهى صغير على رصيف الميناء. قهوة، كتب، وطاولة واحدة لا تتّسع للجميع لكنهم يجلسون.\n\n#قراءة",
			fields:   []field{{name: "ساعات العمل", value: "من العاشرة صباحًا حتى آخر زبون"}, {name: "العنوان", value: "الرصيف رقم ٧، نورديراو"}},
			portrait: pictures.Portrait{Motif: pictures.Mug, Ground: 0xc89b5a, Figure: 0x26353a},
			banner:   scene{pictures.Rain, pictures.Night, 4}, featured: []string{"قراءة"},
		},
		{
			user: "deniz", home: hafenlicht, name: "Deniz Aydın", joined: "2021-08-08", followers: 534, following: 208, before: 640,
			bio:      "Vapur makinisti. Motor sesinden hava tahmini yaparım. Türkçe, Deutsch, a little English when the pump breaks.",
			portrait: pictures.Portrait{Motif: pictures.Waves, Ground: 0xe0e8e6, Figure: 0x2d6ca2},
			banner:   scene{pictures.Chart, pictures.Noon, 9},
		},
		{
			user: "tilda", home: hafenlicht, name: "Tilda Vrba", joined: "2018-05-05", followers: 702, following: 333, before: 5102,
			bio:      "I keep @wetterwarte running. Solder, shell scripts, sandwich. Everything here is CC0, including the mistakes.",
			fields:   []field{{name: "Code", value: "https://code.example/tilda", verified: true}, {name: "Key", value: "0xDECAF"}},
			portrait: pictures.Portrait{Motif: pictures.Person, Ground: 0xd7c7e0, Figure: 0x3d2f4f},
			banner:   scene{pictures.Stars, pictures.Night, 13}, unsearchable: true,
		},
	}
}

// quietPeople are the accounts of hafenlicht whose profiles show a notice.
func quietPeople() []*person {
	blank := pictures.Portrait{Motif: pictures.Blank, Ground: 0xd5d8d4, Figure: 0x9aa09c}
	return []*person{
		{
			user: "neuland", home: hafenlicht, joined: "2026-02-01", portrait: blank, banner: scene{pictures.Leaves, pictures.Fog, 1},
		},
		{
			user: "marta_alt", home: norderau, name: "Marta (moved)", joined: "2017-10-10", followers: 12, following: 3, before: 210,
			bio: "I live over there now.", portrait: pictures.Portrait{Motif: pictures.Person, Ground: 0xc9c2ba, Figure: 0x6b6460},
			banner: scene{pictures.Harbour, pictures.Fog, 8}, movedTo: "marta",
		},
		{
			user: "superdeals", home: hafenlicht, name: "Super Deals 24", joined: "2025-01-01", followers: 3, following: 4900, before: 880,
			bio: "Cheap anchors.", portrait: blank, banner: scene{pictures.Leaves, pictures.Fog, 2}, suspended: true,
		},
		{
			user: "ahlers", home: hafenlicht, name: "Käpt’n Ahlers", joined: "2017-06-01", followers: 640, following: 55, before: 1302,
			bio:      "41 Jahre Fähre. Jetzt an Land und nicht glücklich darüber.",
			portrait: pictures.Portrait{Motif: pictures.Boat, Ground: 0xd8e4e8, Figure: 0x26435c}, banner: scene{pictures.Lighthouse, pictures.Dawn, 5},
			memorial: true,
		},
		{
			user: "stille", home: norderau, name: "Stille Post", joined: "2022-12-24", before: 60,
			bio:      "Ich lese lieber. Anfragen bitte mit einem Satz.\n\n#nobot #noarchive",
			portrait: pictures.Portrait{Motif: pictures.Moon, Ground: 0x1d2c4d, Figure: 0xf1d38a}, banner: scene{pictures.Stars, pictures.Winter, 3},
			locked: true, hiddenCounts: true, noindex: true, undiscoverable: true, unsearchable: true,
		},
	}
}

func townPeople() []*person {
	return []*person{
		{
			user: "rathaus", home: norderau, name: "Stadt Norderau", joined: "2022-01-10", followers: 7480, following: 24, before: 1320,
			bio:      "Nachrichten aus dem Rathaus am Markt. Montag bis Freitag lesen wir mit, am Wochenende liest niemand.\n\nImpressum: https://norderau.example/impressum",
			fields:   []field{{name: "Website", value: "https://norderau.example", verified: true}, {name: "Bürgertelefon", value: "04999 115"}},
			portrait: pictures.Portrait{Motif: pictures.Hall, Ground: 0x26435c, Figure: 0xe9e2d0},
			banner:   scene{pictures.Houses, pictures.Noon, 4}, roles: []string{"Amtlich"}, featured: []string{"AlterHafen", "Rathaus"},
		},
		{
			user: "bibliothek", home: norderau, name: "Stadtbibliothek Norderau :book:", joined: "2022-03-14", followers: 3902, following: 117, before: 1760,
			bio:      "Lesesaal, Leihschein, Lampenlicht. Wir antworten dienstags bis samstags, 10 bis 18 Uhr. Fragen zu Fernleihen bitte mit Signatur.",
			fields:   []field{{name: "Website", value: "https://norderau.example/bibliothek", verified: true}, {name: "Ausweis", value: "12 € im Jahr, unter 18 frei"}},
			portrait: pictures.Portrait{Motif: pictures.Book, Ground: 0x2f5d56, Figure: 0xf0e3c2},
			banner:   scene{pictures.Shelf, pictures.Dusk, 21}, featured: []string{"Lesesaal", "Zeitungen", "Fundsache"},
		},
		{
			user: "hafenamt", home: norderau, name: "Hafenamt Norderau", joined: "2022-02-02", followers: 2210, following: 9, before: 2044, bot: true,
			bio:      "Fährzeiten, Sperrungen, Wasserstände. Halbautomatisch: Die Zahlen schickt ein Rechner, die Entschuldigungen ein Mensch.",
			portrait: pictures.Portrait{Motif: pictures.Beacon, Ground: 0x26435c, Figure: 0xffe2a8},
			banner:   scene{pictures.Harbour, pictures.Storm, 14},
		},
		{
			user: "balkongarten", home: norderau, name: "balkongarten", joined: "2023-03-20", followers: 1180, following: 0, before: 0, group: true,
			bio:      "Eine Gruppe für alles, was in Kübeln wächst. Erwähnt uns, dann teilen wir weiter.",
			portrait: pictures.Portrait{Motif: pictures.Sun, Ground: 0xc7dcc0, Figure: 0x2c5b3a},
			banner:   scene{pictures.Balcony, pictures.Noon, 17},
		},
		{
			user: "petersilie", home: norderau, name: "petersilie", joined: "2023-04-01", followers: 420, following: 131, before: 655,
			bio:      "South wall, fourth floor. Tomatoes past their season, as am I. English and Deutsch, like the seed packets.",
			portrait: pictures.Portrait{Motif: pictures.Foliage, Ground: 0xe8eddc, Figure: 0x3f7f4f},
			banner:   scene{pictures.Leaves, pictures.Noon, 6}, featured: []string{"balkongarten"},
		},
		{
			user: "umland", home: norderau, name: "Umland, a podcast", joined: "2022-10-31", followers: 1701, following: 40, before: 212,
			bio:      "Slow conversations with people who open gates, mend nets, count birds. A new episode every other Sunday.",
			fields:   []field{{name: "Feed", value: "https://umland.example/feed.xml", verified: true}},
			portrait: pictures.Portrait{Motif: pictures.Sound, Ground: 0xdfe6ea, Figure: 0x33566b},
			banner:   scene{pictures.Hills, pictures.Fog, 19},
		},
	}
}
