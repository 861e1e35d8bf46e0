package mastodon

// The structs below are what servers send, of which only what is used is named. Every field may be missing, null, or of a type
// that it shouldn't have; see decode. Strings that have always been strings are plain strings.

// status is https://docs.joinmastodon.org/entities/Status/ with what forks add.
type status struct {
	ID                 ident            `json:"id"`
	URI                string           `json:"uri"`
	URL                string           `json:"url"`
	Account            *account         `json:"account"`
	CreatedAt          string           `json:"created_at"`
	EditedAt           string           `json:"edited_at"`
	Content            string           `json:"content"`
	SpoilerText        string           `json:"spoiler_text"`
	Sensitive          boolean          `json:"sensitive"`
	Visibility         string           `json:"visibility"`
	Language           string           `json:"language"`
	InReplyToID        ident            `json:"in_reply_to_id"`
	InReplyToAccountID ident            `json:"in_reply_to_account_id"`
	InReplyToStatus    *status          `json:"in_reply_to_status"` // Friendica
	Reblog             *status          `json:"reblog"`
	Quote              *quote           `json:"quote"`
	QuoteID            ident            `json:"quote_id"`
	Media              list[attachment] `json:"media_attachments"`
	Mentions           list[mention]    `json:"mentions"`
	Tags               list[tag]        `json:"tags"`
	Emojis             list[emoji]      `json:"emojis"`
	Poll               *poll            `json:"poll"`
	Card               *card            `json:"card"`
	Application        *application     `json:"application"`
	RepliesCount       number           `json:"replies_count"`
	ReplyCount         number           `json:"reply_count"` // Pixelfed
	ReblogsCount       number           `json:"reblogs_count"`
	FavouritesCount    number           `json:"favourites_count"`
	QuotesCount        number           `json:"quotes_count"`
	EmojiReactions     list[reaction]   `json:"emoji_reactions"` // Akkoma, Fedibird, kmyblue
	Pleroma            *pleroma         `json:"pleroma"`
	Akkoma             *akkoma          `json:"akkoma"`
	Friendica          *friendica       `json:"friendica"`
}

// quote is Mastodon's {state, quoted_status | quoted_status_id}, or the quoted status itself (Fedibird, Akkoma, Friendica).
type quote struct {
	status
	State          string  `json:"state"`
	QuotedStatus   *status `json:"quoted_status"`
	QuotedStatusID ident   `json:"quoted_status_id"`
}

type pleroma struct {
	EmojiReactions     list[reaction] `json:"emoji_reactions"`
	Quote              *quote         `json:"quote"`
	QuoteID            ident          `json:"quote_id"`
	QuoteURL           string         `json:"quote_url"`
	QuotesCount        number         `json:"quotes_count"`
	InReplyToAcct      string         `json:"in_reply_to_account_acct"`
	APID               string         `json:"ap_id"`       // of an account
	Deactivated        boolean        `json:"deactivated"` // an account
	HideFollowersCount boolean        `json:"hide_followers_count"`
	HideFollowsCount   boolean        `json:"hide_follows_count"`
}

type akkoma struct {
	InReplyToAPID string `json:"in_reply_to_apid"`
}

type friendica struct {
	Title string `json:"title"`
}

// account is https://docs.joinmastodon.org/entities/Account/
type account struct {
	ID             ident       `json:"id"`
	URI            string      `json:"uri"`
	URL            string      `json:"url"`
	Username       string      `json:"username"`
	Acct           string      `json:"acct"`
	FQN            string      `json:"fqn"` // Pleroma: acct with the domain
	DisplayName    string      `json:"display_name"`
	Note           string      `json:"note"`
	Fields         list[field] `json:"fields"`
	Avatar         string      `json:"avatar"`
	AvatarStatic   string      `json:"avatar_static"`
	Header         string      `json:"header"`
	HeaderStatic   string      `json:"header_static"`
	Emojis         list[emoji] `json:"emojis"`
	Bot            boolean     `json:"bot"`
	Group          boolean     `json:"group"`
	Locked         boolean     `json:"locked"`
	Suspended      boolean     `json:"suspended"`
	Memorial       boolean     `json:"memorial"`
	Moved          *account    `json:"moved"`
	CreatedAt      string      `json:"created_at"`
	LastStatusAt   string      `json:"last_status_at"`
	StatusesCount  number      `json:"statuses_count"`
	FollowersCount number      `json:"followers_count"`
	FollowingCount number      `json:"following_count"`
	NoIndex        boolean     `json:"noindex"`
	Indexable      boolean     `json:"indexable"`
	Discoverable   boolean     `json:"discoverable"`
	Roles          list[role]  `json:"roles"`
	Pleroma        *pleroma    `json:"pleroma"`
	Other          *other      `json:"other_settings"`
}

