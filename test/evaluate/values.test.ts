/** Expressions and the texts they can be; `?` is a part that is not known. */
import { describe, expect, it } from "vitest";
import { evaluated } from "./evaluate.js";

type Case = [source: string, ...texts: string[]];

function table(cases: readonly Case[]): void {
  it.each(cases)("%s", (source, ...texts) => {
    expect(
      evaluated(source.includes("result") ? source : `export const result = ${source};`).texts.sort(),
    ).toEqual(texts.sort());
  });
}

describe("arrays", () => {
  table([
    ['["a", "b"].join(" ")', "a b"],
    ['[...["a"], ...["b", "c"]].join(" ")', "a b c"],
    ['["a"].concat(["b"], "c").join(" ")', "a b c"],
    ['["a", "", null, "b"].filter(Boolean).join(" ")', "a b"],
    ['["a:read", "b:write"].filter((s) => s.endsWith(":read")).join(" ")', "a:read"],
    ['["a", "b"].map((r) => `${r}:read`).join(" ")', "a:read b:read"],
    ['["a", "b"].map((r, i) => r + i).join(" ")', "a0 b1"],
    ['[["a"], ["b", "c"]].flat().join(" ")', "a b c"],
    ['["a", "b"].flatMap((r) => [`${r}:read`, `${r}:write`]).join(" ")', "a:read a:write b:read b:write"],
    ['["a", "b", "c"].slice(1).join(" ")', "b c"],
    ['["a", "b"].reverse().join(" ")', "b a"],
    ['Array.from(new Set(["a", "b"])).join(" ")', "a b"],
    ['[...new Set(["a", "b"])].join(",")', "a,b"],
    ['Object.values({ x: "a", y: "b" }).join(" ")', "a b"],
    ['Object.keys({ a: 1, b: 2 }).join(" ")', "a b"],
    ['Object.entries({ a: "read", b: "write" }).map(([k, v]) => `${k}:${v}`).join(" ")', "a:read b:write"],
    ['["a", "b"].reduce((all, one) => (all ? all + " " + one : one), "")', "a b"],
    ['const list = ["a"]; list.push("b", "c"); export const result = list.join(" ");', "a b c"],
    [
      'const list = ["a"]; if (Math.random() > 0.5) list.push("b"); export const result = list.join(" ");',
      "a",
      "a b",
    ],
    ['(["a", "b"] as const).at(-1)', "b"],
    ['[...(Math.random() > 0.5 ? ["a"] : ["b"])].join(" ")', "a", "b"],
    ['const l = ["a"]; let s = ""; for (const one of [...l, ...l]) s += one; export const result = s;', "aa"],
    ['["a b", "c"].map(encodeURIComponent).join("=")', "a%20b=c"],
  ]);
});

describe("strings", () => {
  table([
    ['" a b ".trim()', "a b"],
    ['"a,b".replace(",", " ")', "a b"],
    ['"a,b,c".replaceAll(",", " ")', "a b c"],
    ['"a,b,c".replace(/,/g, " ")', "a b c"],
    ['"a, b ,c".split(",").map((s) => s.trim()).join(" ")', "a b c"],
    ['"A:Read".toLowerCase()', "a:read"],
    ['"a".concat(" ", "b")', "a b"],
    ['String("a")', "a"],
    ['encodeURIComponent("a b:c")', "a%20b%3Ac"],
    ["String.raw`a b`", "a b"],
    ['"abc".slice(1)', "bc"],
    ['let s = "a"; s += " b"; s += " c"; export const result = s;', "a b c"],
    ['let s = ""; for (const one of ["a", "b"]) s += one + " "; export const result = s.trim();', "a b"],
    ["const part = (x: string) => x; export const result = `a ${part('b')}`;", "a b"],
    ["`a ${process.argv[2]}`", "a ?"],
    ['"/a/:id/b".replace(":id", process.argv[2])', "/a/?/b"],
    ['"/a/:id".replace(":id", (found) => found)', "/a/:id"],
    ['"a-b".replace(/(\\w)-(\\w)/, "$2+$1, $&, $$")', "b+a, a-b, $"],
    ['"a b c".replace(/ /g, encodeURIComponent)', "a%20b%20c"],
    [
      'const of: Record<string, string> = { x: "y" }; export const result = "{{ x }}/{{ z }}".replace(/\\{\\{\\s*(\\w+)\\s*\\}\\}/g, (all, key) => of[key] ?? all);',
      "y/{{ z }}",
    ],
    // The ends of a text are its ends, whatever it is put together of; groups may be absent.
    ['`/a/${process.argv[2]}`.replace(/\\/$/, "")', "/a/?"],
    ['`a/${process.argv[2]}/b/`.replace(/^\\/|\\/$/g, "")', "a/?/b"],
    ['const a = "/a"; export const result = `${a}/b`.replace("a/b", "c");', "/c"],
    ['"api/a".replace(/^\\/?(?:api\\/)?/, "/")', "/a"],
    ['`/a?b=${process.argv[2]}&c`.replace(/\\?.*$/, "")', "/a"],
    ["`/a/${process.argv[2]}/`.slice(0, -1)", "/a/?"],
    ['`${process.argv[2]}/`.endsWith("/") ? "a" : "b"', "a"],
    ['`/${process.argv[2]}`.startsWith("http") ? "a" : "b"', "b"],
    // Patterns that may take for ever are not run.
    ['"aaaa".replace(/(a+)+b/, "c")', "?"],
    [`"${"a".repeat(500)}".replace(/a*a*a*b/, "c").slice(0, 1)`, "?"],
    [`"${"a".repeat(4900)}".replace(/.*.*!/g, "")`, "?"],
    [`"${"a".repeat(40)}".replace(/${".?".repeat(39)}!/, "")`, "?"],
    [`"${"a b, ".repeat(200)}".split(/\\s*,\\s*/)[1]`, "a b"],
    ['const host = "a.b"; export const result = new URL("/c", `https://${host}/d`).href;', "https://a.b/c"],
    ['const host = "a.b"; export const result = new URL("c", `https://${host}`).href;', "https://a.b/c"],
    [
      'const host = "a.b"; export const result = new URL("c", `https://${host}/d/e`).href;',
      "https://a.b/d/c",
    ],
  ]);
});

