package e2e

import (
	"encoding/json"
	"io/fs"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/app/words"
	"vitrine/web"
)

// asIntl writes what written asks for with the browser's Intl: in British English, whose order of dates is ours, and in Western digits. Spaces
// count as one kind: a no-break one is written wherever a line shouldn't end.
const asIntl = `((language, written) => {
	const name = (language === "en" ? "en-GB" : language) + "-u-nu-latn";
	const date = (how) => (at) => new Intl.DateTimeFormat(name, { timeZone: "UTC", ...how }).format(at * 1000);
	const number = (how, by = 1) => (n) => new Intl.NumberFormat(name, how).format(n * by);
	const short = { day: "numeric", month: "short" }, long = { day: "numeric", month: "long", year: "numeric" };
	const ways = {
		...Object.fromEntries(["kilobyte", "megabyte", "gigabyte", "terabyte", "minute", "hour"].map((unit) => [unit, number({ style: "unit", unit, unitDisplay: "short" }, 0.1)])),
		number: number({}), percent: number({ style: "percent" }, 0.01),
		tenths: number({ maximumFractionDigits: 1 }, 0.1), clock: date({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
		day: date(short), "day of a year": date({ ...short, year: "numeric" }), date: date(long), "month of a year": date({ month: "long", year: "numeric" }), weekday: date({ weekday: "long" }),
	};
	return written.map(([way, value]) => ways[way](value));
})`

// testIntl compares dates and numbers, which the same tables write in the program, in its first screens and in static pages, with what the browser
// itself would write.
func testIntl(t *testing.T, s *fixture) {
	p := s.tab(t)
	p.open(s.site + "about.html")
	files, err := fs.Glob(web.Files, "locales/*.json")
	if err != nil || len(files) < 12 {
		t.Fatalf("locales: %v, %v", files, err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(web.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		w, err := words.Load(data)
		if err != nil {
			t.Fatal(err)
		}
		language := w.Lang()
		var asked [][2]any
		var ours []string
		add := func(way string, value int, text string) {
			asked, ours = append(asked, [2]any{way, value}), append(ours, text)
		}
		for _, n := range []int{0, 7, 999, 1000, 1234, 9999, 10_000, 12_345, 1_234_567} {
			add("number", n, w.Number(n))
		}
		for n := range 101 {
			add("percent", n, w.Percent(n, 100))
		}
		add("tenths", 97, w.Tenths(97))
		for i, unit := range []string{"kilobyte", "megabyte", "gigabyte", "terabyte"} {
			add(unit, 21, w.Bytes(2100*int64(math.Pow10(3*i))))
		}
		if language != "en" { // "mins" and "hrs": the symbols of the units say the same without a plural
			at := time.Date(2028, 1, 1, 12, 0, 0, 0, time.UTC)
			add("minute", 140, w.Ago(at, at.Add(14*time.Minute), nil))
			add("hour", 30, w.Ago(at, at.Add(3*time.Hour), nil))
		}
		for day := range 366 {
			at := time.Date(2028, 1, 1+day, day%24, day%60, 0, 0, time.UTC)
			stamp := int(at.Unix())
			add("clock", stamp, w.Clock(at))
			sameYear := time.Date(2028, 12, 31, 23, 0, 0, 0, time.UTC)
			if day > 180 {
				sameYear = time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC)
			}
			add("day", stamp, w.Ago(at, sameYear, nil))
			add("day of a year", stamp, w.Ago(at, at.AddDate(3, 0, 0), nil))
			add("date", stamp, w.Date(at))
			add("month of a year", stamp, w.MonthYear(at))
			weekday, _, _ := strings.Cut(w.Full(at), strconv.Itoa(at.Day()))
			add("weekday", stamp, strings.Trim(weekday, " ,،\u2068\u2069"))
		}
		list, err := json.Marshal(asked)
		if err != nil {
			t.Fatal(err)
		}
		theirs := eval[[]string](p, asIntl+"("+js(language)+","+string(list)+")")
		wrong := 0
		for i, want := range theirs {
			if plainSpaces(ours[i]) != plainSpaces(want) {
				if wrong++; wrong <= 10 {
					t.Errorf("%s: %s of %v is %q, of the browser %q", language, asked[i][0], asked[i][1], ours[i], want)
				}
			}
		}
	}
}

func plainSpaces(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)
}
