package syndication

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// halfOfDay reads what tells the halves of a day on a clock of twelve hours.
func halfOfDay(s string) string {
	for _, half := range [...]string{"am am a.m 上午 午前 오전 πμ", "pm pm p.m 下午 午後 오후 μμ"} {
		for word := range strings.FieldsSeq(half[3:]) {
			if rest, ok := strings.CutPrefix(s, word); ok {
				if r, _ := utf8.DecodeRuneInString(rest); rest == "" || !unicode.IsLetter(r) {
					return half[:2]
				}
			}
		}
	}
	return ""
}

// monthNames has for each month how its names begin in the languages that templates write. Where one begins as another does, the
// longer one counts.
// Source: https://cldr.unicode.org, for cs, da, de, el, en, es, fi, fr, hu, it, nb, nl, pl, pt, ro, ru, sv, tr, uk.
var monthNames = [12]string{
	"jan jän ene gen sty led tam oca ιαν ian янв січ",
	"feb fév fev lut úno hel şub φεβ фев лют",
	"mar mär mrz mrt maart març bře maalis már μαρ μάρ мар бер",
	"apr avr abr kwi dub huh nis απρ ápr апр кві",
	"may mai mei mag maj kvě tou máj μαι μαϊ μαΐ μάι май мая тра",
	"jun juin giu cze čvn červn červen kes haz ιουν ιούν jún iun июн чер",
	"jul juil lug lip čvc červenc heinä tem ιουλ ιούλ júl iul июл лип",
	"aug aoû aou ago sie srp elo ağu αυγ αύγ авг сер",
	"sep set wrz zář syy eyl σεπ szept сен вер",
	"oct okt ott out paź říj lok eki οκτ окт жов",
	"nov lis marras kas νοε νοέ noi noe ноя лис",
	"dec déc dez dic des gru pro jou ara δεκ дек гру",
}

// monthOf returns the month that a word is the name of, in lower case; 0 for none.
func monthOf(w string) int {
	month, longest := 0, 0
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			if len(name) > longest && strings.HasPrefix(w, name) {
				month, longest = i+1, len(name)
			}
		}
	}
	return month
}

// zoneOffset knows the zones of RFC 822 and those others that feeds write. A name that means several is that of the most feeds.
func zoneOffset(name string) (seconds int, known bool) {
	hours := 0
	switch name {
	case "GMT", "UT", "UTC", "Z", "WET":
	case "EST", "CDT":
		hours = -5
	case "EDT", "AST":
		hours = -4
	case "CST", "MDT":
		hours = -6
	case "MST", "PDT":
		hours = -7
	case "PST", "AKDT":
		hours = -8
	case "AKST":
		hours = -9
	case "HST":
		hours = -10
	case "ADT", "BRT", "ART":
		hours = -3
	case "BST", "CET", "MET", "MEZ", "WEST", "WAT":
		hours = 1
	case "CEST", "MEST", "MESZ", "EET", "SAST":
		hours = 2
	case "EEST", "MSK":
		hours = 3
	case "MSD", "GST":
		hours = 4
	case "IST":
		return 5*3600 + 1800, true
	case "SGT", "HKT", "AWST":
		hours = 8
	case "JST", "KST":
		hours = 9
	case "AEST":
		hours = 10
	case "AEDT":
		hours = 11
	case "NZST":
		hours = 12
	case "NZDT":
		hours = 13
	default:
		return 0, false
	}
	return hours * 3600, true
}
