package words

// plural returns the category of a whole number in a language: "one", "other" and what its grammar distinguishes besides. A language that isn't
// known here has "one" for 1.
// Source: https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
func plural(lang string, n int) string {
	n = max(n, -n)
	switch lang {
	case "fr", "pt":
		if n <= 1 {
			return "one"
		}
		return millions(n)
	case "es", "it":
		if n != 1 {
			return millions(n)
		}
	case "cs":
		if n >= 2 && n <= 4 {
			return "few"
		}
	case "pl":
		switch ten := n % 10; {
		case n == 1:
		case ten >= 2 && ten <= 4 && n/10%10 != 1:
			return "few"
		default:
			return "many"
		}
	case "ar":
		switch hundred := n % 100; {
		case n == 0:
			return "zero"
		case n == 2:
			return "two"
		case hundred >= 3 && hundred <= 10:
			return "few"
		case hundred >= 11:
			return "many"
		}
	}
	if n == 1 {
		return "one"
	}
	return "other"
}

// millions is the category of a number in Romance languages, which say "de" after a million.
func millions(n int) string {
	if n > 0 && n%1_000_000 == 0 {
		return "many"
	}
	return "other"
}
