// Package pictures draws the demo's pictures when they are asked for: scenes of a harbour town, portraits, banners and
// custom emoji, as flat anti-aliased shapes. Every picture is a pure function of its name, palette, seed and size, so
// nothing has to be kept in the repository and two runs show the same.
package pictures
