package peertube

import "vitrine/feeds/apiclient"

// The structs below are what servers send, of which only what is used is named. Every field may be missing, null, or of a type
// that it shouldn't have.

// videos is a part of a list: total counts the whole.
type videos struct {
	Total apiclient.Number `json:"total"`
	Data  []video          `json:"data"`
}

// video is VideoDetails of https://docs.joinpeertube.org/api-rest-reference.html#tag/Video. What stands in lists has the fields
// down to Channel only, and a description that is cut off.
type video struct {
	ID            apiclient.Text   `json:"id"`
	UUID          string           `json:"uuid"`
	ShortUUID     string           `json:"shortUUID"` // 3.3 and later
	URL           string           `json:"url"`       // the ActivityPub id
	Name          string           `json:"name"`
	Category      label            `json:"category"`
	Licence       label            `json:"licence"`
	Language      label            `json:"language"`
	Privacy       label            `json:"privacy"`
	NSFW          apiclient.Bool   `json:"nsfw"`
	NSFWSummary   string           `json:"nsfwSummary"` // 7.2 and later
	Truncated     string           `json:"truncatedDescription"`
	Description   string           `json:"description"`
	IsLocal       apiclient.Bool   `json:"isLocal"`
	IsLive        apiclient.Bool   `json:"isLive"`
	Schedules     []schedule       `json:"liveSchedules"` // 7.3 and later
	Duration      apiclient.Number `json:"duration"`      // seconds
	AspectRatio   apiclient.Number `json:"aspectRatio"`
	Likes         apiclient.Number `json:"likes"`
	Comments      apiclient.Number `json:"comments"` // missing on older servers
	ThumbnailURL  string           `json:"thumbnailUrl"`
	ThumbnailPath string           `json:"thumbnailPath"`
	PreviewURL    string           `json:"previewUrl"`
	PreviewPath   string           `json:"previewPath"`
	PublishedAt   string           `json:"publishedAt"`
	CreatedAt     string           `json:"createdAt"`
	Blacklisted   apiclient.Bool   `json:"blacklisted"`
	Account       *account         `json:"account"`
	Channel       *account         `json:"channel"`

	State     label      `json:"state"`
	EmbedURL  string     `json:"embedUrl"`
	EmbedPath string     `json:"embedPath"`
	Support   string     `json:"support"`
	Tags      []string   `json:"tags"`
	Files     []file     `json:"files"`
	Playlists []playlist `json:"streamingPlaylists"`
}

// label is a constant of the server's, with its name for people; without an id it is "Unknown".
type label struct {
	ID    apiclient.Text `json:"id"`
	Label string         `json:"label"`
}

// schedule is when a broadcast is to begin.
type schedule struct {
	StartAt string `json:"startAt"`
}

// playlist is one way to stream a video (HLS).
type playlist struct {
	PlaylistURL string `json:"playlistUrl"`
	Files       []file `json:"files"`
}

// file is a film in one resolution.
type file struct {
	Resolution resolution       `json:"resolution"`
	Width      apiclient.Number `json:"width"`
	Height     apiclient.Number `json:"height"`
	Size       apiclient.Number `json:"size"` // bytes
	FileURL    string           `json:"fileUrl"`
	HasAudio   apiclient.Bool   `json:"hasAudio"` // missing on older servers, which have no files of sound beside silent ones
	HasVideo   apiclient.Bool   `json:"hasVideo"`
}

type resolution struct {
	ID apiclient.Number `json:"id"` // the shorter side in pixels; 0 for sound alone
}

// captions is the answer of a video's captions.
type captions struct {
	Data []struct {
		Language label  `json:"language"`
		Path     string `json:"captionPath"`
		FileURL  string `json:"fileUrl"` // 7.1 and later
	} `json:"data"`
}

// chapters is the answer of a video's chapters, 6.0 and later.
type chapters struct {
	Chapters []struct {
		Timecode apiclient.Number `json:"timecode"` // seconds
		Title    string           `json:"title"`
	} `json:"chapters"`
}

