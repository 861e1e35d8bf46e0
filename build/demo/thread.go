package demo

import (
	"fmt"
	"strings"
	"time"

	pic "vitrine/build/demo/pictures"
)

// readingRoom is the large conversation: an ancestor that a guest may not see, an author's chain of seven, more replies
// than a server hands out to a guest at once, replies that only their own server has, and answers to posts that are
// missing.
func readingRoom() []draft {
	const start = 9 * hour
	out := []draft{
		note("jo", start+40*minute, "en", "Does anyone still go to a library to read the paper paper?", key("paper-paper"), counts(6, 44)),
		note("stille", start+30*minute, "de", "Ich. Jeden Morgen. Bitte nicht weitersagen.", key("not-for-all"), answers("paper-paper"), followersOnly),
		note("bibliothek", start, "de", "1/7 Ja. Heute früh: sieben Menschen, vierzehn Zeitungen, eine Thermoskanne, null Gespräche. Ein kurzer Rundgang durch unseren Lesesaal, Tisch für Tisch. #Lesesaal",
			key("reading-room-1"), answers("not-for-all"), counts(142, 517), photo(pic.Shelf, pic.Dusk, 26, "Drei volle Bücherregale, von oben beleuchtet.")),
	}
	for i, text := range []string{
		"Tisch 1: die Frau mit dem Lineal. Sie misst Kreuzworträtsel aus, bevor sie sie löst. Seit 2009.",
		"Tisch 2: zwei Brüder, eine Zeitung, in der Mitte geteilt. Getauscht wird um Punkt elf.",
		"Tisch 3: ein Mann, der nur Wetter liest. Aus anderen Städten. Manchmal seufzt er bei Lissabon.",
		"Tisch 4: eine Schülerin, die „nur kurz“ hier ist. Wir haben ihr ein Schildchen gedruckt.",
		"Tisch 5: die Nachtpförtnerin vom Fährhaus. Sie liest nicht. Sie wärmt die Hände an der Thermoskanne und bewacht alle.",
		"Tisch 6 bleibt frei. Er ist für Sie.",
	} {
		out = append(out, note("bibliothek", start-time.Duration(i+1)*2*minute, "de", fmt.Sprintf("%d/7 %s", i+2, text),
			key(fmt.Sprintf("reading-room-%d", i+2)), answers(fmt.Sprintf("reading-room-%d", i+1)), counts(9+i, 98+11*i)))
	}
	return append(out, conversation("reading-room-1", start-20*minute, 5*minute, readingRoomReplies)...)
}

// conversation reads replies from lines "user language: text", two spaces deeper below the one that they answer. A mark
// before the text says "[home]" for a post that never left its server, "[private]" for one for followers, "[cw TEXT]".
func conversation(root string, from, pace time.Duration, lines string) []draft {
	var out []draft
	parents := []string{root}
	for i, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		text := strings.TrimLeft(line, " ")
		depth := (len(line) - len(text)) / 2
		head, body, _ := strings.Cut(text, ": ")
		user, lang, _ := strings.Cut(head, " ")
		k := fmt.Sprintf("%s-reply-%d", root, i+1)
		d := note(user, from-time.Duration(i)*pace, lang, body, key(k), answers(parents[depth]), counts(i%3, 1+i*29%67))
		readMark(&d)
		out = append(out, d)
		parents = append(parents[:depth+1], k)
	}
	return out
}

func readMark(d *draft) {
	mark, text, found := strings.Cut(d.text, "] ")
	if !found || !strings.HasPrefix(mark, "[") {
		return
	}
	d.text = text
	switch kind, words, _ := strings.Cut(mark[1:], " "); kind {
	case "home":
		d.homeOnly = true
	case "private":
		d.visibility = "private"
	case "cw":
		d.warning, d.sensitive = words, true
	}
}

