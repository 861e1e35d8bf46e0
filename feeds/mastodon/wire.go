package mastodon

import (
	"vitrine/feeds/apiclient"
	"vitrine/feeds/jsontext"
)

// The structs below are what servers send, of which only what is used is named. Every field may be missing, null, or of a type
// that it shouldn't have. Strings that have always been strings are plain strings.

// status is https://docs.joinmastodon.org/entities/Status/ with what forks add.
type status struct {
	ID                 apiclient.Text             `json:"id"`
	URI                string                     `json:"uri"`
	URL                string                     `json:"url"`
	Account            *account                   `json:"account"`
	CreatedAt          string                     `json:"created_at"`
	EditedAt           string                     `json:"edited_at"`
	Content            string                     `json:"content"`
	SpoilerText        string                     `json:"spoiler_text"`
	Sensitive          apiclient.Bool             `json:"sensitive"`
	Visibility         string                     `json:"visibility"`
	Language           string                     `json:"language"`
	InReplyToID        apiclient.Text             `json:"in_reply_to_id"`
	InReplyToAccountID apiclient.Text             `json:"in_reply_to_account_id"`
	InReplyToStatus    *status                    `json:"in_reply_to_status"` // Friendica
	Reblog             *status                    `json:"reblog"`
	Quote              *quote                     `json:"quote"`
	QuoteID            apiclient.Text             `json:"quote_id"`
	Media              apiclient.List[attachment] `json:"media_attachments"`
	Mentions           apiclient.List[mention]    `json:"mentions"`
	Tags               apiclient.List[tag]        `json:"tags"`
	Emojis             apiclient.List[emoji]      `json:"emojis"`
	Poll               *poll                      `json:"poll"`
	Card               *card                      `json:"card"`
	Application        *application               `json:"application"`
	RepliesCount       apiclient.Number           `json:"replies_count"`
	ReplyCount         apiclient.Number           `json:"reply_count"` // Pixelfed
	ReblogsCount       apiclient.Number           `json:"reblogs_count"`
	FavouritesCount    apiclient.Number           `json:"favourites_count"`
	QuotesCount        apiclient.Number           `json:"quotes_count"`
	EmojiReactions     apiclient.List[reaction]   `json:"emoji_reactions"` // Akkoma, Fedibird, kmyblue
	Pleroma            *pleroma                   `json:"pleroma"`
	Akkoma             *akkoma                    `json:"akkoma"`
	Friendica          *friendica                 `json:"friendica"`
}

// quote is Mastodon's {state, quoted_status | quoted_status_id}, or the quoted status itself (Fedibird, Akkoma, Friendica).
type quote struct {
	status
	State          string         `json:"state"`
	QuotedStatus   *status        `json:"quoted_status"`
	QuotedStatusID apiclient.Text `json:"quoted_status_id"`
}

type pleroma struct {
	EmojiReactions     apiclient.List[reaction] `json:"emoji_reactions"`
	Quote              *quote                   `json:"quote"`
	QuoteID            apiclient.Text           `json:"quote_id"`
	QuoteURL           string                   `json:"quote_url"`
	QuotesCount        apiclient.Number         `json:"quotes_count"`
	InReplyToAcct      string                   `json:"in_reply_to_account_acct"`
	APID               string                   `json:"ap_id"`       // of an account
	Deactivated        apiclient.Bool           `json:"deactivated"` // an account
	HideFollowersCount apiclient.Bool           `json:"hide_followers_count"`
	HideFollowsCount   apiclient.Bool           `json:"hide_follows_count"`
}

type akkoma struct {
	InReplyToAPID string `json:"in_reply_to_apid"`
}

type friendica struct {
	Title string `json:"title"`
}

