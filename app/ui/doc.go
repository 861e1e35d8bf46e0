// Package ui makes of a page that is drawn again and again the messages that draw only what changed. It knows no views and no browser:
// web/js/draw.js turns a message into nodes.
//
// A page is made of pieces. A piece with a key is remembered, and comes again by its key alone as long as it is the same; of a post this is
// known by its pointer, since posts are never changed. Lists are drawn in chunks of rows, and those far from the screen are empty boxes
// of the height they had, so that the number of drawn posts stays bounded however long a list is.
package ui
