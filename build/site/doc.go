// Package site makes the static site: Compile builds the program, Render makes all other files of its parts (package web) and
// the owner's configuration, and Publish compresses them and puts them into a folder. The same input gives the same bytes.
package site