// other is what Fedibird and kmyblue add to an account.
type other struct {
	NoIndex            boolean `json:"noindex"`
	HideStatusesCount  boolean `json:"hide_statuses_count"`
	HideFollowersCount boolean `json:"hide_followers_count"`
	HideFollowingCount boolean `json:"hide_following_count"`
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
	ID       ident  `json:"id"`
	Username string `json:"username"`
	URL      string `json:"url"`
	Acct     string `json:"acct"`
}

// tag is a hashtag of a status, of a profile (with a count), or a trend (with a history).
type tag struct {
	Name          string    `json:"name"`
	URL           string    `json:"url"`
	StatusesCount number    `json:"statuses_count"`
	History       list[use] `json:"history"`
}

// use is one day of https://docs.joinmastodon.org/entities/Tag/#history; all three are numerals in strings.
type use struct {
	Day      number `json:"day"` // seconds since 1970
	Accounts number `json:"accounts"`
	Uses     number `json:"uses"`
}

type reaction struct {
	Name  string `json:"name"`
	Count number `json:"count"`
	URL   string `json:"url"`
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
}

// meta has the sizes of what was uploaded and of its preview; Sharkey writes them into meta itself.
type meta struct {
	frame
	Original frame  `json:"original"`
	Small    frame  `json:"small"`
	Length   string `json:"length"` // of films and sounds, as "0:01:28.65"
	Focus    struct {
		X number `json:"x"`
		Y number `json:"y"`
	} `json:"focus"`
}

type frame struct {
	Width    number `json:"width"`
	Height   number `json:"height"`
	Size     string `json:"size"`     // "640x480"
	Duration number `json:"duration"` // seconds
}

// poll is https://docs.joinmastodon.org/entities/Poll/
type poll struct {
	ID          ident        `json:"id"`
	ExpiresAt   string       `json:"expires_at"`
	Expired     boolean      `json:"expired"`
	Multiple    boolean      `json:"multiple"`
	VotesCount  number       `json:"votes_count"`
	VotersCount number       `json:"voters_count"`
	Options     list[choice] `json:"options"`
	Emojis      list[emoji]  `json:"emojis"`
}

type choice struct {
	Title      string `json:"title"`
	VotesCount number `json:"votes_count"`
}

// card is https://docs.joinmastodon.org/entities/PreviewCard/ without its html, which is never used.
type card struct {
	URL              string       `json:"url"`
	Title            string       `json:"title"`
	Description      string       `json:"description"`
	Type             string       `json:"type"`
	ProviderName     string       `json:"provider_name"`
	AuthorName       string       `json:"author_name"`
	Authors          list[byline] `json:"authors"` // 4.3 and later
	Image            string       `json:"image"`
	ImageDescription string       `json:"image_description"`
	Width            number       `json:"width"`
	Height           number       `json:"height"`
	Blurhash         string       `json:"blurhash"`
	Language         string       `json:"language"`
	PublishedAt      string       `json:"published_at"`
	History          list[use]    `json:"history"` // in trends only
}

type byline struct {
	Name string `json:"name"`
}

type conversation struct {
	Ancestors   list[status] `json:"ancestors"`
	Descendants list[status] `json:"descendants"`
}

type results struct {
	Accounts list[account] `json:"accounts"`
	Hashtags list[tag]     `json:"hashtags"`
}

// instance is https://docs.joinmastodon.org/entities/Instance/ and its predecessor, entities/V1_Instance/, in one: they share
// no name with two meanings, and some softwares mix them.
type instance struct {
	Domain           string       `json:"domain"` // v2
	URI              string       `json:"uri"`    // v1: the same; Pleroma and GoToSocial write a URL
	AccountDomain    string       `json:"account_domain"`
	Title            string       `json:"title"`
	Version          string       `json:"version"`
	SourceURL        string       `json:"source_url"`
	ShortDescription string       `json:"short_description"` // v1
	Description      string       `json:"description"`       // v1: the long one; v2: the short one
	Email            string       `json:"email"`             // v1
	ContactAccount   *account     `json:"contact_account"`   // v1
	Contact          contact      `json:"contact"`           // v2
	Languages        list[string] `json:"languages"`
	Rules            list[rule]   `json:"rules"`
	Thumbnail        picture      `json:"thumbnail"`
	Icon             list[icon]   `json:"icon"`
	Stats            struct {     // v1
		Users    number `json:"user_count"`
		Statuses number `json:"status_count"`
	} `json:"stats"`
	Usage struct { // v2
		Users struct {
			ActiveMonth number `json:"active_month"`
		} `json:"users"`
	} `json:"usage"`
	Configuration struct {
		Access timelinesAccess `json:"timelines_access"` // 4.5 and later
	} `json:"configuration"`
	Fedibird list[string] `json:"fedibird_capabilities"`
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
	Links list[struct {
		Rel  string `json:"rel"`
		Href string `json:"href"`
	}] `json:"links"`
	Software struct {
		Name string `json:"name"`
	} `json:"software"`
}

// failure is the body of an error.
type failure struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}
