package snapshot

import (
	"strings"
	"testing"
	"time"

	"vitrine/build/demo"
)

func TestAFailingSourceLeavesItsLastGoodCopy(t *testing.T) {
	both := town + `
[[feed]]
name = "library"
addresses = ["@bibliothek@norderau.localhost:PORT", "@marta@hafenlicht.localhost:PORT"]
`
	s := newTestSite(t)
	s.run(both)
	before := s.files()
	s.demo.Fail("norderau", "/", demo.ServerError)
	s.demo.Fail("norderau.localhost", "/", demo.ServerError)
	if err := s.demo.Publish("hafenlicht", "marta", "Still here."); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(time.Hour)
	r := s.run(both)
	after := s.files()
	if r.Failed != 2 || after["feeds/town/index.html"] != before["feeds/town/index.html"] || len(after["feeds/town/index.html"]) == 0 {
		t.Errorf("%+v", r)
	}
	if page := after["feeds/library/index.html"]; !strings.Contains(page, "Still here.") || !strings.Contains(page, "bibliothek") {
		t.Error("the other source didn't go on")
	}
	if st := s.status("town"); st.OK || st.Sources["@rathaus@norderau.localhost:"+s.port].Kind != "ServerError" {
		t.Errorf("%+v", st)
	}
	if !strings.Contains(s.log.String(), "@rathaus@norderau.localhost") {
		t.Errorf("nothing was logged: %s", s.log.String())
	}
	s.demo.ClearFailures()
	s.now = s.now.Add(time.Hour)
	if r := s.run(both); r.Failed != 0 {
		t.Errorf("after it was mended: %+v", r)
	}
}

func TestAnAccountThatIsGoneIsKeptForAWeekAndNoLonger(t *testing.T) {
	s := newTestSite(t)
	s.run(town)
	s.demo.Fail("norderau.localhost", "/api/", demo.Gone)
	for _, step := range []struct {
		after time.Duration
		there bool
	}{{time.Hour, true}, {6 * 24 * time.Hour, true}, {2 * 24 * time.Hour, false}} {
		s.now = s.now.Add(step.after)
		s.run(town)
		if there := strings.Contains(s.file("feeds/town/index.html"), "Weihnachtsbaum"); there != step.there {
			t.Errorf("after %v more: %v", step.after, there)
		}
	}
}

func TestAPauseThatAServerAsksForIsWaitedFor(t *testing.T) {
	s := newTestSite(t)
	s.demo.Fail("norderau.localhost", "/api/", demo.TooManyRequests)
	r := s.run(town) // the demo's pause is longer than the run may wait
	if r.Failed != 1 || s.status("town").Sources["@rathaus@norderau.localhost:"+s.port].Kind != "RateLimited" || r.Requests["norderau.localhost:"+s.port] > 1 {
		t.Errorf("%+v %+v", r, s.status("town"))
	}
}
