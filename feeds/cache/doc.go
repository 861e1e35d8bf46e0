// Package cache keeps what was read. Memory serves where nothing else is there, and tests.
package cache
