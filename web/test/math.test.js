import assert from "node:assert/strict";
import test from "node:test";

/** @type {any} */
const globals = globalThis;
globals.vitrine = {};
/** Elements that write themselves. @type {any} */
const made = (/** @type {string} */ tag) => ({
  tag, attributes: /** @type {string[]} */ ([]), inside: /** @type {any[]} */ ([]),
  setAttribute(/** @type {string} */ name, /** @type {string} */ value) { this.attributes.push(` ${name}=${value}`); },
  append(/** @type {any[]} */ ...nodes) { this.inside.push(...nodes); },
  toString() { return `<${tag}${this.attributes.join("")}>${this.inside.join("")}</${tag}>`; },
});
globals.document = { createElementNS: (/** @type {string} */ _, /** @type {string} */ tag) => made(tag), compatMode: "CSS1Compat" };
const { formula } = await import("../js/math.js");

test("LaTeX becomes MathML", () => {
  assert.match(String(formula("x^2", false)), /^<math>.*<msup><mi>x<\/mi><mn[^>]*>2<\/mn><\/msup>.*<\/math>$/);
  assert.match(String(formula("\\frac{a}{b}", true)), /^<math display=block>.*<mfrac>/);
  assert.match(String(formula("\\begin{matrix}1 & 2 \\\\ 3 & 4\\end{matrix}", false)), /<mtable.*<mtd/);
  assert.match(String(formula("∑_{k=1}^n α ≤ \\sqrt[3]{x}", false)), /<mroot>/);
});

test("what is no formula, too long, too large or without end is none", () => {
  for (const tex of ["\\frac{", "^o^", "x".repeat(1e6), "\\frac{1}{".repeat(300), "x".repeat(3999), "\\def\\a{\\a\\a}\\a"]) assert.equal(formula(tex, false), undefined, tex.slice(0, 20));
});

test("a formula holds no address, style or script", () => {
  for (const tex of ["\\href{javascript:alert(1)}{x}", "\\class{a}{x}", "\\style{color:red}{x}", "\\id{a}{x}", "\\color{red}x", "\\includegraphics{https://a.example/x.png}", "\\data{onclick=alert(1)}{x}", "\\url{javascript:alert(1)}"]) {
    const text = String(formula(tex, false) ?? "");
    assert.doesNotMatch(text, /href|class|style=|id=|src|javascript:[^<]*"|onclick=/, tex);
    assert.doesNotMatch(text, /<(?:a|img|span|mglyph|annotation|semantics|maction)\b/, tex);
  }
});
