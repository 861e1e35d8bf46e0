package snapshot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

const oneDay = 24 * time.Hour

func TestEntriesThatLeaveAWebFeedStayInTheArchive(t *testing.T) {
	s, m := newStage(t), newSmallServer(t)
	feed := "[[feed]]\nname = \"town\"\naddresses = [\"http://" + m.host + "/feed.xml\"]\nlanguage = \"de\"\n"
	m.entries = []string{"four", "three", "two", "one"}
	s.run(feed)
	m.entries = []string{"six", "five", "four"}
	m.lost = []string{"two"} // taken from the website
	for range 31 {
		s.after(oneDay, feed)
	}
	s.expect("after a cycle", "six five four three one", "six", "five", "four", "three", "two", "one")
	if asked := slices.ContainsFunc(m.asked, func(path string) bool { return strings.HasPrefix(path, "/api/") }); asked {
		t.Errorf("an API was asked for what stands in a web feed: %v", m.asked)
	}
}

func TestAnEntryThatIsTakenOutOfAWebFeedIsLookedUp(t *testing.T) {
	s, m := newStage(t), newSmallServer(t)
	feed := "[[feed]]\nname = \"town\"\naddresses = [\"http://" + m.host + "/feed.xml\"]\nlanguage = \"de\"\n"
	m.entries = []string{"three", "two", "one"}
	s.run(feed)
	m.entries, m.lost = []string{"three", "one"}, []string{"two"}
	s.after(time.Hour, feed)
	s.expect("in the next run", "three one", "three", "two", "one")
}

func TestOneAnswerThatAllIsGoneAfterALongOutageTakesNothingAway(t *testing.T) {
	s, m := newStage(t), newSmallServer(t)
	m.write("one", "two")
	s.run(m.feed())
	for _, answer := range []struct {
		after  time.Duration
		status int
		want   string
	}{
		{time.Hour, 503, "two one"}, {8 * oneDay, 410, "two one"}, {time.Hour, 410, "two one"}, {oneDay, 404, "two one"}, {oneDay, 403, "two one"}, {4 * oneDay, 401, "two one"}, {2 * oneDay, 410, ""},
	} {
		m.status = answer.status
		s.after(answer.after, m.feed())
		s.expect(fmt.Sprintf("after %v more, %d", answer.after, answer.status), answer.want, "two", "one")
	}
}

func TestAnEmptyListTakesNothingAwayForADay(t *testing.T) {
	s, m := newStage(t), newSmallServer(t)
	m.write("one", "+boosted", "two")
	s.run(m.feed())
	whole := m.posts
	m.posts = nil
	s.after(time.Hour, m.feed())
	s.after(20*time.Hour, m.feed())
	s.expect("while nothing is listed", "two boosted one", "two", "boosted", "one")
	m.posts = whole
	s.after(time.Hour, m.feed())
	s.expect("when it is listed again", "two boosted one", "two", "boosted", "one")
	m.posts = nil
	for range 4 {
		s.after(oneDay, m.feed())
	}
	s.expect("when it is meant", "", "two", "boosted", "one")
}

func TestAClosedAPIIsNotGoneAroundByAWebFeed(t *testing.T) {
	s, m := newStage(t), newSmallServer(t)
	m.write("one")
	m.entries = []string{"elsewhere"}
	s.run(m.feed())
	m.status = 401
	if r := s.after(oneDay, m.feed()); r.Failed != 1 {
		t.Errorf("%+v", r)
	}
	s.expect("closed", "one", "one", "elsewhere")
	if st := s.status("town").Sources["@town@"+m.host]; st.Kind != "NeedsLogin" {
		t.Errorf("%+v", st)
	}
}

func TestWhatTheProfileAsksForHoldsForAllOfItsPosts(t *testing.T) {
	s, m := newStage(t), newSmallServer(t)
	for n := range 30 {
		m.write(fmt.Sprintf("post%d", n))
	}
	m.write("+boosted")
	feed := m.feed("limit = 5")
	s.run(m.feed("limit = 40"))
	s.expect("before", "post29 post1 boosted", "post29", "post1", "boosted")
	m.note = "#nobot"
	s.after(oneDay, feed)
	s.expect("with #nobot in the bio", "", "post29", "post1", "boosted")
}

func TestAMarkedPostThatIsThereAgainIsAsBefore(t *testing.T) {
	s, m := newStage(t), newSmallServer(t)
	m.write("one", "two", "three")
	feed := m.feed(`deletions = "record"`, "limit = 1")
	s.run(m.feed(`deletions = "record"`))
	m.status = 410
	for range 10 {
		s.after(oneDay, feed)
	}
	if n := strings.Count(s.file("feeds/town/2026.html"), "Am Ursprung nicht mehr vorhanden"); n != 3 {
		t.Fatalf("%d posts are marked", n)
	}
	m.status = 0
	for range 31 {
		s.after(oneDay, feed)
	}
	if n := strings.Count(s.file("feeds/town/2026.html"), "Am Ursprung nicht mehr vorhanden"); n != 0 {
		t.Errorf("%d posts are still marked", n)
	}
}

func TestALongPauseOfRunsIsMadeUpFor(t *testing.T) {
	s, m := newStage(t), newSmallServer(t)
	texts := []string{}
	for n := range 12 {
		texts = append(texts, fmt.Sprintf("post%d", n))
	}
	m.write(texts...)
	s.run(m.feed("limit = 40"))
	for _, p := range m.posts[2:] {
		m.gone = append(m.gone, p["id"].(string))
	}
	m.posts = m.posts[:2]
	m.write("new0", "new1", "new2", "new3", "new4")
	s.after(45*oneDay, m.feed("limit = 3"))
	s.expect("after a month and a half", "", texts[:10]...)
}

func TestChoicesHoldForWhatIsKept(t *testing.T) {
	s, m := newStage(t), newSmallServer(t)
	m.write("one", "re two", "+three", "four")
	s.run(m.feed("replies = true"))
	s.expect("with all", "one re two three four", "one", "re two", "three", "four")
	s.after(time.Hour, m.feed("replies = false"))
	s.expect("without answers", "one three four", "one", "re two", "three", "four")
	s.after(time.Hour, m.feed("replies = false", "boosts = false"))
	s.expect("without boosts", "one four", "one", "re two", "three", "four")
}

func TestAnAddressWrittenInAnotherWayKeepsItsPosts(t *testing.T) {
	s, m := newStage(t), newSmallServer(t)
	m.write("one", "two", "three")
	s.run(m.feed())
	s.after(time.Hour, strings.Replace(m.feed("limit = 1"), "@town@"+m.host, "http://"+m.host+"/@town", 1))
	s.expect("afterwards", "three two one", "three", "two", "one")
}

func TestAPostThatIsThereThoughNotListedIsAskedForOnceADay(t *testing.T) {
	s, m := newStage(t), newSmallServer(t)
	m.write("one", "two", "three")
	s.run(m.feed())
	hidden := m.posts
	listed := []object{hidden[0], hidden[2]}
	count := func() (n int) {
		for _, path := range m.asked {
			if path == "/api/v1/statuses/"+hidden[1]["id"].(string) {
				n++
			}
		}
		return n
	}
	m.posts = listed
	m.kept = hidden
	for range 5 {
		s.after(time.Minute, m.feed())
	}
	s.expect("not listed", "three two one", "three", "two", "one")
	if n := count(); n > 2 { // two: midnight may pass
		t.Errorf("asked for %d times", n)
	}
}
