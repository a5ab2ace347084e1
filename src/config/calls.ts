/** What the config says of API calls: `uses` and `helpers`. */
import type { Node } from "jsonc-parser";
import type { Catalog } from "../catalog/index.js";
import { suggestOperation, suggestPath } from "../catalog/suggest.js";
import type { Operation } from "../catalog/types.js";
import type { ConfigDocument } from "./document.js";
import { nearest, quoted } from "./nearest.js";
import type { HelperConfig, UsedOperation } from "./types.js";

const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/** Operations by id, alias or `METHOD /path`. Unknown ones are reported. */
export function usesOf(document: ConfigDocument, node: Node, catalog: Catalog): UsedOperation[] {
  return document.strings(node, "`uses`").flatMap(({ value, node: entry }) => {
    const problem = problemOf(value.trim(), catalog);
    if (problem === null) {
      return [{ name: value.trim(), range: [entry.offset + 1, entry.offset + entry.length - 1] }];
    }
    document.error(entry, problem.message, problem.help);
    return [];
  });
}

interface UseProblem {
  message: string;
  help: string | null;
}

/** The operation that an entry of `uses` names: an id or alias in any case style, or a method and a path. */
export function usedOperation(use: string, catalog: Catalog): Operation | undefined {
  const endpoint = endpointOf(use);
  return endpoint === null ? catalog.operation(use) : catalog.match(endpoint.method, endpoint.path);
}

function endpointOf(use: string): { method: string; path: string } | null {
  const [, method, path] = /^([A-Za-z]+)\s+(\S+)$/.exec(use) ?? [];
  return method !== undefined && path?.includes("/") === true ? { method, path } : null;
}

function problemOf(use: string, catalog: Catalog): UseProblem | null {
  if (usedOperation(use, catalog) !== undefined) return null;
  const endpoint = endpointOf(use);
  if (endpoint !== null) return endpointProblem(endpoint.method, endpoint.path, catalog);
  if (use.includes("/")) {
    const [operation] = catalog.operationsForPath(use);
    return {
      message: `${quoted(use)} lacks the method.`,
      help: `Write ${quoted(`${operation?.method ?? "GET"} ${use}`)}.`,
    };
  }
  const near = suggestOperation(use, catalog);
  return {
    message: `Klaviyo's API has no operation ${quoted(use)}.`,
    help:
      near === null
        ? "Write an operation id or a method and a path: `GET /api/profiles`."
        : `Did you mean ${quoted(near.id)}?`,
  };
}

function endpointProblem(method: string, path: string, catalog: Catalog): UseProblem {
  const written = `${method} ${path}`;
  if (!METHODS.includes(method.toUpperCase())) {
    const near = nearest(method, METHODS);
    return {
      message: `${quoted(method)} is no method of Klaviyo's API.`,
      help:
        near === null
          ? `Its methods are ${METHODS.join(", ")}.`
          : `Did you mean ${quoted(`${near} ${path}`)}?`,
    };
  }
  const near = suggestPath(method, path, catalog);
  const message = `Klaviyo's API has no operation ${quoted(written)}.`;
  if (near === null) return { message, help: null };
  if (near.kind === "method")
    return { message, help: `That path has ${near.methods.map(quoted).join(", ")}.` };
  const known = near.operation?.method ?? near.methods[0] ?? method;
  return { message, help: `Did you mean ${quoted(`${known} ${near.path}`)}?` };
}

/** `request`, `client.request`, `this.#request`: names joined with dots. */
const CALLEE = /^#?[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.#?[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;

/** Request helpers that inference cannot see. */
export function helpersOf(document: ConfigDocument, node: Node): HelperConfig[] {
  if (node.type !== "array") {
    document.wrongType(node, "`helpers`", "an array of objects with `callee`, `method` and `path`");
    return [];
  }
  return (node.children ?? []).flatMap((child) => helperOf(document, child) ?? []);
}

function helperOf(document: ConfigDocument, node: Node): HelperConfig | null {
  const fields = document.object(node, "A helper", ["callee", "method", "path"]);
  if (fields === null) return null;
  const missing = ["callee", "path"].find((key) => !fields.has(key));
  if (missing !== undefined) {
    document.error(
      node,
      `A helper needs \`${missing}\`.`,
      'Such as { "callee": "klaviyoRequest", "method": 0, "path": 1 }.',
    );
    return null;
  }
  const callee = calleeOf(document, fields.get("callee")?.value ?? node);
  const pathNode = fields.get("path")?.value ?? node;
  const path = argumentIndex(document, pathNode, "`path`");
  const methodNode = fields.get("method")?.value ?? null;
  const method = methodNode === null || methodNode.type === "null" ? null : methodOf(document, methodNode);
  if (callee === null || path === null || method === undefined) return null;
  if (method === path) {
    document.error(pathNode, "`method` and `path` cannot be the same argument.");
    return null;
  }
  return { callee, method, path };
}

function calleeOf(document: ConfigDocument, node: Node): string | null {
  const callee = document.words(node, "`callee`");
  if (callee === null || CALLEE.test(callee)) return callee;
  const bare = callee.replace(/\(.*$/s, "").trim();
  const help = CALLEE.test(bare)
    ? `Write ${quoted(bare)}.`
    : "Write names joined with dots: `client.request`.";
  document.error(node, `${quoted(callee)} is no name of a function.`, help);
  return null;
}

/** Undefined and an error for what is neither an argument's index nor a method. */
function methodOf(document: ConfigDocument, node: Node): number | string | undefined {
  if (node.type === "number") return argumentIndex(document, node, "`method`") ?? undefined;
  const method = document.string(node, "`method`")?.toUpperCase();
  if (method === undefined || METHODS.includes(method)) return method;
  const near = nearest(method, METHODS);
  document.error(
    node,
    `${quoted(String(node.value))} is no method of Klaviyo's API.`,
    near === null
      ? `Write the index of the argument, or one of ${METHODS.join(", ")}.`
      : `Did you mean ${quoted(near)}?`,
  );
  return undefined;
}

function argumentIndex(document: ConfigDocument, node: Node, what: string): number | null {
  const value: unknown = node.value;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 100) return value;
  document.wrongType(node, what, "the index of an argument", "The first argument is 0.");
  return null;
}
