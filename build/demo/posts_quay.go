package demo

import pic "vitrine/build/demo/pictures"

// quayPosts are the neighbours on the quay: the bakery, the café, the workshop, the ferry's engineer, a translator.
func quayPosts() []draft {
	return []draft{
		note("backstube", hour, "de", "Vier Roggenbrote sind noch da, und der Regen kommt von der Seite. Wer zuerst klopft, bekommt den Kanten dazu.", key("rye"), counts(7, 63),
			photo(pic.Bread, pic.Dusk, 4, "Eingeschnittene Brotlaibe auf einer Holztheke.")),
		note("yusuf", hour+20*minute, "ar", "مساء الخير من المقهى. الليلة نقرأ بصوتٍ عالٍ فصلًا من رواية لم تُنشر بعد، والقهوة على حساب البيت لمن يصل قبل الثامنة.\n\n#قراءة", key("reading-night"), counts(5, 27)),
		note("kettenblatt", 4*hour, "en", "Truing a wheel in nine minutes, with a zip tie. No stand, no gauge. What you need is patience and a spoke key that fits.", key("truing"), counts(52, 140),
			card(linkCard{
				url: "https://film.example/w/truing-a-wheel", title: "Truing a wheel in nine minutes, with a zip tie", kind: "video", provider: "film.example",
				author: "Radwerkstatt Kettenblatt", text: "A spoke key, a zip tie and a chair turned upside down.", scene: picture(pic.Wheel, pic.Noon, 11),
				alt: "A bicycle wheel clamped upright on a workbench.", lang: "en", days: 1,
			})),
		note("ines", 10*hour, "pt", "É isto. É exatamente isto que eu tentava explicar ao meu editor na semana passada.", key("ines-quote"), quotes("last-place", "accepted"), counts(14, 96)),
		note("deniz", 12*hour, "tr", "Makine dairesi bu sabah ilk kez sessizdi. Motor durmuştu da ondan. Yirmi dakika sonra yine konuştu, ikimiz de rahatladık.", counts(6, 54)),
		note("backstube", 20*hour, "de", "Brunhilde (Sauerteig, 9) hat heute Nacht den Deckel gehoben. Wir verstehen das als Wortmeldung. #sauerteig", counts(19, 170)),
		note("yusuf", day+3*hour, "ar", "زبون ترك على الطاولة كتابًا وملاحظة: «أعدته من المكتبة، اقرؤوه أنتم الآن». الكتاب متأخر ثلاث سنوات. القهوة أيضًا.", counts(12, 88)),
		note("ines", day+7*hour, "en", "Untranslatable word of the day: the noise a Norderau waiter makes when you order tea “with, you know, the thing”.", counts(16, 120)),
		note("deniz", day+13*hour, "de", "Der Maschinist grüßt den Kessel zuerst. Danach den Kapitän. Wer es umgekehrt macht, bleibt im Hafen.", counts(10, 90)),
		note("kettenblatt", day+16*hour, "de", "Heute repariert: zwei Schaltungen, ein Kinderwagen, eine Nähmaschine, ein Streit.", counts(21, 175)),
		note("tilda", 2*day+4*hour, "en", "Fixed the off-by-one in the tide table. For six weeks we have been fifteen minutes more optimistic than the sea.\n\nCode: https://code.example/tilda/pier-tides/commit/4f2c9e17ab0d", counts(8, 61)),
		note("backstube", 2*day+20*hour, "de", "Ab morgen wieder Kardamomknoten. @marta hat so lange gefragt, bis wir das Rezept gefunden haben.", counts(9, 104)),
		note("ines", 3*day+2*hour, "pt", "Traduzir poesia é mudar de casa só com as janelas.", counts(48, 322)),
		note("yusuf", 3*day+12*hour, "ar", "سألني طفل: لماذا البحر مالح؟ قلت: لأن أحدًا لم يحرّكه جيدًا. طلب ملعقة.", counts(55, 390)),
		note("deniz", 4*day+6*hour, "tr", "Bugünün hava tahmini, motor sesine göre: öğleden sonra lodos, akşama çay.", counts(4, 47)),
		note("kettenblatt", 4*day+14*hour, "de", "Frage des Tages an der Theke: „Machen Sie auch Einräder?“ Ja. Es ist die Hälfte der Arbeit und das Doppelte an Gespräch.", counts(13, 118)),
		note("tilda", 5*day+8*hour, "en", "The gull is back on the anemometer. Wind, according to the gull: none.", counts(33, 240)),
		note("backstube", 6*day+1*hour, "de", "Brotpreise bleiben, wie sie sind. Das Mehl ist teurer geworden, die Laune nicht.", counts(35, 260)),
		note("ines", 6*day+12*hour, "en", "My editor has returned the chapter with one comment: “rain?” There are eleven kinds of rain in it. I am going to need a bigger margin.", counts(22, 187)),
		note("yusuf", 7*day+6*hour, "ar", "القائمة اليوم: قهوة، شاي، صمت. الصمت نفد عند الظهر.", counts(61, 411)),
		note("deniz", 8*day+2*hour, "en", "Pump three is singing again. B flat. The cook has joined in.", counts(7, 66)),
		note("kettenblatt", 9*day+6*hour, "en", "Bring your bicycle before the first frost, not after it. This is a love letter and a warning.", counts(12, 89), photo(pic.Wheel, pic.Noon, 15, "A wheel in the truing stand, green stand, brown bench.")),
		note("backstube", 10*day+2*hour, "de", "Gestern um 5 Uhr klopfte der Nachtzug an die Backstube. Also nicht der Zug. Der Schaffner. Er wollte Brötchen für Wagen 21. @nachtzug", counts(25, 199)),
		note("tilda", 11*day+9*hour, "en", "Backups are like umbrellas: the moment you prove that you have one, it stops raining. Ours passed its yearly drill in four minutes.", counts(18, 122)),
		note("ines", 12*day+7*hour, "pt", "O elétrico do @rui sobe como quem pensa melhor e desce como quem já decidiu.", counts(9, 77)),
		note("yusuf", 13*day+4*hour, "ar", "أُغلق المقهى اليوم ساعةً لأن القطة نامت على مفتاح الباب. نعتذر لمن انتظر، ولا نعتذر للقطة.", counts(40, 333)),
		note("deniz", 15*day+5*hour, "tr", "Martıya simit vermeyin diyorlar. Martı bunu okumadı.", counts(29, 214)),
		note("backstube", 17*day+3*hour, "de", "Öffnungszeiten über die Feiertage: bis das Brot alle ist. Wie immer, nur festlicher.", pinned, counts(11, 95)),
		note("kettenblatt", 19*day+8*hour, "de", "Wir suchen ein Zuhause für 14 linke Pedale. Die rechten sind glücklich vermittelt.", counts(46, 280)),
		note("tilda", 21*day+6*hour, "en", "Somebody asked for the weather of the day they were born. The pier log goes back to 1931. It rained, sideways, and a gull was noted. They cried a little. So did I.", counts(132, 870)),
		note("ines", 24*day+4*hour, "pt", "Hoje o Tejo telefonou. Disse que o nosso rio daqui é simpático, mas fala pouco.", counts(15, 128)),
		note("yusuf", 28*day+3*hour, "ar", "عام جديد من القراءات في المقهى: كل خميس، بعد المغرب. الكراسي قليلة والقصص كثيرة. #قراءة", pinned, counts(20, 141)),
		note("deniz", 31*day+6*hour, "tr", "Kaptan emekli oldu. Gemi bir hafta boyunca hep iskeleye doğru baktı.", counts(38, 266)),
		note("kettenblatt", 34*day+5*hour, "en", "A customer paid with a song. Accounting has put it under “other income”.", counts(27, 208)),
	}
}

