// Draws formulas: what stands in code.math as LaTeX becomes MathML. It is loaded when a page has one (draw.js). The elements are made here, of a
// closed set; what the converter makes beside these, or what is no formula at all, stays the text that it is.
import temml from "./temml.js";

const mathSpace = "http://www.w3.org/1998/Math/MathML";
/** The elements of MathML Core that show something. Source: https://www.w3.org/TR/mathml-core/ */
const tags = new Set(("mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts mprescripts none " +
  "mtable mtr mtd mpadded mphantom mstyle").split(" "));
/** Attributes that hold no address, no style and no script. */
const names = new Set(("accent accentunder columnspan depth display displaystyle fence form height largeop linethickness lspace mathvariant maxsize minsize " +
  "movablelimits rowspan rspace scriptlevel separator stretchy symmetric voffset width").split(" "));
const value = /^[\w.+%-]{1,20}$/;

/** Longer formulas, in characters, and larger ones, in elements, stay text. */
const longest = 4000;
const most = 3000;

/**
 * Makes the nodes of what the converter has made.
 * @param {any} tree
 * @param {{left: number}} room
 * @returns {(Node | string)[]}
 */
function nodes(tree, room) {
  if (typeof tree.text === "string" && !tree.children) return [tree.text];
  if (--room.left < 0) throw new RangeError("too large");
  const inside = (tree.children ?? []).flatMap((/** @type {any} */ child) => nodes(child, room));
  if (!tags.has(tree.type)) return inside;
  return [element(tree.type, tree.attributes, inside)];
}

/**
 * @param {string} tag
 * @param {Record<string, unknown>} attributes
 * @param {(Node | string)[]} inside
 */
function element(tag, attributes, inside) {
  const made = document.createElementNS(mathSpace, tag);
  for (const [name, of] of Object.entries(attributes ?? {})) if (names.has(name) && value.test(String(of))) made.setAttribute(name, String(of));
  made.append(...inside);
  return made;
}

/**
 * Makes the element of a formula, or nothing of what is none.
 * @param {string} tex
 * @param {boolean} block
 */
export function formula(tex, block) {
  if (tex.length > longest) return undefined;
  try {
    const tree = temml.__renderToMathMLTree(tex, { displayMode: block, trust: false, strict: false, throwOnError: true, maxExpand: 200, maxSize: [50, 50] });
    return element("math", block ? { display: "block" } : {}, nodes(tree, { left: most }));
  } catch {
    return undefined;
  }
}

/** What was tried, with its text: the page draws many times. @type {WeakMap<Element, string>} */
const tried = new WeakMap();

/** @param {Element} host */
globalThis.vitrine.formulas = async (host) => {
  let begun = performance.now();
  for (const code of [...host.getElementsByClassName("math")]) {
    const tex = code.textContent ?? "";
    if (code.firstElementChild || tried.get(code) === tex || !code.isConnected) continue;
    tried.set(code, tex);
    const block = code.classList.contains("block");
    const made = formula(tex, block);
    if (!made) continue;
    code.replaceChildren(made);
    if (block) /** @type {HTMLElement} */ (code.parentElement).tabIndex = 0; // it scrolls where it is wide
    if (performance.now() - begun < 40) continue;
    await new Promise((resolve) => setTimeout(resolve));
    begun = performance.now();
  }
};
