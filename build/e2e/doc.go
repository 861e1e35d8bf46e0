// Package e2e has only tests: journeys through the built site beside the demo fediverse, in real Chromium. Each one begins at
// an address and says what a reader then finds.
package e2e
