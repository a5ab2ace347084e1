/** Every method of the installed `klaviyo-api`, called, is found as the catalog's operation. */
import * as klaviyo from "klaviyo-api";
import { expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/index.js";
import { auditFiles } from "./program.js";

const catalog = loadCatalog();

/** Methods that are no operation, with the reason why. None so far. */
const NO_OPERATION = new Map<string, string>();

const classes = Object.entries(klaviyo).flatMap(([className, value]) => {
  if (!className.endsWith("Api") || typeof value !== "function" || className === "OAuthApi") return [];
  const names = Object.getOwnPropertyNames(value.prototype as object).filter(
    (name) =>
      name !== "constructor" &&
      typeof Object.getOwnPropertyDescriptor(value.prototype as object, name)?.value === "function",
  );
  return [{ className, names }];
});

it("walks the whole package", () => {
  expect(classes.length).toBeGreaterThan(20);
  expect(classes.flatMap(({ names }) => names).length).toBeGreaterThan(600);
});

it("each method resolves to the operation of its name", async () => {
  const files: Record<string, string> = {};
  const expected: unknown[] = [];
  for (const { className, names } of classes) {
    const file = `src/${className}.ts`;
    const lines = names.map(
      (name) => `new ${className}(new OAuthSession("customer", storage)).${name}("id", body);`,
    );
    files[file] = [`import { OAuthSession, ${className} } from "klaviyo-api";`, ...lines].join("\n");
    names.forEach((name, index) => {
      if (NO_OPERATION.has(name)) return;
      const operation = catalog.operation(name);
      expected.push({
        at: `${file}:${String(index + 2)} ${name}`,
        operation: operation?.id ?? `${name} is not in the catalog`,
        auth: className === "ClientApi" ? "public" : "oauth",
      });
    });
  }
  const { apiCalls } = await auditFiles(files);
  const found = apiCalls.map(({ file, line, operation, auth }) => {
    const className = file.slice("src/".length, -".ts".length);
    const name = classes.find((one) => one.className === className)?.names[line - 2] ?? "?";
    return { at: `${file}:${String(line)} ${name}`, operation, auth };
  });
  const byPlace = (one: { at: string }): string => one.at;
  expect(sorted(found, byPlace)).toEqual(sorted(expected as { at: string }[], byPlace));
});

function sorted<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
