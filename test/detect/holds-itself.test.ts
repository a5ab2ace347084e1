/** Values that hold themselves, in whatever way: each question about them ends. */
import { expect, it } from "vitest";
import { AutoImports } from "../../src/link/auto-imports.js";
import { lowerSource } from "../../src/api/own-files.js";
import { loadCatalog } from "../../src/catalog/index.js";
import { detect } from "../../src/detect/detect.js";

/** Programs in which `x` holds `x`. */
const HOLDERS = [
  'const x = ["accounts:read", x];',
  "const x = []; x.push(x);",
  'const x = { scope: "accounts:read", x };',
  "const x = {}; x.x = x;",
  "const x = { get x() { return { ...this, x: this.x }; } };",
  "const x = Object.assign({}, { x });",
  "const x = x || { x: x && x };",
  'const x = new URLSearchParams({ scope: "accounts:read", x });',
  'const x = new URLSearchParams(); x.set("x", x);',
  'const x = new URL("https://www.klaviyo.com/oauth/authorize", x); x.search = x;',
  'const x = new Map([["x", x]]);',
  "const x = new Set(); x.add(x);",
  "class X { constructor() { this.x = this; } } const x = new X();",
  "const x = [y]; const y = new URLSearchParams({ x }); x.push(y);",
  "const x = () => x; x.x = x;",
  "const x = `${x} accounts:read`;",
];

/** What such a value is turned into. */
const USES = [
  "x",
  "`${x}`",
  'x.join(" ")',
  "JSON.stringify(x)",
  "new URLSearchParams(x)",
  "{ ...x }",
  "x.x.x",
];

it.each(HOLDERS)("%s", (holder) => {
  for (const use of USES) {
    const text = `${holder}
      const made = ${use};
      const at = new URL("https://www.klaviyo.com/oauth/authorize");
      at.searchParams.set("scope", made);
      at.search = new URLSearchParams(x);
      export const url = "https://www.klaviyo.com/oauth/authorize?client_id=1&scope=" + made;
      export const provider = { id: "klaviyo", scope: made, authorization: { url: at, params: x } };
      export const lists = () => fetch("https://a.klaviyo.com/api/lists", { headers: x, method: made });
      export const any = () => fetch(\`https://a.klaviyo.com/api/\${made}\`, { ...x, headers: { Authorization: made } });`;
    const forms = new Map([["a.js", lowerSource("a.js", text)]]);
    const { calls } = detect(
      { root: "/", forms, resolve: () => null, autoImports: new AutoImports("/", []) },
      loadCatalog(),
      [],
    );
    expect(calls.length).toBeGreaterThan(0);
  }
});
