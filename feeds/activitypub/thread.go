package activitypub

import (
	"context"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

const (
	mostAbove = 20 // hops up a conversation
	mostBelow = 40 // answers that are asked for
)

// Post implements feeds.Threads. An id is the path of an object's address, or all of it where it is at another host.
func (s *Source) Post(ctx context.Context, id string) (*feeds.Post, error) {
	d, err := s.get(ctx, s.addressOf(id))
	if err != nil {
		return nil, err
	}
	return s.asking(ctx).post(d)
}

// Context implements feeds.Threads: upwards by what is answered, downwards by the collections of answers that servers keep.
func (s *Source) Context(ctx context.Context, id string) (ancestors, descendants []*feeds.Post, err error) {
	d, err := s.get(ctx, s.addressOf(id))
	if err != nil {
		return nil, nil, err
	}
	q := s.asking(ctx)
	q.left = mostAbove
	return q.above(unwrapped(d.node)), q.below(d), ctx.Err()
}

func (q *asking) above(n node) []*feeds.Post {
	var posts []*feeds.Post
	seen := map[string]bool{n.id(): true}
	for range mostAbove {
		to := n.first("inReplyTo")
		if to == nil || to.id() == "" || seen[to.id()] {
			break
		}
		seen[to.id()] = true
		d, err := q.get(q.ctx, to.id())
		if err != nil {
			break
		}
		p, err := q.post(d)
		if err != nil {
			break
		}
		posts = append([]*feeds.Post{p}, posts...)
		n = unwrapped(d.node)
	}
	return posts
}

func (q *asking) below(of document) []*feeds.Post {
	var posts []*feeds.Post
	seen, asked := map[string]bool{unwrapped(of.node).id(): true}, 0
	for queue := []document{of}; len(queue) > 0 && asked < mostBelow; queue = queue[1:] {
		n := unwrapped(queue[0].node)
		replies := n.first("replies")
		if replies == nil {
			replies = n.first("comments") // PeerTube
		}
		if replies == nil || replies.isBare() && replies.id() == "" {
			continue
		}
		list, err := q.collection(replies, queue[0])
		if err != nil {
			continue
		}
		for _, item := range list.items() {
			id := item.id()
			if id == "" || seen[id] || asked >= mostBelow {
				continue
			}
			seen[id] = true
			d := document{node: item, url: list.url, at: list.at}
			if item.isBare() || apiclient.HostOf(id) != apiclient.HostOf(list.url) {
				asked++
				if d, err = q.get(q.ctx, id); err != nil {
					continue
				}
			}
			if p, err := q.post(d); err == nil {
				posts = append(posts, p)
				queue = append(queue, d)
			}
		}
	}
	return posts
}
