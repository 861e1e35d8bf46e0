// What the linter looks for beside its recommended rules. Names that are nowhere are found by the type checker, which knows what
// a page and a worker have.
import js from "@eslint/js";

const markup = "Foreign text becomes text nodes, never markup";
const code = "Text never becomes code: the Content-Security-Policy forbids it";

export default [
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "off",
      "no-empty": ["error", { allowEmptyCatch: true }],
      "no-unused-vars": ["error", { caughtErrors: "none" }],
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      "no-restricted-globals": ["error", { name: "DOMParser", message: markup }],
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "createContextualFragment", "srcdoc"].map((property) => ({ property, message: markup })),
        { object: "document", property: "write", message: markup },
        { object: "document", property: "writeln", message: markup },
        { object: "document", property: "cookie", message: "The site has no cookies" },
      ],
      "no-restricted-syntax": ["error", {
        selector: "CallExpression[callee.name=/^set(Timeout|Interval)$/] > :matches(Literal, TemplateLiteral).arguments:first-child",
        message: code,
      }],
    },
  },
  { files: ["embed-height.js", "sw/*.js"], languageOptions: { sourceType: "script" } },
  { files: ["embed-height.js"], rules: { "no-implicit-globals": ["error", { lexicalBindings: true }] } },
  { files: ["sw/*.js"], rules: { "no-implicit-globals": "off" } }, // a worker's global scope is its own
];