// account is https://docs.joinmastodon.org/entities/Account/
type account struct {
	ID             apiclient.Text        `json:"id"`
	URI            string                `json:"uri"`
	URL            string                `json:"url"`
	Username       string                `json:"username"`
	Acct           string                `json:"acct"`
	FQN            string                `json:"fqn"` // Pleroma: acct with the domain
	DisplayName    string                `json:"display_name"`
	Note           string                `json:"note"`
	Fields         apiclient.List[field] `json:"fields"`
	Avatar         string                `json:"avatar"`
	AvatarStatic   string                `json:"avatar_static"`
	Header         string                `json:"header"`
	HeaderStatic   string                `json:"header_static"`
	Emojis         apiclient.List[emoji] `json:"emojis"`
	Bot            apiclient.Bool        `json:"bot"`
	Group          apiclient.Bool        `json:"group"`
	Locked         apiclient.Bool        `json:"locked"`
	Suspended      apiclient.Bool        `json:"suspended"`
	Limited        apiclient.Bool        `json:"limited"`
	Memorial       apiclient.Bool        `json:"memorial"`
	Moved          *account              `json:"moved"`
	CreatedAt      string                `json:"created_at"`
	LastStatusAt   string                `json:"last_status_at"`
	StatusesCount  apiclient.Number      `json:"statuses_count"`
	FollowersCount apiclient.Number      `json:"followers_count"`
	FollowingCount apiclient.Number      `json:"following_count"`
	NoIndex        apiclient.Bool        `json:"noindex"`
	Indexable      apiclient.Bool        `json:"indexable"`
	Discoverable   apiclient.Bool        `json:"discoverable"`
	Roles          apiclient.List[role]  `json:"roles"`
	Pleroma        *pleroma              `json:"pleroma"`
	Other          *other                `json:"other_settings"`
}

// other is what Fedibird and kmyblue add to an account.
type other struct {
	NoIndex            apiclient.Bool `json:"noindex"`
	HideStatusesCount  apiclient.Bool `json:"hide_statuses_count"`
	HideFollowersCount apiclient.Bool `json:"hide_followers_count"`
	HideFollowingCount apiclient.Bool `json:"hide_following_count"`
}

type field struct {
	Name       string `json:"name"`
	Value      string `json:"value"`
	VerifiedAt string `json:"verified_at"`
}

type role struct {
	Name string `json:"name"`
}

type emoji struct {
	Shortcode string `json:"shortcode"`
	URL       string `json:"url"`
	StaticURL string `json:"static_url"`
}

type mention struct {
	ID       apiclient.Text `json:"id"`
	Username string         `json:"username"`
	URL      string         `json:"url"`
	Acct     string         `json:"acct"`
}

// tag is a hashtag of a status, of a profile (with a count), or a trend (with a history).
type tag struct {
	Name          string              `json:"name"`
	URL           string              `json:"url"`
	StatusesCount apiclient.Number    `json:"statuses_count"`
	History       apiclient.List[use] `json:"history"`
}

// use is one day of https://docs.joinmastodon.org/entities/Tag/#history; all three are numerals in strings.
type use struct {
	Day      apiclient.Number `json:"day"` // seconds since 1970
	Accounts apiclient.Number `json:"accounts"`
	Uses     apiclient.Number `json:"uses"`
}

type reaction struct {
	Name      string           `json:"name"`
	Count     apiclient.Number `json:"count"`
	URL       string           `json:"url"`
	StaticURL string           `json:"static_url"`
}

type application struct {
	Name    string `json:"name"`
	Website string `json:"website"`
}

// attachment is https://docs.joinmastodon.org/entities/MediaAttachment/
type attachment struct {
	Type        string `json:"type"`
	URL         string `json:"url"`
	PreviewURL  string `json:"preview_url"`
	RemoteURL   string `json:"remote_url"`
	Description string `json:"description"`
	Blurhash    string `json:"blurhash"`
	Meta        meta   `json:"meta"`
	License     struct {
		Title string `json:"title"`
		URL   string `json:"url"`
	} `json:"license"` // Pixelfed
}

// meta has the sizes of what was uploaded and of its preview; Sharkey writes them into meta itself.
type meta struct {
	frame
	Original frame  `json:"original"`
	Small    frame  `json:"small"`
	Length   string `json:"length"` // of films and sounds, as "0:01:28.65"
	Focus    struct {
		X apiclient.Number `json:"x"`
		Y apiclient.Number `json:"y"`
	} `json:"focus"`
}

type frame struct {
	Width    apiclient.Number `json:"width"`
	Height   apiclient.Number `json:"height"`
	Size     string           `json:"size"`     // "640x480"
	Duration apiclient.Number `json:"duration"` // seconds
}

// poll is https://docs.joinmastodon.org/entities/Poll/
type poll struct {
	ID          apiclient.Text         `json:"id"`
	ExpiresAt   string                 `json:"expires_at"`
	Expired     apiclient.Bool         `json:"expired"`
	Multiple    apiclient.Bool         `json:"multiple"`
	VotesCount  apiclient.Number       `json:"votes_count"`
	VotersCount apiclient.Number       `json:"voters_count"`
	Options     apiclient.List[choice] `json:"options"`
	Emojis      apiclient.List[emoji]  `json:"emojis"`
}

