package demo

import pic "vitrine/build/demo/pictures"

// pondPosts are people of the large server, who write in the languages of half the world: French, Spanish, Japanese.
func pondPosts() []draft {
	return []draft{
		note("imprimerie", 42*minute, "fr", "Nous avons retrouvé une casse entière de Garamond corps 12 dans le grenier. Trois lettres manquent : le k, le w et, bien sûr, l’esperluette.\n\n#typographie #plomb",
			key("garamond"), counts(22, 103),
			card(linkCard{
				url: "https://papier.example/carnet/grenier", title: "Ce que disait le grenier : carnet d’un sauvetage", provider: "papier.example", author: "La Petite Imprimerie",
				text: "Comment trier quarante kilos de plomb sans perdre patience.", scene: picture(pic.Typecase, pic.Dusk, 5), alt: "Une casse de caractères en bois, une case vide.", lang: "fr", days: 2,
			})),
		note("imprimerie", 8*hour, "fr", "Atelier ouvert samedi : venez composer votre marque-page. Enfants bienvenus, doigts noirs garantis.", key("bookmark-atelier"), counts(17, 52)),
		note("imprimerie", day+6*hour, "fr", "Le chat Bodoni a dormi sur l’épreuve de la page 12. L’empreinte est si nette que nous la gardons.", counts(61, 430)),
		note("imprimerie", 3*day+8*hour, "fr", "Question du matin : faut-il une espace avant le point-virgule ? Réponse du soir : une fine ; et du respect.", counts(83, 377)),
		note("imprimerie", 5*day+9*hour, "fr", "Nouvelle affiche, deux passages, une seule erreur (elle est belle, cherchez-la). #typographie", counts(35, 240), sized(800, 1200, pic.Specimen, pic.Noon, 2, "Une affiche typographique : une grande lettre noire, des lignes de capitales, un filet rouge."), focus(0, 0.4)),
		note("imprimerie", 9*day+9*hour, "fr", "On nous demande si le plomb est lourd. Non. Ce sont les adjectifs qui pèsent.", counts(120, 702)),
		note("imprimerie", 15*day+9*hour, "fr", "Hier, une dame de 91 ans a composé son prénom de mémoire, à l’envers, en onze secondes. Elle avait été apprentie ici en 1951.", counts(410, 2205)),
		note("imprimerie", 23*day+9*hour, "fr", "Il neige des confettis de papier dans l’atelier : nous avons réglé le massicot.", counts(14, 118)),
		note("imprimerie", 34*day, "fr", "Règle de la maison : on ne rit pas d’une coquille, on l’adopte.", pinned, counts(55, 380)),

		note("observatorio", 13*hour, "es", "Anoche, 47 meteoros en una hora desde la cúpula norte. El frío: seis bajo cero. El café: insuficiente.", key("peak-47"), counts(32, 190),
			photo(pic.Stars, pic.Winter, 11, "Un cielo nocturno lleno de estrellas sobre una sierra oscura, con la cúpula de un observatorio."), focus(0.4, -0.5)),
		note("observatorio", 2*day+10*hour, "es", "Un niño preguntó si las estrellas saben que las miramos. El astrónomo de guardia pidió cinco minutos y un pañuelo. #astronomía", counts(290, 1503)),
		note("observatorio", 4*day+11*hour, "es", "Esta noche no se ve nada. Venid igualmente: sabemos describirlo.", counts(97, 540)),
		note("observatorio", 8*day+10*hour, "es", "Hemos limpiado el espejo principal. El universo estaba igual, pero nosotros nos sentimos mejor.", counts(44, 311)),
		note("observatorio", 12*day+11*hour, "es", "Lista de cosas que nos confundieron con un cometa: la farola del pueblo, un dron, la linterna de Paco, un cometa.", counts(134, 760)),
		note("observatorio", 17*day+10*hour, "es", "Viernes sin luna, puertas abiertas. Traed abrigo, preguntas y, si es posible, más café.", pinned, counts(21, 140)),
		note("observatorio", 29*day+10*hour, "es", "El telescopio pequeño cumple sesenta años. Sigue enfocando mejor que el personal.", counts(70, 488)),

		note("midori", 9*hour+20*minute, "ja", "雨の日曜日。古い図書館の閲覧室で、百年前の新聞を一枚ずつめくっています。広告のほうが記事より面白いのは、今も昔も同じですね。", counts(14, 76)),
		note("midori", day+11*hour, "ja", "", rich("<p>今日読んだ詩の題は<ruby>硝子<rp>（</rp><rt>ガラス</rt><rp>）</rp></ruby>の<ruby>雨傘<rp>（</rp><rt>あまがさ</rt><rp>）</rp></ruby>。読み方を知らないまま十年も持ち歩いていました。</p>"), counts(26, 160)),
		note("midori", 4*day+9*hour, "ja", "古本に挟まっていた切符は、もう走っていない路線のものでした。しおりとして、まだ現役です。 #読書", counts(48, 290)),
		note("midori", 10*day+9*hour, "ja", "銭湯の下駄箱で、前の人が「坊っちゃん」を忘れていった。番台に預けたら、番台さんが読み始めた。", counts(77, 512)),
		note("midori", 19*day+9*hour, "ja", "本棚を整理したはずなのに、なぜか本が二冊増えている。猫ではありません。", counts(31, 260), photo(pic.Shelf, pic.Dusk, 61, "背表紙がぎっしり並んだ三段の本棚。")),
		note("midori", 27*day+9*hour, "ja", "いちばん静かな音は、閉館五分前の音楽が始まる直前の音です。", pinned, counts(90, 611)),
	}
}

