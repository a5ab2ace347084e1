import { describe, expect, it } from "vitest";

import { lowerFile } from "../../src/lower/index.js";
import { sfcScript } from "../../src/parse/sfc.js";

const code = (file: string, text: string): string => sfcScript(file, text).text.replace(/\s+/g, " ").trim();

describe("sfcScript", () => {
  it("keeps every offset and line break", () => {
    const text = "<template>\r\n  <p title=\"'\">😀</p>\n</template>\n<script>\nconst a = '😀';\n</script>\n";
    const script = sfcScript("a.vue", text).text;
    expect(script).toHaveLength(text.length);
    expect(script.indexOf("const a")).toBe(text.indexOf("const a"));
    expect(script.replace(/[^\r\n]/g, "")).toBe(text.replace(/[^\r\n]/g, ""));
  });

  it.each([
    ["a.vue", "<script>a</script><script setup lang='ts'>b</script>", "a; b;"],
    ["a.vue", "<SCRIPT type=module>a</SCRIPT>", "a;"],
    [
      "a.vue",
      '<script type="application/ld+json">{}</script><script generic="T extends A<B>">a</script>',
      "a;",
    ],
    ["a.vue", "<script src='./a.js' /><p>b</p><script>c</script>", "c;"],
    ["a.vue", "<!-- <script>a</script> --><script>b</script>", "b;"],
    ["a.vue", "<script-x>a</script-x><script>b", ""],
    [
      "a.svelte",
      "<script context='module'>a</script>{#if b}<p/>{/if}<script>c</script><style>d</style>",
      "a; c;",
    ],
    ["a.astro", "---\na\n---\n<p>{b}</p><script>c</script>", "a ; c;"],
    ["a.astro", "<p>---</p>", ""],
    ["a.vue", "", ""],
  ])("%s: %s", (file, text, expected) => {
    expect(code(file, text)).toBe(expected);
  });

  it("reads JSX where the language says so", () => {
    expect(sfcScript("a.vue", "<script lang='tsx'>a</script>").lang).toBe("tsx");
    expect(sfcScript("a.vue", "<script lang='ts'>a</script>").lang).toBe("ts");
  });
});

describe("lowerFile reads components", () => {
  it("with strings at their places in the file", () => {
    const text =
      "<template><p/></template>\n<script setup lang='ts'>\nconst s: string = 'accounts:read'\n</script>\n<script>\nexport default { name: 'x' }\n</script>";
    const form = lowerFile("src/App.vue", text);
    expect(form.problems).toEqual([]);
    const [first] = form.body;
    expect(first?.kind === "let" && first.value?.kind === "string" && text.slice(...first.value.range)).toBe(
      "'accounts:read'",
    );
    expect(form.exports).toMatchObject([{ kind: "local", name: "default" }]);
    expect(form.lines).toHaveLength(7);
  });

  it("and allows Astro's frontmatter to return", () => {
    const form = lowerFile("src/page.astro", "---\nimport a from 'b';\nif (a) return a;\n---\n<p/>");
    expect(form.problems).toEqual([]);
    expect(form.body.map(({ kind }) => kind)).toEqual(["if"]);
  });
});