describe("control", () => {
  table([
    ['(Math.random() > 0.5 ? "a" : "b")', "a", "b"],
    ['true ? "a" : "b"', "a"],
    ['undefined ?? "a"', "a"],
    ['"" || "a"', "a"],
    ['const f = (x = "a") => x; export const result = f() + f("b");', "ab"],
    ['const f = ({ x = "a", y: z } = { y: "b" }) => x + z; export const result = f();', "ab"],
    ['function f(k) { if (k === "x") return "a"; return "b"; } export const result = f("x") + f("y");', "ab"],
    [
      'function f(k) { switch (k) { case "x": return "a"; default: return "b"; } } export const result = f("x") + f("z");',
      "ab",
    ],
    ['let s; if (globalThis.flag) { s = "a"; } else { s = "b"; } export const result = s;', "a", "b"],
    ['const o = { ...{ a: "x", b: "y" }, b: "z" }; export const result = o.a + o.b;', "xz"],
    ['const k = "a"; const o = { [k]: "x" }; export const result = o.a;', "x"],
    ['const o = { get a() { return "x"; } }; export const result = o.a;', "x"],
    ['enum E { A = "a", B = "b" } export const result = `${E.A} ${E.B}`;', "a b"],
    ['const f = async () => "a"; export const result = await f();', "a"],
    ['export const result = (() => "a")();', "a"],
    ['const make = (x: string) => ({ get: () => x }); export const result = make("a").get();', "a"],
  ]);

  it("keeps branches that exclude each other apart", () => {
    const source = `
      const name = globalThis.provider;
      const url = name === "a" ? "https://a" : "https://b";
      const scope = name === "a" ? "one" : "two";
      export const result = url + "?scope=" + scope;`;
    expect(evaluated(source).texts.sort()).toEqual(["https://a?scope=one", "https://b?scope=two"]);
  });

  it("keeps tables that are read with the same key in step", () => {
    const source = `
      const table = { a: { url: "https://a", scope: "one" }, b: { url: "https://b", scope: "two" } };
      const entry = table[globalThis.provider];
      export const result = entry.url + "?" + entry.scope;`;
    expect(evaluated(source).texts.sort()).toEqual(["https://a?one", "https://b?two"]);
  });
});

describe("classes", () => {
  table([
    ['class A { x = "a"; get() { return this.x; } } export const result = new A().get();', "a"],
    [
      'class A { constructor(private x: string) {} get() { return this.x; } } export const result = new A("a").get();',
      "a",
    ],
    [
      'class A { static X = ["a", "b"]; static get() { return A.X.join(" "); } } export const result = A.get();',
      "a b",
    ],
    [
      'class A { x() { return "a"; } } class B extends A { x() { return super.x() + "b"; } } export const result = new B().x();',
      "ab",
    ],
    [
      'class A { constructor(x) { this.x = x; } } class B extends A { constructor() { super("a"); } } export const result = new B().x;',
      "a",
    ],
    ['class A { #x = "a"; get = () => this.#x; } export const result = new A().get();', "a"],
  ]);
});

