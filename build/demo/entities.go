package demo

// The entities of the API, with its nulls: a pointer is null when nil, "omitempty" is absent.
// Source: https://docs.joinmastodon.org/entities/

type account struct {
	ID             string        `json:"id"`
	Username       string        `json:"username"`
	Acct           string        `json:"acct"`
	DisplayName    string        `json:"display_name"`
	Locked         bool          `json:"locked"`
	Bot            bool          `json:"bot"`
	Discoverable   *bool         `json:"discoverable"`
	Indexable      bool          `json:"indexable"`
	Group          bool          `json:"group"`
	CreatedAt      string        `json:"created_at"`
	Note           string        `json:"note"`
	URL            string        `json:"url"`
	URI            string        `json:"uri"`
	Avatar         string        `json:"avatar"`
	AvatarStatic   string        `json:"avatar_static"`
	Header         string        `json:"header"`
	HeaderStatic   string        `json:"header_static"`
	FollowersCount int           `json:"followers_count"`
	FollowingCount int           `json:"following_count"`
	StatusesCount  int           `json:"statuses_count"`
	LastStatusAt   *string       `json:"last_status_at"`
	HideCollection bool          `json:"hide_collections"`
	NoIndex        *bool         `json:"noindex,omitempty"` // local accounts only
	Suspended      bool          `json:"suspended,omitempty"`
	Memorial       bool          `json:"memorial,omitempty"`
	Moved          *account      `json:"moved,omitempty"`
	Emojis         []customEmoji `json:"emojis"`
	Roles          *[]role       `json:"roles,omitempty"` // local accounts only
	Fields         []fieldEntity `json:"fields"`
}

type role struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Color string `json:"color"`
}

type fieldEntity struct {
	Name       string  `json:"name"`
	Value      string  `json:"value"`
	VerifiedAt *string `json:"verified_at"`
}

type customEmoji struct {
	Shortcode string `json:"shortcode"`
	URL       string `json:"url"`
	StaticURL string `json:"static_url"`
	Visible   bool   `json:"visible_in_picker"`
	Category  string `json:"category,omitempty"`
}

type status struct {
	ID                 string         `json:"id"`
	CreatedAt          string         `json:"created_at"`
	InReplyToID        *string        `json:"in_reply_to_id"`
	InReplyToAccountID *string        `json:"in_reply_to_account_id"`
	Sensitive          bool           `json:"sensitive"`
	SpoilerText        string         `json:"spoiler_text"`
	Visibility         string         `json:"visibility"`
	Language           *string        `json:"language"`
	URI                string         `json:"uri"`
	URL                string         `json:"url"`
	RepliesCount       int            `json:"replies_count"`
	ReblogsCount       int            `json:"reblogs_count"`
	FavouritesCount    int            `json:"favourites_count"`
	QuotesCount        int            `json:"quotes_count"`
	EditedAt           *string        `json:"edited_at"`
	Content            string         `json:"content"`
	Reblog             *status        `json:"reblog"`
	Application        *application   `json:"application,omitempty"`
	Account            account        `json:"account"`
	Media              []media        `json:"media_attachments"`
	Mentions           []mention      `json:"mentions"`
	Tags               []tagRef       `json:"tags"`
	Emojis             []customEmoji  `json:"emojis"`
	Quote              any            `json:"quote"` // *quoteEntity, *shallowQuote or nil
	QuoteApproval      *quoteApproval `json:"quote_approval,omitempty"`
	Card               *cardEntity    `json:"card"`
	Poll               *poll          `json:"poll"`
}

type application struct {
	Name    string  `json:"name"`
	Website *string `json:"website"`
}

type mention struct {
	ID       string `json:"id"`
	Username string `json:"username"`
	URL      string `json:"url"`
	Acct     string `json:"acct"`
}

type tagRef struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type quoteEntity struct {
	State  string  `json:"state"`
	Quoted *status `json:"quoted_status"`
}

// shallowQuote is a quote within a quoted post.
type shallowQuote struct {
	State    string  `json:"state"`
	QuotedID *string `json:"quoted_status_id"`
}

