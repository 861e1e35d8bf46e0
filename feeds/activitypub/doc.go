// Package activitypub reads ActivityPub documents: people, their outboxes, and what they posted, of servers that have no API for
// guests. It doesn't expand JSON-LD: it takes each field in the forms in which servers write it (one value or a list, a string or an
// object, a text or texts by language).
//
// Sources: https://www.w3.org/TR/activitypub/, https://www.w3.org/TR/activitystreams-vocabulary/, and the fediverse enhancement
// proposals e232 (quotes) and 2c59 (webfinger).
package activitypub
