package feeds

// Capabilities decide which tabs exist.
type Capabilities struct {
	Profiles, Replies, Media, Pinned, FeaturedTags bool
	Local, Federated, Tags                         bool
	TrendingPosts, TrendingTags                    bool
	TrendingLinks, Directory                       bool
	Threads, Search, SearchPosts                   bool
	TagsJoined                                     bool // a list of posts with a hashtag heeds further ones
	TagHistory                                     bool // known to say how much a hashtag was used lately
}

// Without returns the capabilities that lacks doesn't name.
func (c Capabilities) Without(lacks Capabilities) Capabilities {
	return Capabilities{
		Profiles:      c.Profiles && !lacks.Profiles,
		Replies:       c.Replies && !lacks.Replies,
		Media:         c.Media && !lacks.Media,
		Pinned:        c.Pinned && !lacks.Pinned,
		FeaturedTags:  c.FeaturedTags && !lacks.FeaturedTags,
		Local:         c.Local && !lacks.Local,
		Federated:     c.Federated && !lacks.Federated,
		Tags:          c.Tags && !lacks.Tags,
		TrendingPosts: c.TrendingPosts && !lacks.TrendingPosts,
		TrendingTags:  c.TrendingTags && !lacks.TrendingTags,
		TrendingLinks: c.TrendingLinks && !lacks.TrendingLinks,
		Directory:     c.Directory && !lacks.Directory,
		Threads:       c.Threads && !lacks.Threads,
		Search:        c.Search && !lacks.Search,
		TagsJoined:    c.TagsJoined && !lacks.TagsJoined,
		SearchPosts:   c.SearchPosts && !lacks.SearchPosts,
		TagHistory:    c.TagHistory && !lacks.TagHistory,
	}
}

// Implemented returns the views whose interfaces s implements. Replies and Media come with Profiles, Local and Federated with
// ServerTimelines, TagsJoined with TagTimelines: a server that offers only one of them lacks the other.
func Implemented(s Source) Capabilities {
	profiles, timelines, tags := implements[Profiles](s), implements[ServerTimelines](s), implements[TagTimelines](s)
	return Capabilities{
		Profiles:      profiles,
		Replies:       profiles,
		Media:         profiles,
		Pinned:        implements[Pinner](s),
		FeaturedTags:  implements[Featurer](s),
		Local:         timelines,
		Federated:     timelines,
		Tags:          tags,
		TrendingPosts: implements[PostTrends](s),
		TrendingTags:  implements[TagTrends](s),
		TrendingLinks: implements[LinkTrends](s),
		Directory:     implements[Directory](s),
		Threads:       implements[Threads](s),
		Search:        implements[AccountSearch](s),
		TagsJoined:    tags,
		SearchPosts:   implements[PostSearch](s),
		TagHistory:    implements[TagHistory](s),
	}
}

// Forwarder is a Source that has the methods of every interface and hands each question on to another Source.
type Forwarder interface {
	Source
	// Target returns the Source that is asked now, and the name of the software that it reads, for people; "" when unknown.
	Target() (s Source, software string)
}

// As returns s as the interface T. The error is Unsupported, with the software's name where it is known, when s doesn't implement T
// or, being a Forwarder, forwards to a Source that doesn't.
func As[T any](s Source) (T, error) {
	if t, ok := s.(T); ok && implements[T](s) {
		return t, nil
	}
	var none T
	return none, unsupported(s)
}

func implements[T any](s Source) bool {
	_, ok := target(s).(T)
	return ok
}

// target is the Source that answers what s is asked.
func target(s Source) Source {
	if f, ok := s.(Forwarder); ok {
		s, _ = f.Target()
	}
	return s
}

func unsupported(s Source) error {
	e := &Error{Kind: Unsupported, Host: s.Host()}
	if f, ok := s.(Forwarder); ok {
		_, e.Detail = f.Target()
	}
	return e
}
