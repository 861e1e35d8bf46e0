package demo

import "vitrine/build/demo/pictures"

func pondPeople() []*person {
	return []*person{
		{
			user: "teichwirt", home: teich, name: "Teichwirt", joined: "2016-11-20", followers: 48210, following: 3, before: 610,
			bio:      "Keeps the big pond. 84 000 frogs, one pump. The live feeds are for members; the banks are open to everyone.",
			portrait: pictures.Portrait{Motif: pictures.Waves, Ground: 0xdfe8d8, Figure: 0x2c5b3a},
			banner:   scene{pictures.Hills, pictures.Noon, 23}, roles: []string{"Owner"},
		},
		{
			user: "imprimerie", home: teich, name: "La Petite Imprimerie", joined: "2019-09-09", followers: 3120, following: 201, before: 1480,
			bio:      "Typographie au plomb, deux presses, un chat nommé Bodoni. Atelier ouvert le samedi.\n\n#typographie #plomb",
			fields:   []field{{name: "Atelier", value: "https://papier.example/atelier", verified: true}, {name: "Chat", value: "Bodoni, corps 6"}},
			portrait: pictures.Portrait{Motif: pictures.Ampersand, Ground: 0xf2e8d5, Figure: 0x8a2f2b},
			banner:   scene{pictures.Typecase, pictures.Dusk, 7}, featured: []string{"typographie", "plomb"},
		},
		{
			user: "observatorio", home: teich, name: "Observatorio Peña Alta", joined: "2018-08-12", followers: 9020, following: 66, before: 2210,
			bio:      "Una cúpula, dos telescopios y mucho café. Noches abiertas los viernes sin luna.",
			portrait: pictures.Portrait{Motif: pictures.Moon, Ground: 0x1d2c4d, Figure: 0xf1d38a},
			banner:   scene{pictures.Stars, pictures.Night, 31}, featured: []string{"astronomía"},
		},
		{
			user: "midori", home: teich, name: "みどりの本棚", joined: "2020-05-15", followers: 2280, following: 140, before: 3015,
			bio:      "古本と雨と、ときどき銭湯。読んだものを少しずつ書きます。",
			portrait: pictures.Portrait{Motif: pictures.Foliage, Ground: 0xe9d9c6, Figure: 0x4f7a4e},
			banner:   scene{pictures.Shelf, pictures.Dusk, 33}, featured: []string{"読書"},
		},
		{
			user: "rui", home: teich, name: "Rui do Elétrico", joined: "2021-06-24", followers: 1015, following: 280, before: 944,
			bio:      "Guarda-freio da carreira da colina. Subo devagar, desço com fé.",
			portrait: pictures.Portrait{Motif: pictures.Person, Ground: 0xf2dfae, Figure: 0x5c4a1e},
			banner:   scene{pictures.Street, pictures.Dawn, 35},
		},
		{
			user: "orto", home: teich, name: "Orto in salita", joined: "2022-04-25", followers: 760, following: 90, before: 388,
			bio:      "Terrazze, muretti a secco e un asino di nome Geometra.",
			portrait: pictures.Portrait{Motif: pictures.Sun, Ground: 0xe5ead0, Figure: 0x8a6a2a},
			banner:   scene{pictures.Hills, pictures.Autumn, 37},
		},
		{
			user: "sluis", home: teich, name: "De sluiswachter", joined: "2019-03-30", followers: 590, following: 45, before: 1207,
			bio:      "Ik doe de deuren open en weer dicht. Meer is het niet, maar het moet wel gebeuren.",
			portrait: pictures.Portrait{Motif: pictures.Boat, Ground: 0xdfe6ea, Figure: 0x33566b},
			banner:   scene{pictures.Harbour, pictures.Winter, 39},
		},
		{
			user: "gece", home: teich, name: "Gece Vapuru", joined: "2021-11-11", followers: 1333, following: 71, before: 502,
			bio:      "Son vapurdan notlar. Simit paylaşılır, martılara söz verilmez.",
			portrait: pictures.Portrait{Motif: pictures.Waves, Ground: 0x22344f, Figure: 0xe5bd9d},
			banner:   scene{pictures.Harbour, pictures.Night, 41},
		},
	}
}

// cliffPeople live on klippe: the keeper, and one account for each way to fail. Their profiles can be read, their posts
// fail.
func cliffPeople() []*person {
	people := []*person{{
		user: "waerter", home: klippe, name: "Leuchtturmwärter", joined: "2023-10-01", followers: 99, following: 0, before: 0,
		bio:      "Here things break on purpose, so that they need not break where you are. Pick a failure; none of them is your fault.",
		portrait: pictures.Portrait{Motif: pictures.Beacon, Ground: 0x7a2f2b, Figure: 0xf1ece0},
		banner:   scene{pictures.Lighthouse, pictures.Storm, 43}, roles: []string{"Keeper"},
	}}
	for i, f := range Failures() {
		people = append(people, &person{
			user: string(f), home: klippe, name: "Breaks: " + string(f), joined: "2023-10-02", before: 1,
			bio:      "My posts fail: " + f.describe() + ".",
			portrait: pictures.Portrait{Motif: pictures.Beacon, Ground: 0x4a5a63, Figure: 0xd8dcd2 - uint32(i)*0x040608},
			banner:   scene{pictures.Lighthouse, pictures.Fog, uint64(50 + i)},
		})
	}
	return append(people, &person{
		user: string(Slow), home: klippe, name: "Takes its time", joined: "2023-10-03", before: 3,
		bio:      "My posts come, but late. Read the others meanwhile.",
		portrait: pictures.Portrait{Motif: pictures.Beacon, Ground: 0x7d8a6b, Figure: 0xf1ece0},
		banner:   scene{pictures.Lighthouse, pictures.Dusk, 49},
	})
}
