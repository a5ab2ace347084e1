import { describe, expect, it } from "vitest";

import { lowerFile } from "../../src/lower/index.js";
import { parseMarkup } from "../../src/parse/markup/index.js";
import { scanMarkup } from "../../src/parse/markup/scan.js";
import { codesIn } from "../../src/parse/markup/tree.js";
import type { MarkupLanguage } from "../../src/parse/markup/types.js";

/** The pieces of code, each with the markup's own names that it may mean. */
function codes(language: MarkupLanguage, text: string): string[] {
  return codesIn(scanMarkup(text, language).parts).map(({ range, names }) => {
    const used = names.map(({ name, range: at }) => {
      expect(text.slice(...at)).toBe(name);
      return name;
    });
    return `${text.slice(...range).trim()}${used.length > 0 ? ` ← ${used.join(" ")}` : ""}`;
  });
}

describe("scanMarkup finds the code of Vue", () => {
  it.each([
    ["<p>{{ a() }} and {{b.c()}}</p>", ["a()", "b.c()"]],
    ["<p>{{ name }}{{ a.b }}{{ !c }}</p>", []],
    [
      `<p :a="b()" v-bind:c='d()' @e="f(); g()" v-on:h="i()" v-if="j()" :[k]="l()" v-html=m()>`,
      "b() d() f(); g() i() j() l() m()",
    ],
    [
      `<p v-for="(a, i) of b()" :key="a.b(i)">{{ a(c) }}</p><p>{{ a() }}</p>`,
      ["b()", "a.b(i) ← a i", "a(c) ← a", "a()"],
    ],
    [
      `<p v-for="a in b()"><br><img :src="a()"><b/>{{ a() }}</p>{{ a() }}`,
      ["b()", "a() ← a", "a() ← a", "a()"],
    ],
    [`<b v-slot="{ a }">{{ a() }}</b><template #c="d">{{ d() }}</template>`, ["a() ← a", "d() ← d"]],
    [`<p title="a()" @b @c="">{{ }}</p>`, []],
    [`<p a='"' :b="'>' + c()">{{ d() }}</p>`, ["'>' + c()", "d()"]],
    ["<!-- {{ a() }} --><style>{{ b() }}</style><SCRIPT>{{ c() }}</Script><p>{{ d() }}</p>", ["d()"]],
    ["<p>{{ a() }}</p><p b='", ["a()"]],
    ["<p>{{ a() }}</p>{{ b()", ["a()"]],
    ["<p>a < b {{ c() }}</i></p>", ["c()"]],
  ])("%s", (markup, expected) => {
    const list = typeof expected === "string" ? expected.replace("f(); g()", "f();g()").split(" ") : expected;
    const found = codes("vue", `<template>${markup}</template>`).map((code) =>
      typeof expected === "string" ? code.replace("; ", ";") : code,
    );
    expect(found).toEqual(list);
  });

  it("in the template alone", () => {
    expect(
      codes("vue", "<i18n>{{ a() }}<p :b='c()'></i18n>{{ d() }}<template><p>{{ e() }}</p></template>"),
    ).toEqual(["e()"]);
    expect(
      codes("vue", "<template lang='pug'>p {{ a() }}</template><template lang='html'>{{ b() }}</template>"),
    ).toEqual(["b()"]);
  });
});

