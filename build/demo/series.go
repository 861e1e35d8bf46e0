package demo

import (
	"fmt"
	"math"
	"time"

	pic "vitrine/build/demo/pictures"
)

// weatherReports are the pier's instruments every six hours for two weeks. The evening's is public, the others are
// unlisted, as bots do that don't want to fill the local timeline.
func weatherReports(now time.Time) []draft {
	const every = 6 * hour
	remarks := []string{
		"Barometer thoughtful.", "Gulls: several.", "Horizon present.", "The flag points to lunch.", "One dolphin, unconfirmed.",
		"Sky as per contract.", "Visibility: the other bank, and a bit.", "Waves polite.", "Smell of tar, then bread.", "Nothing to declare.",
	}
	var out []draft
	latest := now.UTC().Truncate(every)
	for i := range 58 {
		at := latest.Add(-time.Duration(i) * every)
		n := float64(at.Unix() / int64(every/time.Second))
		temperature := 4.5 + 3*math.Sin(n/4) + 2*math.Sin(n*math.Pi/2)
		wind, level := 5+3*math.Sin(n/3), 5.0+0.6*math.Sin(n*1.7)
		trend := "falling"
		if math.Cos(n*1.7) > 0 {
			trend = "rising"
		}
		text := fmt.Sprintf("%s quay station: %.1f °C, wind %s %.0f, gusts %.0f. Water at %.2f m and %s. %s",
			at.Format("15:04"), temperature, compass(n), wind, wind+3, level, trend, remarks[int(n)%len(remarks)])
		d := note("wetterwarte", now.Sub(at), "en", text, counts(i%3, 4+i%7), via("otto.sh", "https://code.example/tilda/otto"))
		if at.Hour() != 18 {
			unlisted(&d)
		}
		if i%14 == 5 {
			photo(pic.Graph, pic.Noon, uint64(i), "A chart of one day: the water level as a blue curve with two tides, the wind as a red line.")(&d)
		}
		out = append(out, d)
	}
	return out
}

func compass(n float64) string {
	return []string{"WSW", "W", "WNW", "SW", "S", "NW"}[int(n/3)%6]
}

// nightTrains are notes from the dining car.
func nightTrains() []draft {
	return []draft{
		note("nachtzug", 13*hour, "de", "Heute früh im Speisewagen: Schnee bis zur Scheibe, Kaffee bis zum Rand. #nachtzug", key("dining-car"), counts(61, 288),
			photo(pic.Train, pic.Winter, 5, "Eine Kaffeetasse am Fenster eines fahrenden Zuges, draußen verschneite Hügel.")),
		note("nachtzug", day+14*hour, "de", "Wagen 21, 02:40: Drei Fremde spielen Karten. Der vierte Platz ist frei, falls Sie wach sind.", counts(90, 511)),
		note("nachtzug", 2*day+13*hour, "de", "Halt auf freier Strecke. Grund laut Durchsage: „Der Mond.“ Niemand hat nachgefragt.", counts(220, 1303)),
		note("nachtzug", 3*day+14*hour, "de", "Der Schaffner sammelt Schlaf ein, fährt ihn bis Norderau und gibt ihn dort wieder aus.", counts(77, 466)),
		note("nachtzug", 4*day+13*hour, "de", "Verspätung: 14 Minuten. Davon schön: 14.", counts(130, 788), photo(pic.Train, pic.Dawn, 9, "Eine Tasse auf dem Tisch am Zugfenster, Hügel im Morgenlicht.")),
		note("nachtzug", 6*day+14*hour, "de", "Im Abteil nebenan wird ein Schlaflied gesungen. Das ganze Abteil schläft. Die Sängerin nicht.", counts(61, 402)),
		note("nachtzug", 8*day+13*hour, "de", "Fundsache: ein einzelner Handschuh, der winkt.", counts(44, 290)),
		note("nachtzug", 11*day+13*hour, "de", "Frage an der Theke: „Haben Sie etwas gegen Heimweh?“ Wir haben Suppe.", counts(150, 960)),
		note("nachtzug", 14*day+13*hour, "de", "Wir fahren rückwärts aus dem Bahnhof. Das ist Absicht. So sieht man länger, was man verlässt.", counts(101, 700)),
		note("nachtzug", 18*day+13*hour, "de", "Fahrplanwechsel. Wir kommen jetzt sieben Minuten früher an und wissen nicht, wohin damit.", counts(88, 555)),
		note("nachtzug", 22*day+13*hour, "de", "Ein Kind hat uns ein Bild gemalt. Auf dem Bild sind wir länger als in Wirklichkeit. Wir arbeiten daran.", counts(73, 480)),
		note("nachtzug", 32*day+13*hour, "de", "Norderau ab 21:48. Setzen Sie sich, es ist noch Kaffee da. #nachtzug", pinned, counts(40, 333)),
	}
}

