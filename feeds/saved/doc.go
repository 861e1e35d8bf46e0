// Package saved keeps posts for as long as their reader wants them: each as it was when it was saved, with its conversation, the reader's
// tags and note, what was changed in it since, and whether it is gone where it was written.
//
// What is kept of a post stands under several keys of feeds.Records, which are written together:
//
//	saved/post/KEY      the post (Post), JSON
//	saved/time/TIME/KEY nothing: TIME counts down from the time of writing, so that the order of keys is the newest first
//	saved/text/KEY      the words that it is found by, folded
//	saved/tag/TAG/KEY   nothing, for each tag
//	saved/at/HOST/ID    its key, for each server that it was read from
//	saved/talk/KEY      its conversation (Talk), JSON
//	saved/loose/KEY     when it was let go: its media are kept until that can't be taken back any more
package saved
