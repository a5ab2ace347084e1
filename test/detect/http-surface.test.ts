/** Every operation of the catalog, called over HTTP with concrete ids, is found as itself. */
import { expect, it } from "vitest";
import { isClientOperation, loadCatalog } from "../../src/catalog/index.js";
import type { Operation } from "../../src/catalog/types.js";
import { auditFiles } from "./program.js";

const catalog = loadCatalog();
const operations = catalog.operations();

/** Where a beta operation shares method and path with a stable one, a call is the stable one's. */
function itself(operation: Operation): Operation {
  const shape = (one: Operation): string => `${one.method} ${one.path.replace(/\{[^}]*\}/g, "{}")}`;
  return operations.find((one) => !one.beta && shape(one) === shape(operation)) ?? operation;
}

/** One file for fifty calls, each on a line of its own. */
function program(write: (path: string, method: string) => string): { files: Record<string, string> } {
  const files: Record<string, string> = {};
  for (let start = 0; start < operations.length; start += 50) {
    files[`src/part-${String(start)}.js`] = operations
      .slice(start, start + 50)
      .map(({ path, method }) => write(path, method))
      .join("\n");
  }
  return { files };
}

async function foundIn(files: Record<string, string>): Promise<Map<number, (string | null)[]>> {
  const { apiCalls } = await auditFiles(files);
  const found = new Map<number, (string | null)[]>();
  for (const { file, line, operation } of apiCalls) {
    const index = Number(/part-(\d+)/.exec(file)?.[1]) + line - 1;
    found.set(index, [...(found.get(index) ?? []), operation]);
  }
  return found;
}

it("knows stable and beta operations", () => {
  expect(operations.filter((one) => !one.beta).length).toBe(345);
  expect(operations.some((one) => one.beta)).toBe(true);
});

it.each([
  [
    "fetch with a literal URL",
    (path: string, method: string) =>
      `fetch("https://a.klaviyo.com${path.replace(/\{[^}]*\}/g, "01HWWWKAW4RHXQJCMW4R2KRYR4")}/", { method: "${method}" });`,
  ],
  [
    "axios with ids in a template",
    (path: string, method: string) =>
      `axios.${method.toLowerCase()}(\`https://a.klaviyo.com${path.replace(/\{[^}]*\}/g, "${encodeURIComponent(record.id)}")}?page[size]=10\`);`,
  ],
])("%s", async (_, write) => {
  const { files } = program(write);
  const found = await foundIn(files);
  const wrong = operations.flatMap((operation, index) => {
    const actual = found.get(index) ?? [];
    // What a browser may call with the public key is listed, and no evidence of need.
    const wanted = isClientOperation(operation) ? null : itself(operation).id;
    return actual.length === 1 && actual[0] === wanted ? [] : [{ id: operation.id, wanted, actual }];
  });
  expect(wrong).toEqual([]);
});
