package lemmy

import (
	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// The types below hold what is read of all three APIs: what v3 writes as actor_id and published, v4 writes as ap_id and
// published_at, and PieFed has names of its own for some. Counts stand beside an object (v3, PieFed) or in it (v4).
// Sources: https://github.com/LemmyNet/lemmy-js-client/tree/main/src/types and the schemas of
// https://piefed.social/api/alpha/swagger

// page is a part of a list. Each route and each API has its own name for what it lists.
type page struct {
	Posts       []view         `json:"posts"`
	Comments    []view         `json:"comments"`
	Communities []view         `json:"communities"`
	Users       []view         `json:"users"`
	Items       []view         `json:"items"`   // v4
	Content     []view         `json:"content"` // of a person, early v4
	Search      []view         `json:"search"`  // early v4
	Results     []view         `json:"results"` // early v4
	Next        apiclient.Text `json:"next_page"`
}

// view is an object with what belongs to it. Which of them is set says what it is.
type view struct {
	Post      *post      `json:"post"`
	Comment   *comment   `json:"comment"`
	Creator   *person    `json:"creator"`
	Community *community `json:"community"`
	Person    *person    `json:"person"`
	Counts    counts     `json:"counts"`
	Image     struct {
		Width  apiclient.Number `json:"width"`
		Height apiclient.Number `json:"height"`
	} `json:"image_details"`
	Replies    []view         `json:"replies"`        // PieFed
	Banned     apiclient.Bool `json:"banned"`         // of a person, v4
	BanExpires string         `json:"ban_expires_at"` // v4
}

// counts are all that is counted of anything.
type counts struct {
	Comments      apiclient.Number `json:"comments"` // of a post
	Score         apiclient.Number `json:"score"`
	Upvotes       apiclient.Number `json:"upvotes"`
	Children      apiclient.Number `json:"child_count"`         // of a comment
	Posts         apiclient.Number `json:"posts"`               // of a community, or a server
	PostCount     apiclient.Number `json:"post_count"`          // of a person; of PieFed's communities
	Subscribers   apiclient.Number `json:"subscribers"`         // of a community
	Subscriptions apiclient.Number `json:"subscriptions_count"` // PieFed
	AllSubscribed apiclient.Number `json:"total_subscriptions_count"`
	Users         apiclient.Number `json:"users"`       // of a server
	LocalUsers    apiclient.Number `json:"local_users"` // v4
	LocalPosts    apiclient.Number `json:"local_posts"` // v4
	ActiveMonth   apiclient.Number `json:"users_active_month"`
}

// contribution is what posts and comments have in common.
type contribution struct {
	counts
	ID          apiclient.Text `json:"id"`
	Removed     apiclient.Bool `json:"removed"`
	Deleted     apiclient.Bool `json:"deleted"`
	Published   string         `json:"published"`
	PublishedAt string         `json:"published_at"`
	Updated     string         `json:"updated"`
	UpdatedAt   string         `json:"updated_at"`
	EditedAt    string         `json:"edited_at"` // PieFed
	APID        string         `json:"ap_id"`
	Local       apiclient.Bool `json:"local"`
	Body        string         `json:"body"` // of a comment PieFed's
	Language    apiclient.Text `json:"language_id"`
	Reactions   []reaction     `json:"emoji_reactions"` // PieFed
}

func (w *contribution) isDeleted() bool { return withdrawn(w.Removed, w.Deleted) != nil }

// withdrawn is why something isn't there any more; nil when it is.
func withdrawn(removed, deleted apiclient.Bool) error {
	switch {
	case removed == apiclient.Yes:
		return feeds.ErrRemoved
	case deleted == apiclient.Yes:
		return apiclient.ErrDeleted
	}
	return nil
}

type post struct {
	contribution
	Name        string         `json:"name"`
	Title       string         `json:"title"` // PieFed
	URL         string         `json:"url"`
	NSFW        apiclient.Bool `json:"nsfw"`
	CreatorID   apiclient.Text `json:"creator_id"`
	UserID      apiclient.Text `json:"user_id"` // PieFed
	EmbedTitle  string         `json:"embed_title"`
	EmbedText   string         `json:"embed_description"`
	EmbedVideo  string         `json:"embed_video_url"`
	Thumbnail   string         `json:"thumbnail_url"`
	ContentType string         `json:"url_content_type"` // 0.19.4 and later
	Alt         string         `json:"alt_text"`
	OnTop       apiclient.Bool `json:"featured_community"`
	OnTopHere   apiclient.Bool `json:"featured_local"`
	Sticky      apiclient.Bool `json:"sticky"`          // PieFed, in the community
	StickyHere  apiclient.Bool `json:"instance_sticky"` // PieFed, on the server

	// PieFed alone.
	Type  string `json:"post_type"`
	Tags  string `json:"tags"`
	Image struct {
		Width  apiclient.Number `json:"width"`
		Height apiclient.Number `json:"height"`
	} `json:"image_details"`
	Gallery []string `json:"gallery"`
	Poll    *poll    `json:"poll"`
	Event   *event   `json:"event"`
}

type reaction struct {
	Token string           `json:"token"`
	URL   string           `json:"url"`
	Count apiclient.Number `json:"count"`
}

type poll struct {
	Ends    string `json:"end_poll"`
	Mode    string `json:"mode"`
	Choices []struct {
		Text  string           `json:"choice_text"`
		Votes apiclient.Number `json:"num_votes"`
	} `json:"choices"`
}

type event struct {
	Start    string `json:"start"`
	End      string `json:"end"`
	Link     string `json:"online_link"`
	Location struct {
		Address string `json:"address"`
		City    string `json:"city"`
		Country string `json:"country"`
	} `json:"location"`
}

type comment struct {
	contribution
	PostID  apiclient.Text `json:"post_id"`
	Content string         `json:"content"`
	Path    string         `json:"path"` // "0.100.200": the comments above and itself
}

type person struct {
	counts
	ID          apiclient.Text `json:"id"`
	Name        string         `json:"name"`
	UserName    string         `json:"user_name"` // PieFed
	DisplayName string         `json:"display_name"`
	Title       string         `json:"title"` // PieFed: the display name
	Avatar      string         `json:"avatar"`
	Banner      string         `json:"banner"`
	Bio         string         `json:"bio"`
	About       string         `json:"about"` // PieFed
	Published   string         `json:"published"`
	PublishedAt string         `json:"published_at"`
	ActorID     string         `json:"actor_id"`
	APID        string         `json:"ap_id"` // v4
	Local       apiclient.Bool `json:"local"`
	Deleted     apiclient.Bool `json:"deleted"`
	Banned      apiclient.Bool `json:"banned"`      // from the whole server; v3, PieFed
	BanExpires  string         `json:"ban_expires"` // v3; missing where it has no end
	BotAccount  apiclient.Bool `json:"bot_account"`
	Bot         apiclient.Bool `json:"bot"` // PieFed
	Fields      []struct {
		Label string `json:"label"`
		Text  string `json:"text"`
	} `json:"extra_fields"` // PieFed
}

type community struct {
	counts
	ID          apiclient.Text `json:"id"`
	Name        string         `json:"name"`
	Title       string         `json:"title"`
	Description string         `json:"description"` // v3, PieFed: long; early v4: one line
	Sidebar     string         `json:"sidebar"`     // v4
	Removed     apiclient.Bool `json:"removed"`
	Deleted     apiclient.Bool `json:"deleted"`
	Hidden      apiclient.Bool `json:"hidden"`
	ModsOnly    apiclient.Bool `json:"posting_restricted_to_mods"`
	Restricted  apiclient.Bool `json:"restricted_to_mods"` // PieFed
	Banned      apiclient.Bool `json:"banned"`             // PieFed
	Visibility  string         `json:"visibility"`
	Published   string         `json:"published"`
	PublishedAt string         `json:"published_at"`
	ActorID     string         `json:"actor_id"`
	APID        string         `json:"ap_id"` // v4
	Local       apiclient.Bool `json:"local"`
	Icon        string         `json:"icon"`
	Banner      string         `json:"banner"`
}

// single is the answer of a route that names one object.
type single struct {
	Post       *view  `json:"post_view"`
	Comment    *view  `json:"comment_view"`
	Person     *view  `json:"person_view"`
	Community  *view  `json:"community_view"`
	CrossPosts []view `json:"cross_posts"`
	page              // of v3's persons: what they wrote
}

// site is https://join-lemmy.org/api/v3#tag/Site and .../v4; PieFed has what is in site_view one step above.
type site struct {
	View struct {
		Site      *siteText `json:"site"`
		LocalSite struct {
			counts
			Private apiclient.Bool `json:"private_instance"`
		} `json:"local_site"`
		Counts counts `json:"counts"`
	} `json:"site_view"`
	Site       *siteText        `json:"site"` // PieFed
	Version    string           `json:"version"`
	Admins     []view           `json:"admins"`
	Languages  []language       `json:"all_languages"`
	Discussion []apiclient.Text `json:"discussion_languages"`
}

type siteText struct {
	Name        string           `json:"name"`
	Description string           `json:"description"`
	Summary     string           `json:"summary"` // v4
	Sidebar     string           `json:"sidebar"`
	SidebarMD   string           `json:"sidebar_md"` // PieFed, whose sidebar is HTML
	Icon        string           `json:"icon"`
	Banner      string           `json:"banner"`
	ActorID     string           `json:"actor_id"`
	APID        string           `json:"ap_id"` // v4
	Users       apiclient.Number `json:"user_count"`
	Languages   []language       `json:"all_languages"`
}

type language struct {
	ID   apiclient.Text `json:"id"`
	Code string         `json:"code"`
}
