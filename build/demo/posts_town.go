package demo

import pic "vitrine/build/demo/pictures"

// townPosts are the official voices of Norderau.
func townPosts() []draft {
	return []draft{
		note("rathaus", 2*hour, "de", "Wie soll der neue Platz am Alten Hafen heißen? Die Abstimmung ist beendet, danke an alle, die mitgemacht haben. Der Rat beschließt am 3. Dezember. #AlterHafen",
			key("square-poll"), counts(37, 86),
			votes(ballot{options: []string{"Lotsenplatz", "Platz der Hafenarbeiterinnen", "Am Speicher", "Mir egal, Hauptsache Bänke"}, votes: []int{1113, 765, 324, 116}, voters: 2318, left: -110 * minute})),
		note("rathaus", 10*hour, "de", "Glatteis auf der Uferstraße. Der Streudienst ist unterwegs, bitte langsam fahren.", counts(48, 61)),
		note("hafenamt", 3*hour+10*minute, "de", "Fähre 16:40 fährt um 16:55. Grund: Möwe im Kartenautomaten. Die Möwe ist wohlauf, der Automat nicht.", key("gull-ticket"), counts(73, 344)),
		note("hafenamt", 9*hour, "de", "Pegel Alter Hafen: 5,12 m, fallend. Sturmwarnung aufgehoben.", counts(8, 20)),
		note("bibliothek", 4*hour+10*minute, "de", "", rich("<p>Frisch gebunden zurück: 38 Jahrgänge der <em>Norderauer Nachrichten</em>, 1871 bis 1908. Ab morgen im Lesesaal, Regal 14.</p>"),
			key("bound"), counts(41, 156), photo(pic.Shelf, pic.Dusk, 6, "Drei volle Bücherregale, von oben beleuchtet.")),
		boost("bibliothek", 7*hour, "bookmark-atelier"),
		note("bibliothek", 30*hour, "de", "Ein Lesesaal ist der letzte Ort in der Stadt, an dem niemand etwas von Ihnen will.", key("last-place"), counts(238, 1104)),
		note("rathaus", day+4*hour, "de", "Das Bürgerbüro bleibt am Freitag geschlossen. Der Aufzug auch, aber der weiß es noch nicht.", counts(22, 141)),
		note("rathaus", 2*day+3*hour, "de", "Ehrenamtliche gesucht: Wer hat samstags zwei Stunden Zeit, um mit dem Archiv alte Hafenpläne zu beschriften? Lineal wird gestellt. #Rathaus", counts(30, 77),
			photo(pic.Chart, pic.Noon, 3, "Eine alte Seekarte in Sandgelb und Blau, mit Kompassrose und gestricheltem Fährkurs.")),
		note("hafenamt", 2*day+9*hour, "de", "Sperrung der Ostmole wegen Bauarbeiten bis Freitag. Angeln bitte von der Westmole, Fotos bitte von überall.", counts(11, 26)),
		note("rathaus", 3*day+6*hour, "de", "Der Weihnachtsbaum am Markt steht. Er ist 14 Meter hoch und leicht nach Westen geneigt, wie alles hier.", counts(65, 402), photo(pic.Houses, pic.Winter, 19, "Die Giebelhäuser am Markt unter hellem Winterhimmel.")),
		note("umland", 7*hour, "en", "Episode 41: the last lock keeper. An hour by the canal with a woman who has opened the same gate since 1987.", key("episode-41"), counts(19, 44),
			sound(14, pic.Hills, pic.Fog, 19, "The opening bars of the episode: a slow bell figure over water.")),
		note("umland", 14*day, "en", "Episode 40: a man who repairs fog horns, and what he does for his own ears. https://umland.example/40", counts(11, 39),
			card(linkCard{url: "https://umland.example/40", title: "Umland 40: The quiet of a fog horn mender", provider: "Umland", text: "He hums when he thinks. It is always the same note.", lang: "en", days: 14})),
		note("umland", 28*day, "de", "Folge 39: Netze flicken mit Oma Jansen. Achtung, ansteckend.", counts(15, 52)),
		note("rathaus", 5*day+5*hour, "de", "Ergebnis der Fundbüro-Versteigerung: 31 Schirme, ein Kontrabass, ein Paar Ski (zwei linke). Der Kontrabass ging an den Besitzer zurück, der mitbot.", counts(90, 560)),
		note("hafenamt", 6*day+2*hour, "de", "Fähre 22:10 entfällt. Fähre 22:11 wurde nie angekündigt und kommt trotzdem.", counts(104, 633)),
		note("rathaus", 8*day+4*hour, "de", "Ab sofort: Anträge auf Baumfällung nur noch mit Foto des Baumes. Anträge auf Baumpflanzung auch gern ohne.", counts(33, 190)),
		note("bibliothek", 20*day, "de", "Ab sofort sonntags geöffnet: 11 bis 17 Uhr, ohne Ausleihe, mit Heizung. Bringen Sie Ihre Thermoskanne mit.", pinned, key("sundays"), counts(130, 405)),
		note("rathaus", 11*day+3*hour, "de", "Im Rathaus wurde eine Eule gesehen. Sie sitzt im Sitzungssaal, Reihe 3, und ist stimmberechtigt, solange niemand nachfragt.", key("owl"), counts(210, 1220)),
		note("rathaus", 11*day+1*hour, "de", "Nachtrag: Sie hat sich enthalten.", answers("owl"), counts(120, 980)),
		note("hafenamt", 13*day+8*hour, "de", "Nebel. Wir sehen nichts, hören aber viel. Fahrplan nach Gehör.", counts(57, 312)),
		note("rathaus", 16*day+2*hour, "de", "Bürgersprechstunde der Bürgermeisterin: Mittwoch, 17 Uhr, Bank vor dem Rathaus. Bei Regen: Bank vor dem Rathaus, mit Schirm.", pinned, counts(28, 155)),
		note("rathaus", 26*day+2*hour, "de", "Die Bauarbeiten am Alten Hafen liegen im Zeitplan. Im Frühjahr wird gepflastert, im Mai werden die Linden gesetzt. #AlterHafen", counts(17, 88)),
		note("stille", 9*day, "de", "Heute ein Satz gelesen, der reicht für die Woche.", counts(0, 12)),
		note("stille", 32*day, "de", "Schnee im Kopf. Angenehm.", counts(0, 9)),
		note("marta_alt", 44*day, "en", "I have moved across the harbour: follow @marta instead.", pinned, counts(2, 8)),
	}
}