describe("modules", () => {
  const scopes = 'export const SCOPES = ["a", "b"];\nexport default { scopes: SCOPES };\n';
  it.each([
    ["named", 'import { SCOPES } from "./scopes"; export const result = SCOPES.join(" ");', {}],
    ["renamed", 'import { SCOPES as S } from "./scopes.js"; export const result = S.join(" ");', {}],
    ["default", 'import config from "./scopes"; export const result = config.scopes.join(" ");', {}],
    ["namespace", 'import * as all from "./scopes"; export const result = all.SCOPES.join(" ");', {}],
    [
      "barrel",
      'import { SCOPES } from "./index"; export const result = SCOPES.join(" ");',
      { "index.ts": 'export * from "./scopes";' },
    ],
    [
      "re-export",
      'import { LIST } from "./index"; export const result = LIST.join(" ");',
      { "index.ts": 'export { SCOPES as LIST } from "./scopes";' },
    ],
    [
      "require",
      'const { SCOPES } = require("./common"); export const result = SCOPES.join(" ");',
      { "common.cjs": 'module.exports = { SCOPES: ["a", "b"] };' },
    ],
    [
      "dynamic import",
      'const { SCOPES } = await import("./scopes"); export const result = SCOPES.join(" ");',
      {},
    ],
    [
      "JSON",
      'import list from "./list.json"; export const result = list.scopes.join(" ");',
      { "list.json": '{ "scopes": ["a", "b"] }' },
    ],
    [
      "cycle",
      'import { other } from "./cycle"; export const part = "b"; export const result = other + " b";',
      { "cycle.ts": 'import { part } from "./main"; export const other = "a"; export const x = part;' },
    ],
  ])("%s", (_, main, more) => {
    expect(evaluated({ "main.ts": main, "scopes.ts": scopes, ...more }).texts).toEqual(["a b"]);
  });
});

describe("the environment", () => {
  it.each([
    ["process.env.SCOPES", ["x y"]],
    ["import.meta.env.SCOPES", ["x y"]],
    ['Deno.env.get("SCOPES")', ["x y"]],
    ["Bun.env.SCOPES", ["x y"]],
    ['process.env.SCOPES ?? "a"', ["a", "x y"]],
    ['process.env.OTHER ?? "a"', ["?", "a"]],
  ])("%s", (source, texts) => {
    const files = { "main.ts": `export const result = ${source};`, ".env": "SCOPES=x y\n" };
    // A value that says nothing of scopes is not kept; this one is read as written.
    const found = evaluated({ ...files, ".env": 'SCOPES="profiles:read lists:read"\n' });
    expect(found.texts.map((text) => text.replace("profiles:read lists:read", "x y")).sort()).toEqual(
      texts.sort(),
    );
  });
});

describe("budgets", () => {
  it("ends an endless recursion with a reason", () => {
    const { texts, complete } = evaluated(
      'function f(x) { return "a" + f(x + "b"); } export const result = f("");',
    );
    expect(complete).toBe(false);
    expect(texts.join()).toContain("?");
  });

  it("ends a value that hangs on itself", () => {
    expect(evaluated("const a = () => b(); const b = () => a(); export const result = a();").complete).toBe(
      false,
    );
  });

  it("stops at its budget and says so", () => {
    const functions = Array.from(
      { length: 60 },
      (_, i) => `const f${String(i)} = () => f${String(i + 1)}() + f${String(i + 1)}();`,
    );
    const found = evaluated(`${functions.join("\n")}\nconst f60 = () => "x";\nexport const result = f0();`);
    expect(found.complete).toBe(false);
    expect(found.reasons.join()).toMatch(/too much|calls itself/);
  });

  it("stops where a text doubles with each round of a loop", () => {
    const rounds = Array.from({ length: 40 }, (_, i) => `if (flags[${String(i)}]) { s = s + "," + s; }`);
    const found = evaluated(`let s = "x";\n${rounds.join("\n")}\nexport const result = s;`);
    expect(found.complete).toBe(false);
    expect(found.reasons.join()).toContain("too much to follow");
  });

  it("stops at state that each method makes from itself", () => {
    const methods = Array.from(
      { length: 40 },
      (_, i) =>
        `m${String(i)}() { const { node } = this; this.node = { parent: node, raw: this.node.raw, kind: ${String(i)} }; this.node.parent.child = this.node; return this.m${String((i + 1) % 40)}(); }`,
    );
    const found = evaluated(
      `class Parser { constructor() { this.node = { raw: "r" }; } ${methods.join("\n")} }\nexport const result = new Parser().m0().raw;`,
    );
    expect(found.complete).toBe(false);
  });

  it("stops at objects that are spread over themselves", () => {
    const spreads = Array.from({ length: 400 }, (_, i) => `if (flags[${String(i)}]) { o = { ...o, ...o }; }`);
    const found = evaluated(`let o = { a: "x" };\n${spreads.join("\n")}\nexport const result = o.b;`);
    expect(found.complete).toBe(false);
  });

  it("stops at a list that holds itself", () => {
    const found = evaluated(`const list = ["a", list];\nexport const result = list.join(" ");`);
    expect(found.complete).toBe(false);
  });

  it("takes a chain of thousands of terms", () => {
    const terms = Array.from({ length: 3000 }, (_, i) => `"${String(i % 10)}"`).join(" + ");
    expect(evaluated(`export const result = ${terms};`, {}).texts[0]?.length ?? 0).toBeGreaterThan(0);
  });
});
