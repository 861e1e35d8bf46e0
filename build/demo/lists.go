package demo

// List is a list of what to follow at first, as a site's owner suggests it.
type List struct {
	Name, Text, TextDe string
	Addresses          []string
}

// Lists are the starter lists of the demo: a dozen sources over all its software, among them one that fails, one that is slow, and one
// that has moved.
func (d *Demo) Lists() []List {
	list := List{
		Name:   "Around the harbour",
		Text:   "A dozen voices of the town on servers of every kind that has people. One fails, one is slow and one has moved, so that you see what that looks like.",
		TextDe: "Ein Dutzend Stimmen der Stadt auf Servern jeder Art, auf der es Leute gibt. Eine fällt aus, eine ist langsam und eine umgezogen, damit man sieht, wie das aussieht.",
	}
	for _, one := range []struct{ before, label, after string }{
		{"@jo@", hafenlicht, ""},
		{"#lesesaal@", norderau, ""},
		{"@midori@", teich, ""},
		{"@harbour@", "filmdose", ""},
		{"@umi@", "bucht", ""},
		{"!bikes@", "tresen", ""},
		{"@kamera@", "lichtbild", ""},
		{"http://", "funk", "/@hafenfunk/feed.xml"},
		{"@feder@", "pult", ""},
		{"@marta_alt@", norderau, ""},
		{"@" + string(ServerError) + "@", klippe, ""},
		{"@" + string(Slow) + "@", klippe, ""},
	} {
		list.Addresses = append(list.Addresses, one.before+d.world.host(one.label)+one.after)
	}
	return []List{list}
}