const readingRoomReplies = `
marta en: Table 5 is me. The thermos is me too. Sorry about the cardamom.
  bibliothek de: Das Kardamom steht inzwischen im Inventar.
    ines en: I need this library in my life and in my street.
      nachtzug de: Nachtzug hält 06:12 direkt davor. Nur so.
        ines en: Booked.
          nachtzug de: Wagen 21, Fensterplatz, Blick auf die Rückgabeklappe.
            ines en: Is there soup?
              nachtzug de: Es ist immer Suppe da.
                marta en: It is true. I have met the soup.
  backstube de: [cw Essen] Wir spenden die Krümel. Der Lesesaal hat sie nicht bestellt, aber gezählt.
    bibliothek de: 214. Wir zählen alles.
yusuf ar: عندنا طاولة واحدة وجريدة واحدة وعشرون رأيًا.
  marta en: Twenty opinions is a quorum.
    yusuf ar: لذلك لا نصوّت أبدًا.
  teichwirt en: [home] We have four million opinions and no table.
    marta en: Have you tried suitcases?
    jo en: Put it to the geese.
imprimerie fr: Quatorze journaux ! Chez nous le chat en lit un seul, mais en dormant dessus.
  bibliothek de: Ein gründlicher Leser.
    imprimerie fr: Il commence toujours par la fin.
      sluis nl: Net als het water.
midori ja: 六番の席、予約できますか。ちょっと遠いのですが。
  bibliothek de: Reserviert. Der Tisch wartet gern.
    midori ja: ありがとうございます。本も持っていきます。
      petersilie de: Bring eine Pflanze mit, der Tisch hat Südlage.
        bibliothek de: Südlage ja, Gießkanne nein. Bitte nicht mehr gießen, das war der Globus.
          petersilie de: Das erklärt Australien.
observatorio es: Preguntamos por el hombre de la mesa 3: ¿también lee el cielo de Peña Alta?
  bibliothek de: Donnerstags. Er nickt dabei.
    observatorio es: Díganle que el jueves despejamos por él.
      wetterwarte en: Forecast for table 3: clearing from the west.
        tilda en: Otto, you are not supposed to do other people's tables.
          wetterwarte en: Noted. Gusts.
lumen en: May I come and not photograph table 6?
  bibliothek de: Sehr gern. Bitte ohne Blitz nicht fotografieren.
    lumen en: I will leave the camera on the sill and look at the light instead.
      jo en: So, a photograph.
        lumen en: A slow one.
kettenblatt de: Das Lineal von Tisch 1 haben wir neulich entgratet. Kostenlos. Sie hat nachgemessen.
  bibliothek de: Und?
    kettenblatt de: Vier Zehntel. Wir durften bleiben.
rathaus de: Die Stadtverwaltung stellt fest, dass Tisch 6 städtisch ist.
  bibliothek de: Die Bibliothek stellt fest, dass Sie selten kommen.
    rathaus de: Die Stadtverwaltung kommt am Sonntag.
      bibliothek de: Mit Thermoskanne, bitte.
        rathaus de: Ein Antrag auf Thermoskanne wurde gestellt.
          hafenamt de: Der Antrag hat 15 Minuten Verspätung.
            rathaus de: Grund?
              hafenamt de: Möwe.
deniz tr: Makine dairesinde gazete yok ama motor her sabah başlıkları okur.
  marta en: What does it say today?
    deniz tr: "Bugün de döndük."
rui pt: Na minha terra o jornal lê-se no elétrico, por cima do ombro de um desconhecido.
  ines pt: E vira-se a página com um suspiro, para avisar.
    rui pt: Dois suspiros se for o desporto.
orto it: Geometra ha mangiato il giornale. Dice che l'editoriale era secco.
  petersilie en: Ours too, but we blame the weather.
sluis nl: [home] Ik lees de krant van gisteren. Dan weet ik dat het goed is afgelopen.
  gece tr: [home] Ben yarınki gazeteyi bekliyorum, o da vapurla geliyor.
stille de: [private] Ich bin die an Tisch 4.
  bibliothek de: Das Schildchen gefällt Ihnen hoffentlich.
  jo en: I have no idea whom you are answering, and I like it.
umland en: We would like to record the silence at eleven, when the brothers swap. Would that be allowed?
  bibliothek de: Solange Sie leise schneiden.
    umland en: We will use paper scissors.
      bibliothek de: Dann bitte in der Zeitschriftenecke.
        umland en: Understood. Episode 42: Eleven o'clock.
crew en: Server note: this thread is why we bought the second disk.
  tilda en: It is at 4 %.
    crew en: We like to be early.
petersilie en: What do they do about the crossword? Does ruler lady leave it blank for the others?
  bibliothek de: Sie löst es in Bleistift und radiert am Abend. Für den Nächsten.
    petersilie en: I am not crying, it is the fleece.
      marta en: She erases very gently. I have heard it.
        jo en: What does it sound like?
          marta en: Like a very small ferry.
gece tr: Altıncı masaya bir çay bırakın, soğursa vapur getirir.
  bibliothek de: Wird gemacht. Mit Untertasse.
jo en: To answer my own question, then: yes. Seven people. Eight from Sunday.
  bibliothek de: Tisch 6?
    jo en: Standing. I am used to it.
      hafenamt de: Stehplätze im Lesesaal fallen nicht in unsere Zuständigkeit, wir wünschen aber gute Fahrt.
        jo en: Ding ding.
          marta en: Ding.
            backstube de: Ding, und Brot ist da.
              nachtzug de: Bitte einsteigen und leise sein.
nachtzug de: Wir legen ab morgen eine Ihrer Zeitungen in den Speisewagen. Von gestern, wie es sich gehört.
  sluis nl: Zo hoort het.
midori ja: 閉館五分前の音楽は、何ですか。
  bibliothek de: Ein Löffel an einer Tasse. Zweimal.
    midori ja: 完璧です。
`
