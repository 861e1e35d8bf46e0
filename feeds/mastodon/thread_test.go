package mastodon

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// answerTo is a status that answers another, one minute later for each step of its id.
func answerTo(id, parent string) string {
	s := strings.Replace(toot(id), "T10:00:00", "T10:0"+id+":00", 1)
	return strings.TrimSuffix(s, "}") + fmt.Sprintf(`,"in_reply_to_id":%q}`, parent)
}

func idsOf(posts []*feeds.Post) string {
	var ids []string
	for _, p := range posts {
		ids = append(ids, p.Sightings[0].ID)
	}
	return strings.Join(ids, " ")
}

func TestContextOfAConversationIsSplitAroundThePost(t *testing.T) {
	t.Parallel()
	older := "[" + answerTo("2", "1") + "," + strings.Replace(toot("1"), "T10:00", "T10:01", 1) + "]"
	younger := "[" + strings.Join([]string{answerTo("6", "5"), answerTo("5", "4"), answerTo("7", "2"), answerTo("8", "gone"), answerTo("9", "7")}, ",") + "]"
	body := `{"ancestors":` + older + `,"descendants":` + younger + `}`
	tests := []struct {
		quirks       Quirks
		above, below string
	}{
		{Quirks{}, "2 1", "6 5 7 8 9"},
		{Quirks{ThreadIsConversation: true}, "1 2", "5 6 8"}, // 7 and 9 answer somebody else
	}
	for _, tt := range tests {
		s, _ := serveQuirks(tt.quirks, map[string]feedstest.Answered{"/api/v1/statuses/4/context": {Body: body}})
		above, below, err := s.Context(context.Background(), "4")
		if err != nil {
			t.Fatal(err)
		}
		if idsOf(above) != tt.above || idsOf(below) != tt.below {
			t.Errorf("%+v: above %s, below %s", tt.quirks, idsOf(above), idsOf(below))
		}
	}
}

func TestConversationInACircleEnds(t *testing.T) {
	t.Parallel()
	body := `{"ancestors":[],"descendants":[` + answerTo("5", "6") + `,` + answerTo("6", "5") + `]}`
	s, _ := serveQuirks(Quirks{ThreadIsConversation: true}, map[string]feedstest.Answered{"/api/v1/statuses/4/context": {Body: body}})
	if _, below, err := s.Context(context.Background(), "4"); err != nil || len(below) != 0 {
		t.Errorf("%s, %v", idsOf(below), err)
	}
}

func TestContextThatIsMissingInParts(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]feeds.Kind{
		`{}`: "", `[]`: "", `{"ancestors":null,"descendants":[]}`: "",
		`{"ancestors":{},"descendants":{"3":` + toot("9") + `}}`: "",
		`{"ancestors":[5]}`:     feeds.BadData,
		`[` + toot("9") + `]`:   feeds.BadData,
		`{"ancestors":[],"desc`: feeds.BadData,
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/4/context": {Body: body}})
		if _, _, err := s.Context(context.Background(), "4"); feeds.KindOf(err) != want {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestPostOfABoostIsWhatWasBoosted(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/8": {Body: boost("8", "3")}})
	p, err := s.Post(context.Background(), "8")
	if err != nil || p.Sightings[0].ID != "3" {
		t.Errorf("%+v, %v", p, err)
	}
}
