package markup

import (
	"strings"
	"testing"
)

func TestBlurhashGivesTheColoursOfAPicture(t *testing.T) {
	// A single component is the mean colour itself.
	got, ok := decodeBlurhash("00"+encode83(0xff8000, 4), 2, 1)
	if !ok || strings.Join(got, " ") != "#ff8000 #ff8000" {
		t.Errorf("one colour: %v, %v", got, ok)
	}
	// Two components across with a positive wave: bright at the left, dark at the right.
	got, ok = decodeBlurhash("1~"+encode83(0x808080, 4)+encode83(18*361+18*19+18, 2), 2, 1)
	if !ok || got[0] <= "#808080" || got[1] >= "#808080" {
		t.Errorf("a slope: %v, %v", got, ok)
	}
}

func encode83(n, length int) string {
	b := make([]byte, length)
	for i := length - 1; i >= 0; i-- {
		b[i] = base83[n%83]
		n /= 83
	}
	return string(b)
}

func TestWhatIsNoBlurhashDrawsNothing(t *testing.T) {
	for _, hash := range []string{"", "0", "00000", "LEHV6nWB2yk8pyo0adR*.7kCMdn", "0000\"0", "é00000", "~00000", strings.Repeat("0", 400)} {
		if n := blurred(hash); n.Tag != "" {
			t.Errorf("%q draws %v", hash, n)
		}
	}
	if n := blurred("LEHV6nWB2yk8pyo0adR*.7kCMdnj"); len(find(n, func(n Node) bool { return n.Tag == "rect" })) != blurColumns*blurRows {
		t.Errorf("a good one draws %v", n)
	}
}

func FuzzBlurhash(f *testing.F) {
	f.Add("LEHV6nWB2yk8pyo0adR*.7kCMdnj")
	f.Add("00OZZy")
	f.Add("")
	f.Fuzz(func(t *testing.T, hash string) {
		if err := check(blurred(hash)); err != nil {
			t.Error(err)
		}
	})
}
