import * as klaviyo from "klaviyo-api";
import { expect, it } from "vitest";
import { isClientOperation, loadCatalog } from "../../src/catalog/index.js";

const catalog = loadCatalog();

/** Every method of the real package's API classes, deprecated aliases included, with its source text. */
const methods = Object.entries(klaviyo).flatMap(([className, value]) => {
  if (!className.endsWith("Api") || typeof value !== "function" || className === "OAuthApi") return [];
  return Object.entries(Object.getOwnPropertyDescriptors(value.prototype as object)).flatMap(
    ([name, property]) => {
      const method: unknown = property.value;
      return name === "constructor" || typeof method !== "function"
        ? []
        : [{ className, name, source: String(method) }];
    },
  );
});

it("every method of klaviyo-api is the operation that it sends", () => {
  expect(methods.length).toBeGreaterThan(600);
  for (const { className, name, source } of methods) {
    const operation = catalog.operation(name);
    const sent = {
      method: /\bmethod: '(\w+)'/.exec(source)?.[1],
      path: /this\.basePath \+ '([^']+)'/.exec(source)?.[1],
      className,
    };
    expect([
      name,
      {
        method: operation?.method,
        path: operation?.path,
        className: `${operation?.tag.replaceAll(" ", "") ?? ""}Api`,
      },
    ]).toEqual([name, sent]);
  }
});

it("every stable operation has a method, but for those that a browser calls", () => {
  const reached = new Set(methods.map(({ name }) => catalog.operation(name)));
  const without = catalog.operations().filter((operation) => !operation.beta && !reached.has(operation));
  expect(without.filter((operation) => !isClientOperation(operation))).toEqual([]);
});
