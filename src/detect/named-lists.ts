/**
 * Lists that only their name tells: `KLAVIYO_SCOPES` in an env file or a module, `klaviyo.scopes` in a config file,
 * `SCOPES` in a module called klaviyo. The weakest evidence: only for lists that reach no place we know.
 */
import type { Catalog } from "../catalog/index.js";
import type { Expression } from "../lower/form.js";
import { envEntries } from "../lower/data/env-entries.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { FileIndex } from "../link/file-index.js";
import { isPartOfApp, keyPath } from "./key-path.js";
import type { CallGraph } from "./call-graph.js";
import type { RawRequest } from "./raw.js";
import { isOnlyStored } from "./stored.js";
import {
  isScopeList,
  isWritten,
  possibleLists,
  scopeLikeness,
  SCOPE_KEY,
  VOCABULARY_NAME,
} from "./scope-value.js";

const NAMES_BOTH = /klaviyo.*scopes?|scopes?.*klaviyo/i;
/** A scope list's own name, without a prefix that makes it a vocabulary. */
const SCOPES_NAME = /^(?:default|oauth2?|required|app|auth|api|requested)?_?scopes?$/i;

export function findNamedLists(graph: CallGraph, catalog: Catalog): RawRequest[] {
  const { program } = graph.evaluator;
  return program
    .files()
    .flatMap((file) =>
      graph.about(program.form(file), "named lists", () =>
        listsIn(graph.evaluator, catalog, file, program.index(file)),
      ),
    );
}

function listsIn(evaluator: Evaluator, catalog: Catalog, file: string, index: FileIndex): RawRequest[] {
  const out: RawRequest[] = [];
  const found = index.form.data === null ? inCode(file, index) : inData(file, index);
  for (const { node, kind } of found) {
    const values = evaluator.within(() => evaluator.evaluate(node, evaluator.moduleFrame(file)));
    const origin = { file, range: node.range };
    for (const list of possibleLists(evaluator, values, origin)) {
      if (!isWritten(list.chunks)) continue;
      // An env entry that says Klaviyo scopes is a request whatever it holds; a name in code needs scopes in it.
      const enough =
        kind === "env" ? scopeLikeness(list.chunks, catalog).tokens > 0 : isScopeList(list.chunks, catalog);
      if (!enough) continue;
      out.push({ ...list, all: null, site: null, kind, evidence: "name", authorization: null, via: [] });
    }
  }
  return out;
}

interface Named {
  node: Expression;
  kind: "env" | "config";
}

/** Module-level constants and class statics of code. */
function inCode(file: string, index: FileIndex): Named[] {
  const { form } = index;
  const out: Named[] = [];
  const moduleSaysKlaviyo = /klaviyo/i.test(file.split("/").slice(-2).join("/"));
  form.bindings.forEach((binding, id) => {
    if (binding.fn >= 0 || VOCABULARY_NAME.test(binding.name.replace(/klaviyo/i, ""))) return;
    const own = NAMES_BOTH.test(binding.name);
    if (!own && !(moduleSaysKlaviyo && SCOPES_NAME.test(binding.name) && !isOnlyStored(index, id))) return;
    const [declaration] = index.variable(id).declarations;
    if (declaration?.kind !== "let" || declaration.value === null || declaration.path.length > 0) return;
    const { value } = declaration;
    if (value.kind === "function" || value.kind === "class" || value.kind === "map") return;
    // What another name or the environment holds is found there.
    if (isReference(value)) return;
    out.push({ node: { kind: "name", name: binding.name, binding: id, range: value.range }, kind: "config" });
  });
  for (const { node } of index.maps) {
    for (const entry of node.entries) {
      if (entry.key?.kind !== "string" || isReference(entry.value)) continue;
      if (entry.value.kind === "map" || entry.value.kind === "function") continue;
      if (pathTells([...keyPath(index, node), entry.key.value]))
        out.push({ node: entry.value, kind: "config" });
    }
  }
  out.push(...onlyListOfFile(file, index));
  return out;
}

/** `klaviyo.scopes`, `DEFAULT_SCOPES.klaviyo`: the last key names one of the two, the keys before it the other. */
function pathTells(path: readonly string[]): boolean {
  const last = path.at(-1) ?? "";
  if (isPartOfApp(path)) return false;
  if (path.some((part) => VOCABULARY_NAME.test(part.replace(/klaviyo/i, "")) && /scope/i.test(part)))
    return false;
  if (NAMES_BOTH.test(last)) return true;
  const before = path.slice(0, -1);
  if (SCOPE_KEY.test(last)) return before.some((part) => /^klaviyo/i.test(part));
  return KLAVIYO_KEY.test(last) && before.some((part) => SCOPE_KEY.test(part));
}

const KLAVIYO_KEY = /^klaviyo(?:[-_]?(?:oauth2?|api|app|provider))?$/i;

/** A file that is named after Klaviyo alone, beside those of other providers, and holds one list under a scopes key. */
function onlyListOfFile(file: string, index: FileIndex): Named[] {
  const base = (file.split("/").at(-1) ?? "").replace(/\.[^.]*$/, "");
  if (
    !/^klaviyo(?:[-_.]?(?:oauth2?|auth|provider|connector|integration|strategy|config|app|api))*$/i.test(base)
  )
    return [];
  const found = index.maps.flatMap(({ node }) =>
    node.entries.filter(
      (entry) =>
        entry.key?.kind === "string" &&
        SCOPES_NAME.test(entry.key.value) &&
        entry.value.kind !== "map" &&
        entry.value.kind !== "function" &&
        !isReference(entry.value),
    ),
  );
  const [only, ...more] = found;
  return only === undefined || more.length > 0 ? [] : [{ node: only.value, kind: "config" }];
}

function isReference(node: Expression): boolean {
  switch (node.kind) {
    case "name":
    case "member":
      return true;
    case "typed":
      return isReference(node.value);
    case "call":
      return (
        node.callee.kind === "name" ||
        (node.callee.kind === "member" &&
          node.callee.property.kind === "string" &&
          /^(?:join|trim|split)$/.test(node.callee.property.value) &&
          isReference(node.callee.object))
      );
    default:
      return false;
  }
}

/** Env entries by their names, and config keys whose path says Klaviyo and scopes. */
function inData(file: string, index: FileIndex): Named[] {
  const out: Named[] = [];
  const taken = new Set<Expression>();
  const variables = envEntries(index.form);
  for (const entry of variables) {
    if (!NAMES_BOTH.test(entry.name) || VOCABULARY_NAME.test(entry.name.replace(/klaviyo/i, ""))) continue;
    taken.add(entry.value);
    out.push({ node: entry.value, kind: "env" });
  }
  const fileSaysKlaviyo = /klaviyo/i.test(file.split("/").at(-1) ?? "");
  for (const { node } of index.maps) {
    for (const entry of node.entries) {
      if (entry.key?.kind !== "string" || taken.has(entry.value)) continue;
      if (!SCOPE_KEY.test(entry.key.value) && !NAMES_BOTH.test(entry.key.value)) continue;
      const path = [...keyPath(index, node), entry.key.value];
      const own = path.join(".");
      if (VOCABULARY_NAME.test(entry.key.value.replace(/klaviyo/i, ""))) continue;
      if (isPartOfApp(path)) continue;
      if (!NAMES_BOTH.test(own) && !(fileSaysKlaviyo && SCOPES_NAME.test(entry.key.value))) continue;
      if (entry.value.kind === "map") continue;
      if (variables.some((one) => one.value.range[0] === entry.value.range[0])) continue;
      out.push({ node: entry.value, kind: "config" });
    }
  }
  return out;
}
