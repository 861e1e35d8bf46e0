// Package page draws the views. A view is a function from what state knows to a Layout, plain values that
// are tested natively; Root is the one go-app component that puts a Layout on the screen. There are no handlers here: what can
// be clicked says so by data-action, and app/state does it.
package page
