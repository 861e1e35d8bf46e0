package address

import "testing"

func TestAddressesOfBridgedNetworksNameTheirCopies(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Bridge{
		" https://bsky.app/profile/ada.example ":                {Network: "Bluesky", User: "ada.example", Domain: "bsky.brid.gy", Asked: true},
		"https://bsky.app/profile/ada.example/post/3kabc":       {Network: "Bluesky", User: "ada.example", Domain: "bsky.brid.gy", Asked: true, Post: "https://bsky.brid.gy/convert/ap/at://ada.example/app.bsky.feed.post/3kabc"},
		"https://bsky.app/profile/did:plc:xyz/post/3kabc":       {Network: "Bluesky", Domain: "bsky.brid.gy", Asked: true, Post: "https://bsky.brid.gy/convert/ap/at://did:plc:xyz/app.bsky.feed.post/3kabc"},
		"https://www.threads.net/@ada":                          {Network: "Threads", User: "ada", Domain: "threads.net"},
		"https://threads.com/@ada/post/Cx1?xmt=1":               {Network: "Threads", User: "ada", Domain: "threads.net"},
		"https://bsky.app/":                                     {},
		"https://bsky.app/profile/":                             {},
		"https://bsky.app/profile/did:plc:xyz":                  {},
		"https://bsky.app/profile/a b/post/3k":                  {},
		"https://threads.net/ada":                               {},
		"https://social.example/profile/ada":                    {},
		"bsky.app/profile/ada.example":                          {},
		"https://bsky.app.evil.example/profile/ada.example":     {},
		"javascript://bsky.app/profile/ada.example/%0aalert(1)": {},
	} {
		got, ok := Bridged(text)
		if ok != (want != Bridge{}) || ok && got != want {
			t.Errorf("%q: %+v, %v", text, got, ok)
		}
	}
}