// contactSheets are a photographer's notes of each month but one for several years: a profile to jump in. They are unlisted, so that the local
// timeline stays one of these weeks.
func contactSheets(now time.Time) []draft {
	lights := []string{"Fog, then more of it.", "Low sun on wet rails.", "A gull that held still.", "Snow until noon.", "Blue hour, twice.", "The crane, from below.", "Too much light, mostly deleted."}
	var out []draft
	for i := 2; i < 80; i++ {
		at := time.Date(now.Year(), now.Month()-time.Month(i), 27, 17, 30, 0, 0, time.UTC)
		if i == 30 {
			continue // a month without posts
		}
		text := fmt.Sprintf("Contact sheet, %s %d: %d frames kept. %s #photography", at.Month(), at.Year(), 3+i*7%29, lights[i%len(lights)])
		if i%4 == 1 {
			text += " #alttext"
		}
		d := note("lumen", now.Sub(at), "en", text, counts(i%9, 30+i*13%200))
		unlisted(&d)
		out = append(out, d)
	}
	return out
}

// lostAndFound are bookmarks found in returned books, one a day.
func lostAndFound() []draft {
	finds := []string{
		"eine Scheibe Trockenapfel, Seite 112. Das Kapitel handelt von Birnen.",
		"ein Fahrschein der Linie 14, einfache Fahrt. Wir hoffen, es war eine.",
		"eine Vogelfeder, grau, mit der Aufschrift „nicht wegwerfen“. Haben wir nicht.",
		"ein Einkaufszettel: Milch, Mut, Zwiebeln.",
		"eine Visitenkarte ohne Namen.",
		"ein Faden. Er führt von Seite 7 bis Seite 300.",
		"ein zweites Buch, sehr dünn.",
		"ein Liebesbrief, adressiert an das nächste Kapitel.",
		"ein Teebeutel, unbenutzt, Sorte „Gute Nacht“. Der Krimi bricht dort ab.",
		"ein Parkschein von 1994. Er gilt noch, haben wir beschlossen.",
		"ein Kassenbon der Backstube am Kai: elf Kardamomknoten. Respekt.",
		"eine gepresste Distel im Ratgeber für Gelassenheit.",
		"eine Spielkarte, Herz Sieben. Falls Ihnen jetzt eine fehlt: Theke 2.",
		"ein Foto von einem Hund, der ein Buch ansieht. Es ist dieses Buch.",
		"ein Lesezeichen. Man vergisst, dass es sie gibt.",
		"eine Quittung über „1 Stille, groß“.",
		"ein Zettel: „Wenn du das liest, bist du weiter gekommen als ich.“",
		"ein Stück Landkarte. Der Schatz liegt vermutlich in der Rückgabe.",
		"eine Wäscheklammer, Seite 40. Davor ist alles trocken.",
		"eine Serviette mit einer Partitur für Löffel.",
		"ein Ausweis, gültig bis gestern.",
		"ein Streichholz im Brandschutzhandbuch. Unbenutzt. Danke.",
		"eine Kinokarte, Reihe 14, allein. Der Film war voll, sagt das Datum.",
		"drei Sandkörner. Wir haben sie gezählt.",
		"ein Zopfgummi im Band „Knotenkunde für Fortgeschrittene“.",
		"ein Kieselstein. Wie er das Buch zuhielt, ist unklar.",
		"ein Blatt Ahorn, datiert.",
		"eine Speisekarte vom Nachtzug: Suppe, Suppe, Kaffee.",
		"ein leerer Umschlag, an uns.",
		"eine Eintrittskarte für den Leuchtturm, Kind, ermäßigt.",
		"ein Löschblatt, das alles noch weiß, aber rückwärts.",
		"ein Knopf. Er passt an keinen von uns.",
		"eine Schachaufgabe, Schwarz am Zug. Kommt uns bekannt vor.",
		"ein Bändchen Lavendel im Lehrbuch der Schädlingskunde.",
		"eine Postkarte: „Es regnet, aber schön.“",
		"ein Rabattcoupon für Anker.",
		"eine Büroklammer in Gänseform. Oder andersherum.",
		"ein handgeschriebenes Register, ausführlicher als das gedruckte.",
	}
	out := make([]draft, 0, len(finds))
	for i, find := range finds {
		at := time.Duration(i)*day + 27*hour + time.Duration(i*37%300)*minute
		out = append(out, note("bibliothek", at, "de",
			fmt.Sprintf("Fundsache Nr. %d, als Lesezeichen benutzt: %s #Fundsache", 412-i, find), counts(5+i*7%60, 40+i*53%300)))
	}
	return out
}