// videoList is a VideoPlaylist: https://docs.joinpeertube.org/api-rest-reference.html#tag/Video-Playlists
type videoList struct {
	UUID        string           `json:"uuid"`
	ShortUUID   string           `json:"shortUUID"`
	URL         string           `json:"url"`
	DisplayName string           `json:"displayName"`
	Description string           `json:"description"`
	Privacy     label            `json:"privacy"`
	Thumbnail   string           `json:"thumbnailPath"`
	ThumbURL    string           `json:"thumbnailUrl"`
	Length      apiclient.Number `json:"videosLength"`
	IsLocal     apiclient.Bool   `json:"isLocal"`
	CreatedAt   string           `json:"createdAt"`
	UpdatedAt   string           `json:"updatedAt"`
	Account     *account         `json:"ownerAccount"`
	Channel     *account         `json:"videoChannel"`
}

// videoLists is a part of the list of what a channel or an account has put together.
type videoLists struct {
	Data []videoList `json:"data"`
}

// listElements are a playlist's videos. One that was deleted or may not be seen is null.
type listElements struct {
	Total apiclient.Number `json:"total"`
	Data  []struct {
		Video *video `json:"video"`
	} `json:"data"`
}

// account is an Account or a VideoChannel: https://docs.joinpeertube.org/api-rest-reference.html#tag/Accounts
type account struct {
	ID             apiclient.Text   `json:"id"`
	URL            string           `json:"url"`
	Name           string           `json:"name"`
	Host           string           `json:"host"`
	DisplayName    string           `json:"displayName"`
	Description    string           `json:"description"`
	Support        string           `json:"support"` // of channels
	FollowersCount apiclient.Number `json:"followersCount"`
	FollowingCount apiclient.Number `json:"followingCount"`
	VideosCount    apiclient.Number `json:"videosCount"`
	CreatedAt      string           `json:"createdAt"`
	Avatars        []picture        `json:"avatars"`
	Avatar         *picture         `json:"avatar"` // before 4.2
	Banners        []picture        `json:"banners"`
	Banner         *picture         `json:"banner"`
}

type accounts struct {
	Total apiclient.Number `json:"total"`
	Data  []account        `json:"data"`
}

// picture is an avatar or a banner in one size.
type picture struct {
	Width   apiclient.Number `json:"width"`
	FileURL string           `json:"fileUrl"`
	Path    string           `json:"path"`
}

// comments is a part of the list of what was said first in each thread.
type comments struct {
	Data []comment `json:"data"`
}

// comment is VideoComment of https://docs.joinpeertube.org/api-rest-reference.html#tag/Video-Comments
type comment struct {
	ID            apiclient.Text   `json:"id"`
	URL           string           `json:"url"`
	Text          string           `json:"text"`
	ThreadID      apiclient.Text   `json:"threadId"`
	InReplyTo     apiclient.Text   `json:"inReplyToCommentId"`
	CreatedAt     string           `json:"createdAt"`
	IsDeleted     apiclient.Bool   `json:"isDeleted"`
	HeldForReview apiclient.Bool   `json:"heldForReview"`
	TotalReplies  apiclient.Number `json:"totalReplies"`
	Account       *account         `json:"account"`
}

// tree is a comment with what was said below it.
type tree struct {
	Comment  *comment `json:"comment"`
	Children []tree   `json:"children"`
}

// config is what https://docs.joinpeertube.org/api-rest-reference.html#operation/getConfig and .../getAbout return.
type config struct {
	Instance struct {
		Name             string    `json:"name"`
		ShortDescription string    `json:"shortDescription"`
		Description      string    `json:"description"`   // of about only, Markdown
		CodeOfConduct    string    `json:"codeOfConduct"` // of about only, Markdown
		Languages        []string  `json:"languages"`     // of about only
		Avatars          []picture `json:"avatars"`
		Banners          []picture `json:"banners"`
	} `json:"instance"`
	ServerVersion string `json:"serverVersion"`
}

// stats is https://docs.joinpeertube.org/api-rest-reference.html#operation/getInstanceStats
type stats struct {
	Users         apiclient.Number `json:"totalUsers"`
	MonthlyActive apiclient.Number `json:"totalMonthlyActiveUsers"`
	LocalVideos   apiclient.Number `json:"totalLocalVideos"`
}

// description is the answer of a video's description in full.
type description struct {
	Description string `json:"description"`
}
