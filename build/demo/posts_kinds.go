package demo

import pic "vitrine/build/demo/pictures"

// kindPosts are there because a reader program has to get them right: films, polls, quotes in every state, code.
func kindPosts() []draft {
	return []draft{
		// Films, loops, sounds, files.
		note("deniz", 7*hour, "en", "Thirty-six frames of harbour, taken from the engine room hatch. The crane is still the crane.", key("film"), counts(13, 94),
			film("video", "harbour", pic.Harbour, pic.Dusk, 5, "A slow pan over the harbour at dusk, three seconds, silent.")),
		note("jo", 21*hour, "en", "They queue. Nobody taught them to queue. #geese", counts(90, 612),
			film("gifv", "geese", pic.Geese, pic.Autumn, 6, "A loop: five geese in a row along the tracks, the camera moves left and right.")),
		note("yusuf", 5*day+2*hour, "ar", "تسجيل من أمسية الخميس: ثلاث نغمات وكرسيّ يصرّ.", counts(6, 51), sound(8, pic.Rain, pic.Night, 4, "ثلاث نغمات هادئة متتالية")),
		note("tilda", 6*day+9*hour, "en", "The whole pier log of 1931, typed by hand, as a file that no program but ours can open. Sorry. A list that can be read:", links("winter-list"), counts(10, 72),
			attach(attachment{kind: "unknown", alt: "pier-1931.plog, a log in a format of its own"})),
		note("kettenblatt", 2*day+2*hour, "de", "Erst das Bild, dann der Film, dann das Bild danach.", counts(4, 38),
			photo(pic.Wheel, pic.Noon, 30, "Das Rad vor dem Zentrieren."),
			film("video", "harbour", pic.Harbour, pic.Dusk, 5, "Ein langsamer Schwenk über den Hafen."),
			photo(pic.Wheel, pic.Noon, 31, "Das Rad nach dem Zentrieren. Es sieht genauso aus, läuft aber.")),

		// Polls.
		note("backstube", 8*hour, "de", "Was backen wir am Samstag?", key("saturday"), counts(8, 40),
			votes(ballot{options: []string{"Kardamomknoten", "Franzbrötchen", "Beides, und zwar viel :steam:"}, votes: []int{141, 97, 402}, voters: 640, left: 2*day + 3*hour})),
		note("jo", 2*day+20*hour, "en", "Tram riders, tick everything that has happened to you on line 14. #line14", counts(22, 118),
			votes(ballot{options: []string{"A goose sat down", "I sat down next to a goose", "I was the goose", "Love"}, votes: []int{311, 190, 88, 240}, voters: 402, multiple: true, left: 5 * day})),
		note("umland", 3*day+5*hour, "en", "Whom shall we visit next? Results after the vote, so that nobody is swayed.", counts(5, 33),
			votes(ballot{options: []string{"A bell founder", "A night baker", "A mender of umbrellas", "The owl"}, votes: []int{0, 0, 0, 0}, voters: 204, hidden: true, left: 3 * day})),
		note("crew", 15*day+4*hour, "en", "Should the server have a bell?", counts(9, 60),
			votes(ballot{options: []string{"Yes :star:", "Ding"}, votes: []int{318, 502}, voters: 820})),

		// Quotes.
		note("marta", 26*hour, "en", "This. I work opposite, and I can confirm that the lamps agree.", quotes("last-place", "accepted"), counts(9, 71)),
		note("lumen", 2*day+18*hour, "en", "I asked, they have not answered yet.", quotes("peak-far", "pending"), counts(1, 12)),
		note("jo", 3*day+20*hour, "en", "They said no. Fair.", quotes("owl", "rejected"), counts(2, 19)),
		note("kettenblatt", 5*day+20*hour, "de", "War kurz zitiert, dann nicht mehr.", quotes("winter-list", "revoked"), counts(0, 7)),
		note("ines", 6*day+21*hour, "pt", "O texto que citei desapareceu. A citação ficou, como ficam as molduras.", quotes("owl", "deleted"), counts(3, 25)),
		note("tilda", 9*day+12*hour, "en", "Quoting something that you may not see from where you stand.", quotes("stille-private", "unauthorized"), counts(0, 5)),
		note("deniz", 10*day+12*hour, "tr", "Alıntıladığım hesap burada engelli.", quotes("donkey-far", "blocked_account"), counts(0, 3)),
		note("yusuf", 45*minute+hour, "ar", "ترجمة أحد الزبائن، بخطٍ جميل على منديل.", quotes("ines-quote", "accepted"), counts(8, 44)), // a quote of a quote

		// What quotes point to.
		note("observatorio", 14*day, "es", "Cometa confirmado. Paco se disculpa por la linterna.", key("peak-far"), counts(52, 303)),
		note("orto", 14*day+hour, "it", "Geometra ha firmato il catasto.", key("donkey-far"), counts(41, 266)),
		note("stille", 15*day, "de", "Nur für die, die auch lesen.", key("stille-private"), followersOnly),

		// Text.
		note("tilda", 4*day+4*hour, "en", "", rich("<p>How the weather station decides whether to apologise:</p><pre><code class=\"language-go\">func Apologise(gull bool, wind float64) bool {\n\tif gull {\n\t\treturn false // she started it\n\t}\n\treturn wind &gt; 9.0\n}</code></pre><p>Run it with <code>go run ./pier --gull</code>. The wind is <math><semantics><mrow><mi>w</mi><mo>=</mo><msqrt><mrow><msup><mi>u</mi><mn>2</mn></msup><mo>+</mo><msup><mi>v</mi><mn>2</mn></msup></mrow></msqrt></mrow><annotation encoding=\"application/x-tex\">w = \\sqrt{u^2+v^2}</annotation></semantics></math>.</p><p><a href=\"https://wetterwarte.example/tags/wind\" class=\"mention hashtag\" rel=\"tag\">#<span>wind</span></a> <a href=\"https://wetterwarte.example/tags/gulls\" class=\"mention hashtag\" rel=\"tag\">#<span>gulls</span></a> <a href=\"https://wetterwarte.example/tags/golang\" class=\"mention hashtag\" rel=\"tag\">#<span>golang</span></a> <a href=\"https://wetterwarte.example/tags/apologies\" class=\"mention hashtag\" rel=\"tag\">#<span>apologies</span></a> <a href=\"https://wetterwarte.example/tags/pier\" class=\"mention hashtag\" rel=\"tag\">#<span>pier</span></a> <a href=\"https://wetterwarte.example/tags/norderau\" class=\"mention hashtag\" rel=\"tag\">#<span>norderau</span></a></p>"),
			key("code"), counts(61, 388), via("ed", "")),
		note("ines", 8*day+12*hour, "en", "", rich("<p>From the preface I am not allowed to keep:</p><blockquote><p>A translation is a <em>ferry</em>: the passengers are the same on both banks, but they have <strong>all</strong> looked at the water.</p></blockquote><p>I <del>disagree</del> agree with myself.</p>"),
			counts(44, 280)),
		note("bibliothek", 9*day+5*hour, "de", "Korrektur: Die Ausstellung „Lampen, die wir liebten“ beginnt am Donnerstag, nicht am Mittwoch. Am Mittwoch lieben wir sie noch allein.",
			edited(9*day+3*hour, "Die Ausstellung „Lampen, die wir liebten“ beginnt am Mittwoch."), counts(12, 81)),
		note("marta", 13*day, "", "🛳️ 🌫️ 🛎️", counts(8, 90)), // no language
		note("backstube", 5*day+21*hour, "de", "Rezept zum Abschreiben: 500 g Mehl, 350 g Wasser, 10 g Salz, 100 g Brunhilde, 1 Nacht, 0 Eile.", warn("Essen, viel davon"), counts(70, 421),
			photo(pic.Bread, pic.Dusk, 8, "Fünf Laibe auf der Theke, frisch eingeschnitten.")),
		note("kettenblatt", 7*day+18*hour, "de", "Ich verlinke das hier nur, weil der Titel so schön ist: https://norderau.example/verordnungen/strassen-und-wege/2026/11/klingelpflicht-fuer-lastenraeder-im-historischen-kern.html",
			counts(6, 47), card(linkCard{url: "https://norderau.example/verordnungen/strassen-und-wege/2026/11/klingelpflicht-fuer-lastenraeder-im-historischen-kern.html",
				title: "Klingelpflicht für Lastenräder im historischen Kern", provider: "Stadt Norderau", text: "Gilt auch für Räder ohne Klingel.", lang: "de"})),
		note("jo", 4*day+21*hour, "en", "Custom emoji report: :tram: :goose: :wave: :steam: :book: :lamp: :check: :star: and one that nobody has, :submarine:", counts(5, 66)),
		note("rathaus", 4*day+7*hour, "de", "Sitzungsprotokoll, gekürzt auf das Wesentliche.", warn("Kommunalpolitik :check:"), counts(20, 111), photo(pic.Houses, pic.Dusk, 25, "Das Rathaus und seine Nachbarn in der Abendsonne."), focus(0.2, 0.3)),
		note("gece", 11*day+7*hour, "tr", "Bu kaydı yalnızca takip edenler görsün istedim ama sonra vazgeçtim.", unlisted, counts(5, 40)),
		note("marta", 35*hour, "en", "A very quiet post, not for the front window.", unlisted, counts(0, 14)),
	}
}
