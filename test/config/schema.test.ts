import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { loadCatalog } from "../../src/catalog/index.js";
import { parseConfig } from "../../src/config/load.js";
import { temporaryFolder } from "../api/temporary.js";

const schema = JSON.parse(
  readFileSync(new URL("../../schema/config.json", import.meta.url), "utf8"),
) as Record<string, unknown>;
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

/** Whether the schema and the loader accept a config. */
function verdicts(value: unknown): { schema: boolean; loader: boolean } {
  const root = temporaryFolder({ ".env": "" });
  const context = { ruleNames: rules.map(({ name }) => name), catalog: loadCatalog() };
  const { config } = parseConfig(`${root}/klaviyo-scopes.json`, JSON.stringify(value), context);
  return { schema: validate(value), loader: config !== null };
}

describe("schema/config.json", () => {
  it.each([
    {},
    { $schema: "x", configured: "accounts:read lists:read" },
    { configured: ["accounts:read"] },
    { configured: { file: ".env", key: "KLAVIYO_SCOPES" } },
    {
      include: ["src/**"],
      ignore: ["legacy"],
      rules: { "no-unused-scope": "off", "klaviyo-scopes/require-pkce": "warn" },
    },
    { overrides: [{ files: ["a"], rules: { "require-pkce": "off" } }] },
    { justify: { "profiles:read": "to show them" }, scopes: ["loyalty:read"], uses: ["create_event"] },
    {
      helpers: [
        { callee: "request", path: 0 },
        { callee: "a.b", method: 0, path: 1 },
        { callee: "get", method: "GET", path: 0 },
      ],
    },
    { apps: [{ name: "a" }] },
  ])("accepts %j, as the loader does", (config) => {
    expect(verdicts(config)).toEqual({ schema: true, loader: true });
  });

  it.each([
    { configurd: "accounts:read" },
    { configured: "accounts:read,lists:read" },
    { configured: 1 },
    { configured: { file: ".env" } },
    { include: "src" },
    { include: [""] },
    { rules: { "no-such-rule": "off" } },
    { rules: { "require-pkce": "warning" } },
    { rules: { "require-pkce": 2 } },
    { overrides: [{ files: ["a"] }] },
    { scopes: ["loyalty"] },
    { justify: { loyalty: "a" } },
    { uses: [""] },
    { helpers: [{ callee: "request" }] },
    { helpers: [{ callee: "request", path: -1 }] },
    { helpers: [{ callee: "request", path: 0, method: "FETCH" }] },
    { apps: [{ root: "." }] },
    [],
  ])("refuses %j, as the loader does", (config) => {
    expect(verdicts(config)).toEqual({ schema: false, loader: false });
  });

  it("describes every property", () => {
    const silent: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (
          /\/(?:properties|definitions|patternProperties)$/.test(path) &&
          !Object.hasOwn(inner as object, "description")
        ) {
          silent.push(`${path}/${key}`);
        }
        visit(inner, `${path}/${key}`);
      }
    };
    visit(schema, "");
    expect(silent).toEqual([]);
  });

  it("completes the names of all rules and scopes", () => {
    const text = JSON.stringify(schema);
    for (const { name } of rules) expect(text).toContain(`"${name}"`);
    for (const { name } of loadCatalog().scopes()) expect(text).toContain(`"${name}"`);
  });
});
