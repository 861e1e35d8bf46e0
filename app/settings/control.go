package settings

import "strconv"

// Set returns the settings after a control was changed. name is the control's; value is what a field or a choice holds, on is the state
// of a switch. What no control can be set to becomes the default; an unknown name changes nothing.
func (s Settings) Set(name, value string, on bool) Settings {
	switch name {
	case "theme":
		s.Theme = value
	case "size":
		s.TextSize = number(value)
	case "face":
		s.Serif = value == "serif"
	case "lang":
		s.Language = value
	case "cw":
		s.OpenWarnings = on
	case "nsfw":
		s.ShowSensitive = on
	case "autoplay":
		s.Autoplay = on
	case "saver":
		s.DataSaver = on
	case "counts":
		s.HideCounts = !on
	case "boosts":
		s.HideBoosts = !on
	case "badge":
		s.Badge = on
	case "keep":
		s.KeepDays = number(value)
	}
	return s.Valid()
}

// number reads a whole number; 0 for what is none.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
