// Package search is a full-text index of all posts that are stored: what a reader types (Query), what of a post can be found (Text), the index
// (Index), and what it finds (Result).
//
// The index is made of segments that never change, as in Lucene. A segment has the words of some posts in order, each with the posts that have it and
// where in them it stands; posts are numbered from the newest to the oldest. Small segments are merged to larger ones. What says which segments there are is written
// in the transaction that adds or removes one, so that a program that is killed leaves the index as it was before or after.
//
// It is disposable: what can't be read is built anew from the posts (Index.Grow).
package search
