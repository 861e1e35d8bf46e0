// Package feedstest has what tests of several packages share: builders of posts and pages, a clock that is moved by hand, a fake
// server and a source without a network, the recorded answers of real servers, the checks that every adapter's results pass, and the
// contract that every feeds.Store keeps. It is imported by tests only.
package feedstest
