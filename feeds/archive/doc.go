// Package archive reads the archives that servers give people of their accounts: a ZIP, read by pieces so that it may be larger than
// memory, or the folder that it was unpacked to. Nothing of it is believed: names stay within it, sizes are what is really there.
//
//	a, err := archive.Open(ctx, blobs)
//	o, err := a.Outbox(ctx, now)
//	for i := range o.Len() {
//		item, err := o.Item(i)
//	}
//
// Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (ZIP) and https://docs.joinmastodon.org/user/moving/#export.
package archive
