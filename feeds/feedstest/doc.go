// Package feedstest has what tests of several packages share: builders of posts and pages, a clock that is moved by hand, a
// source without a network, and the contract that every feeds.Store keeps. It is imported by tests only.
package feedstest
