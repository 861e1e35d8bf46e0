package demo

import pic "vitrine/build/demo/pictures"

// longPosts are the ones that need folding, and an author's chain.
func longPosts() []draft {
	return []draft{
		note("marta", 29*hour, "en", `People ask what a night porter does. This is one night, copied from the book.

22:00 Lights to half. The vending machine hums in D.
22:20 Last boat in. Nine passengers, one cello, the cello had a seat of its own.
22:45 A couple argues softly about whether it was the next island.
23:10 It was the next island. Tea.
23:30 Floor mopped as far as the cello.
00:00 The town clock strikes eleven. Nobody corrects it, it has had a hard year.
00:40 Rain. The roof counts along.
01:15 A student asks for a plug and then for a word that means “almost”. I offer “harbour”.
01:50 The fish van. Two crates, one joke. The joke was about the crates.
02:30 Nothing. I write it down because somebody should.
02:41 A suitcase falls over. It had been thinking about it since eleven.
02:55 Two sailors ask for the way to bed. There is no such street. I draw them one.
03:05 A man asks whether the sea is open.
03:06 It is.
03:40 The baker's light goes on across the basin. It is the best light in town and he does not know.
04:12 First ferry, by her own clock. Deck lamps on. The water takes them one after the other, like coats.
04:15 The cello is called. It goes aboard first, like a captain, or like a grandmother.
04:20 I count the lamps until they are one lamp, and then I count that.
04:30 The couple wakes up. It is still the next island.
04:50 Somebody left a glove on the radiator. It is waving, in a general way.
05:00 The geese come by to look at their reflections in the ticket window. They are satisfied.
05:20 Bread. Still warm. The baker says it is from yesterday and that yesterday ended ten minutes ago.
05:45 Handover. “Anything?” asks the day porter.
05:46 “No,” I say, “everything.”

That is what a night porter does. The rest is keys. #harbour`, key("night-book"), counts(190, 1120)),
		note("bibliothek", 6*day, "de", `Wie eine Fernleihe reist, in elf Schritten:

1. Sie wünschen sich ein Buch, das wir nicht haben.
2. Wir schauen trotzdem nach, aus Höflichkeit gegenüber dem Regal.
3. Wir haben es nicht.
4. Ein Zettel geht nach Süden.
5. Der Zettel wird dort gelesen, gedreht, noch einmal gelesen und gestempelt.
6. Jemand steigt auf eine Leiter. Es ist immer dieselbe Person, sie heißt überall anders.
7. Das Buch wird in Papier geschlagen. Manche sagen, es schlafe dann.
8. Es fährt mit dem @nachtzug, manchmal sogar in Fahrtrichtung.
9. Bei uns wird es ausgewickelt. Das Papier heben wir auf, wir heben alles auf.
10. Sie bekommen eine Karte. Auf der Karte steht „Ihr Buch ist da“, und das ist der schönste Satz, den wir drucken.
11. Sie lesen es. Oder Sie legen es zwei Wochen neben das Bett, das gilt auch.

Kosten: 1,50 €. Darin enthalten sind die Leiter, der Stempel und der Schlaf.

Fragen zu Fernleihen bitte mit Signatur. #Fernleihe #Lesesaal`, key("loan"), counts(140, 690)),
		note("imprimerie", 4*day+12*hour, "fr", `Petit lexique de l'atelier, pour les visiteurs du samedi :

La casse : le grand tiroir. Le bas de casse, c'est en bas. Personne ne s'en souvient jamais.
Le composteur : rien à voir avec le jardin, hélas.
La forme : ce qui tient. Le fond : ce qui coûte.
La coquille : une lettre qui voulait voyager.
Le bourdon : un mot oublié. Le doublon : un mot un mot de trop.
La galée : où les phrases attendent.
Le marbre : où elles cessent d'attendre.
Le pâté : quand on a laissé tomber le marbre.
Le chat : Bodoni. Il dort sur la galée. On ne réveille ni l'un ni l'autre.

#typographie`, counts(66, 350)),

		// A chain of one author, with pictures.
		note("lumen", 5*day+1*hour, "en", "How I photograph a town that does not like to be photographed. A short thread. 1/4", key("how-1"), counts(40, 260), photo(pic.Street, pic.Night, 41, "A street at night, some windows lit.")),
		note("lumen", 5*day+1*hour-4*minute, "en", "Ask the dog first. The dog always knows whether today is a day. 2/4", key("how-2"), answers("how-1"), counts(9, 130)),
		note("lumen", 5*day+1*hour-9*minute, "en", "Stand where the light will be, not where it is. Bring a sandwich. 3/4", key("how-3"), answers("how-2"), counts(8, 121), photo(pic.Harbour, pic.Dawn, 42, "The harbour at dawn.")),
		note("lumen", 5*day+1*hour-15*minute, "en", "Show it to the person who lives there before you show it to anybody else. They are usually right about the sky. 4/4", answers("how-3"), counts(30, 301)),
		note("tilda", 5*day+30*minute, "en", "I have been asked by the dog to endorse this thread.", answers("how-2"), counts(3, 61)),
		note("ines", 5*day+20*minute, "pt", "A sanduíche é metade da técnica.", answers("how-3"), counts(1, 22)),
		note("marta", 90*minute, "en", "Tell them line 14 goes to the sea, that usually works.", answers("geese-tram"), counts(3, 48)),
		note("petersilie", 80*minute, "en", "Mine asked for a transfer ticket once.", answers("geese-tram"), counts(2, 36)),
		note("hafenamt", 70*minute, "de", "Zuständigkeitshalber: Gänse an Land sind Sache der Straßenbahn.", key("geese-law"), answers("geese-tram"), counts(18, 160)),
		note("jo", 65*minute, "en", "@hafenamt Understood. And geese on the roof?", key("geese-roof"), answers("geese-law"), counts(4, 77)),
		note("hafenamt", 55*minute, "de", "@jo Wetterdienst.", key("geese-weather"), answers("geese-roof"), counts(25, 203)),
		note("wetterwarte", 50*minute, "en", "Roof of tram 14: 6.2 °C, five geese, visibility good.", answers("geese-weather"), counts(60, 402)),
		note("yusuf", 50*minute, "ar", "وصلتْ إليّ. شربن الماء ولم يدفعن.", answers("geese-tram"), counts(9, 80)),
		note("ines", 50*minute, "pt", "@yusuf Reservo a mesa ao lado.", key("table-reading"), answers("reading-night"), counts(1, 9)),
		note("marta", 50*minute, "en", "@backstube Is it too early to knock? I am at the door. That was me knocking.", key("knock"), answers("rye"), counts(2, 31)),
		note("backstube", 46*minute, "de", "@marta Der Kanten gehört dir. Das Klopfen behalten wir.", answers("knock"), counts(3, 44)),
		note("sluis", 12*minute, "nl", "Mooi licht. Hier is het alleen water.", answers("first-ferry"), counts(0, 7)),
		note("nachtzug", 10*minute, "de", "@marta Wir haben euch von der Brücke aus gesehen.", answers("first-ferry"), counts(1, 15)),
		note("ines", 8*minute, "en", "@marta Cardamom is a kind of weather.", answers("first-ferry"), counts(2, 21)),
	}
}
