// Package conversation joins what several servers tell of one conversation, and plans whom to ask next. It asks nobody itself and knows no
// clock: a Graph is told answers, and says what is worth asking.
//
// Posts are joined by their canonical URI. What a post answers is told by ids that mean something at one server only, so a Graph keeps them by
// server. Servers cut conversations for guests (Mastodon: 40 posts above, 60 below, 20 deep); each server's own count of the answers to a
// post says where it knows more than it told.
//
// A Graph isn't safe for concurrent use.
package conversation
