package address

import (
	"strings"
	"unicode/utf8"
)

// punycode encodes a label that isn't ASCII, without "xn--". It is at most quadratic in the label, which is why a label that
// can't become a valid one is cut off. Source: RFC 3492, section 6.3; the names of variables are those of the RFC.
func punycode(label string) string {
	const base, initialBias, initialN = 36, 72, 128
	runes := []rune(label)
	if len(runes) > 63 {
		runes = runes[:64] // too long for DNS already, and stays it
	}
	var out strings.Builder
	for _, r := range runes {
		if r < utf8.RuneSelf {
			out.WriteRune(r)
		}
	}
	b := out.Len()
	if b > 0 {
		out.WriteByte('-')
	}
	n, delta, bias := rune(initialN), 0, initialBias
	for h := b; h < len(runes); n++ {
		m := nextRune(runes, n)
		delta += int(m-n) * (h + 1)
		n = m
		for _, r := range runes {
			if r < n {
				delta++
			}
			if r != n {
				continue
			}
			q := delta
			for k := base; ; k += base {
				t := min(max(k-bias, 1), 26)
				if q < t {
					break
				}
				out.WriteByte(punycodeDigit(t + (q-t)%(base-t)))
				q = (q - t) / (base - t)
			}
			out.WriteByte(punycodeDigit(q))
			bias = adapt(delta, h+1, h == b)
			delta = 0
			h++
		}
		delta++
	}
	return out.String()
}

// nextRune returns the least rune that is n or more. There is one as long as runes are left to encode.
func nextRune(runes []rune, n rune) rune {
	least := rune(utf8.MaxRune)
	for _, r := range runes {
		if r >= n {
			least = min(least, r)
		}
	}
	return least
}

// adapt is the bias for the next delta: RFC 3492, section 6.1.
func adapt(delta, points int, first bool) int {
	const base, skew, damp = 36, 38, 700
	if first {
		delta /= damp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for ; delta > (base-1)*26/2; k += base {
		delta /= base - 1
	}
	return k + base*delta/(delta+skew)
}

func punycodeDigit(d int) byte { return "abcdefghijklmnopqrstuvwxyz0123456789"[d] }
