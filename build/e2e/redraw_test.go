package e2e

import "testing"

func testRedraw(t *testing.T, s *fixture) { redraw(t, s.stoppable(t), visitor{t, chromium{s.tab(t)}}) }

// TestRedrawEngines looks in each engine at what a redrawn post does with what stands in it.
func TestRedrawEngines(t *testing.T) {
	engines := chosenEngines(t)
	s := newFixture(t)
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) { redraw(t, s.stoppable(t), visitor{t, e.start(t)}) })
	}
}

// redraw changes a post under its reader's eyes: the film in it goes on, the focus, the selection and an open fold stay.
func redraw(t *testing.T, i *stoppableFixture, v visitor) {
	server := "#/i/" + i.host("hafenlicht")
	v.visit(i.site)
	v.waitForView("#/")
	v.follow(server)
	v.wait("a film and a fold", `(() => {
		window.film = document.querySelector("main article video[controls]");
		window.fold = document.querySelector("main article details.cw");
		return film && fold;
	})()`)
	v.wait("a film that plays", `(() => {
		film.muted = film.loop = true;
		film.play();
		window.post = film.closest("article");
		post.querySelector("a.when").focus();
		getSelection().selectAllChildren(post.querySelector(".name"));
		fold.open = true;
		return film.currentTime > 0;
	})()`)
	chosen := v.text("getSelection().toString()")
	if chosen == "" {
		t.Fatal("nothing is selected")
	}
	if n := i.demo.Edit("deniz", "Thirty-six frames", "Thirty-seven frames"); n == 0 {
		t.Fatal("no post was edited")
	}
	v.wait("the edited post", `(document.dispatchEvent(new Event("visibilitychange")), post.innerText.includes("Thirty-seven frames"))`)
	for what, holds := range map[string]string{
		"the post is the same":       "post.isConnected",
		"the film is the same":       "post.contains(film)",
		"it plays":                   "!film.paused",
		"the focus stays":            `document.activeElement === post.querySelector("a.when")`,
		"the selection stays":        "getSelection().toString() === " + js(chosen),
		"the fold is open":           "fold.isConnected && fold.open",
		"no post stands there twice": `new Set([...document.querySelectorAll("main [role=feed] article")].map((a) => a.dataset.uri)).size === document.querySelectorAll("main [role=feed] article").length`,
	} {
		if got := v.text("String(Boolean(" + holds + "))"); got != "true" {
			t.Errorf("not so: %s", what)
		}
	}
}