type quoteApproval struct {
	Automatic   []string `json:"automatic"`
	Manual      []string `json:"manual"`
	CurrentUser string   `json:"current_user"`
}

type media struct {
	ID          string     `json:"id"`
	Type        string     `json:"type"`
	URL         *string    `json:"url"`
	PreviewURL  *string    `json:"preview_url"`
	RemoteURL   *string    `json:"remote_url"`
	PreviewRem  *string    `json:"preview_remote_url"`
	TextURL     *string    `json:"text_url"`
	Meta        *mediaMeta `json:"meta"`
	Description *string    `json:"description"`
	Blurhash    *string    `json:"blurhash"`
}

type mediaMeta struct {
	Original *mediaSize  `json:"original,omitempty"`
	Small    *mediaSize  `json:"small,omitempty"`
	Focus    *mediaFocus `json:"focus,omitempty"`
	Length   string      `json:"length,omitempty"`
}

type mediaSize struct {
	Width     int     `json:"width,omitempty"`
	Height    int     `json:"height,omitempty"`
	Size      string  `json:"size,omitempty"`
	Aspect    float64 `json:"aspect,omitempty"`
	FrameRate string  `json:"frame_rate,omitempty"`
	Duration  float64 `json:"duration,omitempty"`
	Bitrate   int     `json:"bitrate,omitempty"`
}

type mediaFocus struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

type poll struct {
	ID          string        `json:"id"`
	ExpiresAt   *string       `json:"expires_at"`
	Expired     bool          `json:"expired"`
	Multiple    bool          `json:"multiple"`
	VotesCount  int           `json:"votes_count"`
	VotersCount *int          `json:"voters_count"`
	Options     []pollOption  `json:"options"`
	Emojis      []customEmoji `json:"emojis"`
}

type pollOption struct {
	Title      string `json:"title"`
	VotesCount *int   `json:"votes_count"`
}

type cardEntity struct {
	URL              string       `json:"url"`
	Title            string       `json:"title"`
	Description      string       `json:"description"`
	Language         *string      `json:"language"`
	Type             string       `json:"type"`
	AuthorName       string       `json:"author_name"`
	AuthorURL        string       `json:"author_url"`
	ProviderName     string       `json:"provider_name"`
	ProviderURL      string       `json:"provider_url"`
	HTML             string       `json:"html"`
	Width            int          `json:"width"`
	Height           int          `json:"height"`
	Image            *string      `json:"image"`
	ImageDescription string       `json:"image_description"`
	EmbedURL         string       `json:"embed_url"`
	Blurhash         *string      `json:"blurhash"`
	PublishedAt      *string      `json:"published_at"`
	Authors          []cardAuthor `json:"authors"`
	History          []usage      `json:"history,omitempty"` // trends only
}

type cardAuthor struct {
	Name    string   `json:"name"`
	URL     string   `json:"url"`
	Account *account `json:"account"`
}

// usage is one day of a trend; the numbers are strings.
type usage struct {
	Day      string `json:"day"`
	Accounts string `json:"accounts"`
	Uses     string `json:"uses"`
}

type tagEntity struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	URL     string  `json:"url"`
	History []usage `json:"history"`
}

type featuredTag struct {
	ID            string  `json:"id"`
	Name          string  `json:"name"`
	URL           string  `json:"url"`
	StatusesCount string  `json:"statuses_count"`
	LastStatusAt  *string `json:"last_status_at"`
}

type edit struct {
	Content     string        `json:"content"`
	SpoilerText string        `json:"spoiler_text"`
	Sensitive   bool          `json:"sensitive"`
	CreatedAt   string        `json:"created_at"`
	Account     account       `json:"account"`
	Media       []media       `json:"media_attachments"`
	Emojis      []customEmoji `json:"emojis"`
}

type threadEntity struct {
	Ancestors   []status `json:"ancestors"`
	Descendants []status `json:"descendants"`
}

type searchResult struct {
	Accounts []account   `json:"accounts"`
	Statuses []status    `json:"statuses"`
	Hashtags []tagEntity `json:"hashtags"`
}

type apiError struct {
	Error string `json:"error"`
}

// optional is null for an empty text.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
