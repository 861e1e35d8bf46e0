// Package words has every sentence that people read, by language, from web/locales. It turns error kinds, times, numbers and
// counts into words; nothing else does. Plain Go, without go-app.
package words
