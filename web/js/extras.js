// What comes beside the program once its first screen stands: gestures, and what pictures do by themselves. Without it all of the page is
// there, and all of it can be reached by buttons and keys.
import "./viewer.js";
import "./pictures.js";
import "./gestures.js";
import "./turn.js";