// farPosts are the rest of the pond: Portuguese, Turkish, Italian, Dutch, and its keeper.
func farPosts() []draft {
	return []draft{
		note("rui", 15*hour, "pt", "Hoje subi a colina com trinta e dois turistas e um peixe-espada. O peixe pagou bilhete.", counts(19, 144)),
		note("rui", 3*day+15*hour, "pt", "Uma senhora disse-me: «Vá devagar, que eu já cheguei.» Fui devagar o dia todo.", counts(112, 640)),
		note("rui", 9*day+15*hour, "pt", "Manual do guarda-freio, página única: o travão é uma conversa.", counts(40, 233)),
		note("rui", 21*day+15*hour, "pt", "Nevoeiro no rio. A cidade emprestou o horizonte a alguém e ainda não o devolveram.", counts(33, 240), photo(pic.Street, pic.Fog, 23, "Uma rua de casas estreitas ao fim da tarde, com candeeiros acesos.")),
		note("gece", 6*hour+30*minute, "tr", "Son vapur, son çay. Bardaklar toplandı ama sohbet masada kaldı.", counts(20, 151)),
		note("gece", 2*day+7*hour, "tr", "Bugün iskelede biri denize özür diledi. Sebebini sormadık. Deniz de sormadı.", counts(66, 502)),
		note("gece", 6*day+7*hour, "tr", "Yağmurda güverte boş sanılır. Değildir: yağmur da yolcudur.", counts(38, 301), photo(pic.Rain, pic.Storm, 27, "Karanlık bir pencerede yağmur damlaları, arkada şehrin bulanık ışıkları.")),
		note("gece", 16*day+7*hour, "tr", "Martılar grevde. Talepleri: daha taze simit.", counts(81, 590)),
		note("orto", 19*hour, "it", "Il primo gelo è passato in punta di piedi. Le fave hanno fatto finta di dormire.", counts(11, 92)),
		note("orto", 6*day+19*hour, "it", "Consiglio agrario del nonno: «Se hai dubbi, pota. Se non hai dubbi, aspetta.»", counts(50, 333), photo(pic.Hills, pic.Autumn, 29, "Colline d’autunno a strati, con un sole basso e pallido.")),
		note("orto", 13*day+19*hour, "it", "Geometra oggi ha misurato il confine a morsi. Il vicino non contesta.", counts(72, 466)),
		note("sluis", 5*hour+40*minute, "nl", "Vandaag drie schepen, één kano en een matras geschut. De matras had voorrang van rechts.", counts(25, 210)),
		note("sluis", 4*day+5*hour, "nl", "Wie haast heeft, moet niet varen. Wie vaart, heeft geen haast meer. Zo werkt een sluis.", counts(44, 320)),
		note("sluis", 12*day+5*hour, "nl", "Het water staat laag. De reiger staat hoog. Samen kloppen ze.", counts(30, 199), photo(pic.Harbour, pic.Winter, 30, "Een haven in winterlicht, met pakhuizen en een kraan.")),
		note("sluis", 26*day+5*hour, "nl", "Al 37 jaar dezelfde deuren. Ze piepen nog steeds in dezelfde toon, ik neurie inmiddels mee.", counts(61, 410)),
		note("teichwirt", 20*hour, "en", "The pump was off for nine minutes. 84 000 people wrote “is it just me”. It was not just you.", counts(310, 1902)),
		note("teichwirt", 9*day, "en", "Why our live feeds are for members: the pond is large and the bank is narrow. Profiles, hashtags and single posts stay open to everybody.", pinned, key("bank"), counts(140, 820)),
		note("teichwirt", 24*day, "de", "Froschzählung abgeschlossen. Ergebnis: ja.", counts(77, 615)),
		boost("teichwirt", 12*hour, "last-place"),
		boost("midori", 20*hour, "last-place"),
	}
}