describe("scanMarkup finds the code of Svelte", () => {
  it.each([
    ["<p>{a()}</p>{b}", ["a()"]],
    [
      "{#if a()}<p/>{:else if b()}{/if}{#key c()}{/key}{@html d()}{@render e(1)}",
      ["a()", "b()", "c()", "d()", "e(1)"],
    ],
    [
      "{#each a() as { b, c: d }, i (b.e())}{b(i)}{:else}{f()}{/each}{b()}",
      ["a()", "b(i) ← b i", "f()", "b()"],
    ],
    ["{#each a as unknown as A[] as b}{b()}{/each}", ["a as unknown as A[]", "b() ← b"]],
    ["{#await a() then b}{b()}{:catch c}{c()}{/await}{b()}", ["a()", "b() ← b", "c() ← c", "b()"]],
    ["{#await a()}{:then b}{b()}{/await}", ["a()", "b() ← b"]],
    [
      "{#snippet a(b)}{b()}{/snippet}<p let:c={d}>{d()}</p><p let:e>{e()}</p>",
      ["b() ← b", "d() ← d", "e() ← e"],
    ],
    ["<p>{@const a = b()}{a()}</p>{a()}", ["b()", "a() ← a", "a()"]],
    [
      "<p on:a={() => { b() }} c={d()} e='f {g()} h' {...i()} {j} {@attach k()}>",
      ["() => { b() }", "i()", "k()", "d()", "g()"],
    ],
    [`<p class="{a ? "}" : b()}">{c()}</p>`, [`a ? "}" : b()`, "c()"]],
    [
      "{`}${{ a: '}' }}`}{/}/.test(a) /* } */}{'}' // }\n}",
      ["`}${{ a: '}' }}`", "/}/.test(a) /* } */", "'}' // }"],
    ],
    ["<!-- {a()} --><style>p{b()}</style><script>{c()}</script>{d()}", ["d()"]],
    ["{a()}{b(", ["a()"]],
  ])("%s", (markup, expected) => {
    expect(codes("svelte", markup)).toEqual(expected);
  });
});

it("scanMarkup finds the code of Astro", () => {
  const text = "<p a={b()} c=`d${e()}` {...f()}>{g && <i>it's {h()}</i>}</p><a href='{i()}' set:html={j()}/>";
  expect(codes("astro", text)).toEqual(["b()", "`d${e()}`", "f()", "g && <i>it's {h()}</i>", "j()"]);
});

