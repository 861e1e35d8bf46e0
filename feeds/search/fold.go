package search

import "unicode"

// halfKatakana are the full forms of U+FF66 to U+FF9D.
const halfKatakana = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"

// fold returns a letter or digit without case and accents; 0 for what is dropped from words, as combining marks.
func fold(r rune) rune {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return max(r, ' ')
	case 0xC0 <= r && r < 0x250:
		return table(foldLatin, r-0xC0)
	case 0x300 <= r && r < 0x370, dropped(r):
		return 0
	case 0x370 <= r && r < 0x530:
		return table(foldGreek, r-0x370)
	case 0x600 <= r && r < 0x700:
		return foldArabic(r)
	case 0x1E00 <= r && r < 0x2000:
		return table(foldMore, r-0x1E00)
	case 0xFF01 <= r && r <= 0xFF5E:
		return fold(r - 0xFEE0)
	case 0xFF66 <= r && r <= 0xFF9D:
		return rune(halfKatakana[3*(r-0xFF66)]&0x0F)<<12 | rune(halfKatakana[3*(r-0xFF66)+1]&0x3F)<<6 | rune(halfKatakana[3*(r-0xFF66)+2]&0x3F)
	case 0x1D400 <= r && r < 0x1D6A4: // letters in the many styles of mathematics, by which people adorn their posts
		if n := (r - 0x1D400) % 52; n < 26 {
			return 'a' + n
		} else {
			return 'a' + n - 26
		}
	case 0x1D7CE <= r && r <= 0x1D7FF:
		return '0' + (r-0x1D7CE)%10
	}
	return unicode.ToLower(r)
}

// table reads a letter of two bytes.
func table(t string, i rune) rune { return rune(t[2*i])<<8 | rune(t[2*i+1]) }

// dropped are the points of Hebrew and Arabic, joiners, soft hyphens, variation selectors and the voicing marks of half-width kana.
func dropped(r rune) bool {
	switch {
	case 0x591 <= r && r <= 0x5C7, 0x610 <= r && r <= 0x61A, 0x64B <= r && r <= 0x65F, r == 0x670, r == 0x640, r == 0xAD, r == 0x200C, r == 0x200D, r == 0x2060,
		0xFE00 <= r && r <= 0xFE0F, r == 0xFEFF, 0x1AB0 <= r && r <= 0x1AFF, 0x20D0 <= r && r <= 0x20FF, r == 0xFF9E, r == 0xFF9F, 0x3099 <= r && r <= 0x309A:
		return true
	}
	return false
}

// foldArabic joins the forms of letters that people write for one another.
func foldArabic(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى':
		return 'ي'
	case 'ة':
		return 'ه'
	}
	if 0x660 <= r && r <= 0x669 {
		return '0' + r - 0x660
	}
	return r
}

// pair reports a letter of a script that writes no spaces between words, or few: its words are pairs of letters.
func pair(r rune) bool {
	switch {
	case r < 0xE01:
		return false
	case r <= 0xE4E, 0xE81 <= r && r <= 0xECD, 0x1000 <= r && r <= 0x109F, 0x1780 <= r && r <= 0x17D3, // Thai, Lao, Burmese, Khmer
		r == 0x3005, r == 0x3007, 0x3041 <= r && r <= 0x30FF && r != 0x30FB && r != 0x30A0, 0x31F0 <= r && r <= 0x31FF, // kana
		0x3400 <= r && r <= 0x4DBF, 0x4E00 <= r && r <= 0x9FFF, 0xF900 <= r && r <= 0xFAFF, 0x20000 <= r && r <= 0x3FFFF, // Han
		0xAC00 <= r && r <= 0xD7A3: // Hangul, whose words grow by endings
		return true
	}
	return false
}

// ofWord reports a letter, digit or mark of a script that writes spaces.
func ofWord(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}
