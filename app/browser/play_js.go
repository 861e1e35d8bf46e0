//go:build js && wasm

package browser

// PlayFrom plays the film or sound of a post from a second on.
func PlayFrom(key string, second int) {
	posts := document().Call("querySelectorAll", "article[data-key]")
	for i := range posts.Length() {
		if posts.Index(i).Get("dataset").Get("key").String() != key {
			continue
		}
		player := posts.Index(i).Call("querySelector", "video, audio")
		if !player.Truthy() {
			return
		}
		player.Set("currentTime", second)
		settle(player.Call("play"), func(bool) {}) // a browser may refuse; its own button is there
		player.Call("scrollIntoView", map[string]any{"block": "nearest"})
		return
	}
}