describe("parseMarkup", () => {
  const called = (file: string, text: string): string[] => {
    const form = lowerFile(file, text);
    expect(form.problems).toEqual([]);
    expect(JSON.parse(JSON.stringify(form))).toStrictEqual(form);
    const found: string[] = [];
    JSON.stringify(form, (_key, value: unknown) => {
      const node = value as { kind?: string; style?: string; range: [number, number] } | null;
      if (node?.kind === "call" && node.style === "call") found.push(text.slice(...node.range));
      return value;
    });
    return found.sort();
  };

  it("passes over what does not parse, and nothing else", () => {
    const broken = ["b(", "c) + (d", "if", "e(); f()", "}", ") => 1); (", "/* ", "'"];
    for (const one of broken) {
      const text = `<template><p :a="x(1)" :b="${one}" :c="x(2)">{{ ${one} }}{{ x(3) // y\n }}</p></template>`;
      expect(called("a.vue", text), one).toEqual(["x(1)", "x(2)", "x(3)"]);
    }
  });

  it("takes a handler's statements", () => {
    const text =
      '<template><p @a="b = x(1); x(2)" @c="function () { x(3) }" @d="if (e) x(4)" @f=\'async () => { await x(5); }\'/></template>';
    expect(called("a.vue", text)).toEqual(["x(1)", "x(2)", "x(3)", "x(4)", "x(5)"]);
  });

  it("reads types where the script may have them", () => {
    expect(called("a.vue", "<script lang='ts'>\n</script><template>{{ x(1) as A }}</template>")).toEqual([
      "x(1)",
    ]);
    expect(
      called("a.vue", "<script lang='tsx'>\n</script><template>{{ a && <p b={x(1)}/> }}</template>"),
    ).toEqual(["x(1)"]);
  });

  it("resolves to the script's names, but for the markup's own", () => {
    const text =
      "<script setup>const x = 1, y = 2</script><template><p v-for='y in x(y)'>{{ x(y) }}</p></template>";
    const { bindings, body, functions } = lowerFile("a.vue", text);
    const names: [string, number, string][] = [];
    JSON.stringify([body, functions], (_key, value: unknown) => {
      const node = value as { kind?: string; name: string; binding: number; range: [number, number] } | null;
      if (node?.kind === "name") names.push([node.name, node.binding, text.slice(...node.range)]);
      return value;
    });
    const [x, y] = [
      bindings.findIndex(({ name }) => name === "x"),
      bindings.findIndex(({ name }) => name === "y"),
    ];
    const own = bindings.findLastIndex(({ name }) => name === "y");
    expect(own).not.toBe(y);
    expect(text.slice(...(bindings[own]?.range ?? [0, 0]))).toBe("y");
    const list: [string, number, string][] = [
      ["x", x, "x"],
      ["y", y, "y"],
    ];
    // By itself, and as what the name stands for the items of.
    expect(names).toEqual([...list, ...list, ["x", x, "x"], ["y", own, "y"]]);
  });

  it("takes an item of a list for one of its items, however deep the loops", () => {
    const text =
      "<script setup>const all = [{ each: [1] }]</script><template><p v-for='a in all'><b v-for='(a, i) of a.each' :x='f(a, i)'/></p></template>";
    const loops: string[] = [];
    JSON.stringify(lowerFile("a.vue", text).functions, (_key, value: unknown) => {
      const node = value as { kind?: string; subject: { range: [number, number] } } | null;
      if (node?.kind === "loop") loops.push(text.slice(...node.subject.range));
      return value;
    });
    expect(loops).toEqual(["all", "a.each"]);
  });

  it("decodes the entities of attributes, each character at its place", () => {
    const text = `<template><a href="//klaviyo.com?a&amp;b" :c="'&amp;d' + \`&lt;\${e &amp;&amp; f(1)}&#33;\`"/></template>`;
    const strings: Record<string, string[]> = {};
    JSON.stringify(lowerFile("a.vue", text), (_key, value: unknown) => {
      const node = value as { kind?: string; value: string; at: number[] } | null;
      if (node?.kind === "string" && Array.isArray(node.at)) {
        strings[node.value] = node.at.slice(0, -1).map((at, index) => text.slice(at, node.at[index + 1]));
      }
      return value;
    });
    expect(strings).toEqual({
      "//klaviyo.com?a&b": ["//klaviyo.com?a".split(""), "&amp;", "b"].flat(),
      "&d": ["&amp;", "d"],
      "<": ["&lt;"],
      "!": ["&#33;"],
    });
  });

  it("keeps the comments that speak to us", () => {
    const words = "klaviyo-scope-audit-ignore-next-line no-unknown-scope -- why";
    const text = `<template><!-- ${words} -->{{ a( /* ${words} */) }}</template>`;
    const { directives } = lowerFile("a.vue", text);
    expect(directives.map((one) => [text.slice(...one.range), one.text])).toEqual([
      [`<!-- ${words} -->`, words],
      [`/* ${words} */`, words],
    ]);
  });

  const MANY = 40_000;
  it.each([
    ["a.svelte", "{"],
    ["a.svelte", "{a("],
    ["a.svelte", "{a()}"],
    ["a.svelte", "{#each a as b}{b()}"],
    ["a.svelte", "<p a='{"],
    ["a.svelte", "{`${"],
    ["a.svelte", "<p>{/if}"],
    ["a.svelte", "<form>"],
    ["a.vue", "{{ a() }}"],
    ["a.vue", "{{ a( }}"],
    ["a.vue", "<p v-for='a in b()'>"],
    ["a.vue", "<p></i>"],
    ["a.vue", "<p"],
    ["a.vue", "<!--"],
    ["a.vue", '<p a="'],
    ["a.vue", "&amp;"],
    ["a.astro", "{<p>"],
    ["a.astro", "<p a=`"],
  ])("takes no more than its time: %s %s", (file, piece) => {
    const started = performance.now();
    const text = `<template>${piece.repeat(MANY)}</template>`;
    expect(parseMarkup(file, text, 0, "ts").comments).toEqual([]);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
