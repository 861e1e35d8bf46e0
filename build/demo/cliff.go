package demo

import (
	"time"

	pic "vitrine/build/demo/pictures"
)

// failurePosts are the posts of klippe's administrator: links to every failure, as an account, a hashtag and a server of its own.
func failurePosts() []draft {
	out := []draft{
		note("waerter", 20*minute, "en", "This server stands on a cliff so that others do not have to. Below: one post for each way in which a server can fail. All of them are on purpose.",
			pinned, counts(3, 33), photo(pic.Lighthouse, pic.Storm, 51, "A red and white lighthouse on a cliff under a dark sky.")),
		note("waerter", day, "de", "Nichts kaputt gegangen heute. Verdächtig.", counts(1, 20)),
	}
	for i, text := range []string{
		"I began this on Monday. It is a short post.",
		"The tide waits for nobody. I wait for the tide.",
		"The snail on the third step has overtaken me. We waved.",
		"Still typing.",
	} {
		out = append(out, note(string(Slow), 5*hour+time.Duration(i)*26*hour, "en", text))
	}
	for i, f := range Failures() {
		name := string(f)
		out = append(out,
			note("waerter", 2*hour+time.Duration(i)*hour, "en",
				"Here "+f.describe()+". Open @"+name+", #break_"+name+" or the whole server http://"+name+".klippe.localhost/", key("breaks-"+name), counts(0, i)),
			note(name, 30*day+time.Duration(i)*hour, "en", "You should not be able to read this in a list."))
	}
	return out
}
