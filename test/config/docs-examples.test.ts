/** Every example of docs/config.md is a config, and every key has one. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { loadCatalog } from "../../src/catalog/index.js";
import { findConfig } from "../../src/config/find.js";
import { CONFIG_KEYS, loadConfig } from "../../src/config/load.js";
import { temporaryFolder } from "../api/temporary.js";

const page = readFileSync(new URL("../../docs/config.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^```json\n(.*?)^```$/gmsu)].map(([, text = ""]) => text);
const context = { ruleNames: rules.map(({ name }) => name), catalog: loadCatalog() };

describe("docs/config.md", () => {
  it.each(examples)("has an example that is found and loads: %s", (text) => {
    const name = text.startsWith("// package.json") ? "package.json" : "klaviyo-scopes.json";
    const root = temporaryFolder({
      ".env.example": "KLAVIYO_CONFIGURED_SCOPES=accounts:read\n",
      "apps/loyalty/a.ts": "",
      "apps/reviews/a.ts": "",
      [name]: text,
    });
    expect(findConfig(`${root}/apps/loyalty`)).toBe(`${root}/${name}`);
    const { config, errors } = loadConfig(`${root}/${name}`, context);
    expect(errors).toEqual([]);
    expect(config).not.toBeNull();
  });

  it("has an example of every key, and a heading for each", () => {
    const headings = page.match(/^## .*/gmu)?.join("\n") ?? "";
    for (const key of CONFIG_KEYS) {
      expect(examples.filter((text) => text.includes(`"${key}":`))).not.toEqual([]);
      if (key !== "$schema") expect(headings).toContain(`\`${key}\``);
    }
  });
});