type choice struct {
	Title      string           `json:"title"`
	VotesCount apiclient.Number `json:"votes_count"`
}

// card is https://docs.joinmastodon.org/entities/PreviewCard/ without its html, which is never used.
type card struct {
	URL              string                 `json:"url"`
	Title            string                 `json:"title"`
	Description      string                 `json:"description"`
	Type             string                 `json:"type"`
	ProviderName     string                 `json:"provider_name"`
	AuthorName       string                 `json:"author_name"`
	Authors          apiclient.List[byline] `json:"authors"` // 4.3 and later
	Image            string                 `json:"image"`
	ImageDescription string                 `json:"image_description"`
	Width            apiclient.Number       `json:"width"`
	Height           apiclient.Number       `json:"height"`
	Blurhash         string                 `json:"blurhash"`
	Language         string                 `json:"language"`
	PublishedAt      string                 `json:"published_at"`
	History          apiclient.List[use]    `json:"history"` // in trends only
}

type byline struct {
	Name    string   `json:"name"`
	Account *account `json:"account"` // in the fediverse
}

type conversation struct {
	Ancestors   jsontext.Raw `json:"ancestors"`
	Descendants jsontext.Raw `json:"descendants"`
}

type results struct {
	Accounts apiclient.List[account] `json:"accounts"`
	Statuses apiclient.List[status]  `json:"statuses"`
	Hashtags apiclient.List[tag]     `json:"hashtags"`
}

// instance is https://docs.joinmastodon.org/entities/Instance/ and its predecessor, entities/V1_Instance/, in one: they share
// no name with two meanings, and some softwares mix them.
type instance struct {
	Domain           string                 `json:"domain"` // v2
	URI              string                 `json:"uri"`    // v1: the same; Pleroma and GoToSocial write a URL
	AccountDomain    string                 `json:"account_domain"`
	Title            string                 `json:"title"`
	Version          string                 `json:"version"`
	SourceURL        string                 `json:"source_url"`
	ShortDescription string                 `json:"short_description"` // v1
	Description      string                 `json:"description"`       // v1: the long one; v2: the short one
	Email            string                 `json:"email"`             // v1
	ContactAccount   *account               `json:"contact_account"`   // v1
	Contact          contact                `json:"contact"`           // v2
	Languages        apiclient.List[string] `json:"languages"`
	Rules            apiclient.List[rule]   `json:"rules"`
	Thumbnail        picture                `json:"thumbnail"`
	Icon             apiclient.List[icon]   `json:"icon"`
	Stats            struct {               // v1
		Users    apiclient.Number `json:"user_count"`
		Statuses apiclient.Number `json:"status_count"`
	} `json:"stats"`
	Usage struct { // v2
		Users struct {
			ActiveMonth apiclient.Number `json:"active_month"`
		} `json:"users"`
	} `json:"usage"`
	Configuration struct {
		Access timelinesAccess `json:"timelines_access"` // 4.5 and later
	} `json:"configuration"`
	Fedibird apiclient.List[string] `json:"fedibird_capabilities"`
}

type contact struct {
	Email   string   `json:"email"`
	Account *account `json:"account"`
}

type rule struct {
	Text    string `json:"text"`
	Hint    string `json:"hint"`
	Subtext string `json:"subtext"` // Rebased's hint
}

type icon struct {
	Src  string `json:"src"`
	Size string `json:"size"` // "192x192"
}

type timelinesAccess struct {
	Live  sides `json:"live_feeds"`
	Tags  sides `json:"hashtag_feeds"`
	Links sides `json:"trending_link_feeds"`
}

type sides struct {
	Local  string `json:"local"`
	Remote string `json:"remote"`
}

type extendedDescription struct {
	Content string `json:"content"`
}

// nodeinfo is https://nodeinfo.diaspora.software/schema.html, and with Links the document that names it.
type nodeinfo struct {
	Links apiclient.List[struct {
		Rel  string `json:"rel"`
		Href string `json:"href"`
	}] `json:"links"`
	Software struct {
		Name string `json:"name"`
	} `json:"software"`
}

// picture is the address of one: a string (v1), or an object that has it as url (v2).
type picture string

// ReadJSON takes whatever stands there.
func (p *picture) ReadJSON(r *jsontext.Reader) bool {
	if r.Peek() == '{' {
		var file struct {
			URL string `json:"url"`
		}
		r.Read(&file)
		*p = picture(file.URL)
		return true
	}
	var t apiclient.Text
	t.ReadJSON(r)
	*p = picture(t)
	return true
}
