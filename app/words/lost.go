package words

import "vitrine/feeds"

// Reasons say why replies can't be reached: "2 on servers for members only, 1 unknown".
func (w *Words) Reasons(missing map[feeds.Kind]int) string {
	counts := map[string]int{}
	for kind, n := range missing {
		counts[lostBy(kind)] += n
	}
	var said []string
	for _, reason := range []string{"members", "gone", "silent", "unknown"} {
		if n := counts[reason]; n > 0 {
			said = append(said, w.T("thread.lost."+reason, w.Number(n)))
		}
	}
	return w.List(said)
}

func lostBy(kind feeds.Kind) string {
	switch kind {
	case feeds.NeedsLogin, feeds.Refused:
		return "members"
	case feeds.Gone:
		return "gone"
	case feeds.Unreachable, feeds.Timeout, feeds.Offline, feeds.ServerError, feeds.RateLimited, feeds.BadData, feeds.TooLarge:
		return "silent"
	}
	return "unknown"
}
