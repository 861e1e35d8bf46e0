// What comes beside the program once its first screen stands: gestures, what pictures do by themselves, what is brought from elsewhere, where the
// focus goes, and how what makes room moves. Without it all of the page is there, and all of it can be reached by buttons and keys.
import "./brought.js";
import "./focus.js";
import "./viewer.js";
import "./pictures.js";
import "./gestures.js";
import "./turn.js";
import "./glide.js";