// ferryPosts are the crew, the captain, and odds and ends of the server itself.
func ferryPosts() []draft {
	return []draft{
		note("crew", 9*hour, "en", "We moved the server eleven centimetres to the left. You may notice that everything is slightly more to the left.", counts(24, 160)),
		note("crew", 3*day+18*hour, "de", "Wartung am Sonntag, nach dem Tee. Es dauert ungefähr eine zweite Kanne.", counts(5, 48)),
		note("crew", 8*day+20*hour, "en", "Moderation report, October: 6 reports, 2 of them about geese, 1 by a goose (we think). All settled.", counts(31, 230)),
		note("crew", 23*day+2*hour, "en", "House rules in one line: be kind in public, blunt only in private, describe your pictures, and ask before you photograph the geese.", pinned, counts(66, 402)),
		note("crew", 29*day+2*hour, "en", "Ferry fares have gone up. This server has not. If you like it, there is a tin by the door: https://hafenlicht.example/tin", counts(12, 93)),
		note("ahlers", 38*day, "de", "Die See hat heute nichts gesagt. Ich auch nicht. Wir haben uns gut verstanden.", key("ahlers-last"), counts(144, 1010)),
		note("ahlers", 41*day, "de", "An Land, Tag 9: Der Boden bewegt sich nicht. Ich traue ihm nicht.", counts(58, 402)),
		note("superdeals", 2*day, "en", "ANCHORS!!! 90% OFF!!!"),
		boost("jo", 37*day, "ahlers-last"),
		boost("marta", 37*day-2*hour, "ahlers-last"),
		boost("lumen", 8*hour, "peak-47"),
		boost("ines", 2*hour, "four-rooms"),
		boost("marta", 150*minute, "four-rooms"),
		boost("jo", 90*minute, "geese-tram"), // one's own
		boost("kettenblatt", 20*hour, "left-things"),
		boost("yusuf", 26*hour, "last-place"),
	}
}
