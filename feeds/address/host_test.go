package address

import (
	"strings"
	"testing"
)

func TestCleanHost(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"a.example": "a.example", "A.Example": "a.example", "a.example.": "a.example", "a.example.:8443": "a.example:8443",
		"a.example:443": "a.example", "a.example:80": "a.example:80", "localhost:80": "localhost", "localhost:443": "localhost:443",
		"[::1]": "[::1]", "[0:0::1]:81": "[::1]:81", "[2001:DB8::1]:443": "[2001:db8::1]", "8.8.8.8": "8.8.8.8",
		"Bücher.example": "xn--bcher-kva.example", "xn--bcher-kva.example": "xn--bcher-kva.example", "例え.テスト": "xn--r8jz45g.xn--zckzah",
		"": "", ".": "", ":80": "", "a": "", "a.example:": "", "a.example:http": "", "a.example:-1": "", "a.example:65536": "", "a b.example": "",
		"[::1": "", "::1]": "", "[::1]x": "", "[a.example]": "", "[8.8.8.8]": "", "1.2.3": "", "a.1": "", "01.2.3.4": "", "a.example/x": "", "a@b.example": "",
		"a–b.example": "", "ada\u200d.example": "", strings.Repeat("a", 64) + ".example": "", strings.Repeat("ü", 64) + ".example": "",
		strings.Repeat("a.", 130) + "example": "",
	} {
		if got, ok := CleanHost(given); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v, want %q", given, got, ok, want)
		}
	}
}

// The samples of RFC 3492, section 7.1, lower case.
func TestPunycode(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"ليهمابتكلموشعربي؟": "egbpdaj6bu4bxfgehfvwxn", "他们为什么不说中文": "ihqwcrb4cv8a8dqg056pqjye",
		"pročprostěnemluvíčesky": "proprostnemluvesky-uyb24dma41a", "למההםפשוטלאמדבריםעברית": "4dbcagdahymbxekheh6e0a7fei0b",
		"почемужеонинеговорятпорусски": "b1abfaaepdrnnbgefbadotcwatmq2g4l", "3年b組金八先生": "3b-ww4c5e180e575a65lsy2b",
		"そのスピードで": "d9juau41awczczp", "bücher": "bcher-kva", "ü": "tda", "𐍈": "2c8c",
	} {
		if got := punycode(given); got != want {
			t.Errorf("%s: %q, want %q", given, got, want)
		}
	}
}

func TestHostsOfThisMachineAndNetwork(t *testing.T) {
	t.Parallel()
	const (
		public = iota
		private
		loopback
	)
	for host, want := range map[string]int{
		"localhost": loopback, "LOCALHOST:80": loopback, "a.localhost:8081": loopback, "a.localhost.": loopback, "127.0.0.1": loopback,
		"127.9.9.9:1": loopback, "[::1]:8081": loopback, "[::ffff:127.0.0.1]": loopback,
		"10.0.0.1": private, "192.168.1.1:80": private, "172.20.0.1": private, "100.64.0.1": private, "169.254.169.254": private,
		"0.0.0.0": private, "255.255.255.255": private, "224.0.0.1": private, "[fe80::1]": private, "[fd00::1]": private, "[::]": private,
		"[::ffff:10.0.0.1]:443": private, "[2002:a00:1::]": private, "[64:ff9b::a00:1]": private,
		"router": private, "router.local": private, "db.internal": private, "nas.lan:8443": private, "x.home.arpa": private,
		"a.example": public, "8.8.8.8": public, "172.32.0.1": public, "[2606:4700::1]:443": public, "notlocalhost.example": public,
		"localhost.example": public, "local.example": public, "127.0.0.1.example": public,
	} {
		if got := IsLoopback(host); got != (want == loopback) {
			t.Errorf("IsLoopback(%s) = %v", host, got)
		}
		if got := IsPrivate(host); got != (want != public) {
			t.Errorf("IsPrivate(%s) = %v", host, got)
		}
	}
}

func TestLoopbackIsSpokenToOverPlainHTTP(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"a.localhost:8081": "http://a.localhost:8081", "[::1]": "http://[::1]", "127.0.0.1:81": "http://127.0.0.1:81",
		"a.example": "https://a.example", "10.0.0.1:8080": "https://10.0.0.1:8080",
	} {
		if got := Origin(host); got != want {
			t.Errorf("%s: %s, want %s", host, got, want)
		}
	}
}