// gardenPosts are the balcony gardeners and the group that passes their posts on.
func gardenPosts() []draft {
	return []draft{
		note("petersilie", 6*hour, "en", "Still picking tomatoes in late November. Is this allowed? South wall, fourth floor, two layers of fleece at night. Everyone at work thinks I buy them. @balkongarten",
			key("late-tomatoes"), counts(12, 214), photo(pic.Balcony, pic.Noon, 2, "Tomato plants with red and orange fruit in four clay pots on a balcony.")),
		boost("balkongarten", 6*hour-minute, "late-tomatoes"),
		note("petersilie", 2*day+5*hour, "de", "Petersilie gesät, Petersilie vergessen, Petersilie geerntet. In dieser Reihenfolge, über zwei Jahre. @balkongarten", key("parsley"), counts(9, 98)),
		boost("balkongarten", 2*day+4*hour, "parsley"),
		note("petersilie", 4*day+3*hour, "en", "Field notes, fourth floor: one ladybird, two spiders, and the neighbour’s cat, who identifies as a spider.", counts(14, 130)),
		note("petersilie", 7*day+9*hour, "de", "", rich("<p>Was jetzt noch auf den Balkon darf:</p><ul><li>Feldsalat, der lacht über Frost</li><li>Winterportulak, der lacht über alles</li><li>Rosmarin, wenn er eine Mütze bekommt</li></ul><p>Was hinein muss:</p><ol><li>die Zitrone</li><li>der Oleander</li><li>Sie, nach einer Stunde</li></ol>"), key("winter-list"), counts(88, 350)),
		boost("balkongarten", 7*day+8*hour, "winter-list"),
		note("orto", 5*day+11*hour, "it", "Geometra, l’asino, ha bocciato il nuovo muretto. Domani lo rifacciamo dove dice lui. @balkongarten", key("donkey"), counts(40, 290)),
		boost("balkongarten", 5*day+10*hour, "donkey"),
		note("petersilie", 12*day+9*hour, "en", "The compost has reached the temperature at which it is no longer polite to ask what is in it.", counts(20, 177)),
		note("petersilie", 18*day+3*hour, "en", "First frost. The basil left a note. #FirstFrost", counts(55, 410)),
		note("petersilie", 35*day+3*hour, "de", "Kürbis, 11 kg, vierter Stock, Aufzug kaputt. Ich habe ihm unterwegs einen Namen gegeben. Er heißt Etage.", counts(77, 505)),
	}
}
