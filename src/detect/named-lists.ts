/**
 * Lists that only their name tells: `KLAVIYO_SCOPES` in an env file or a module, `klaviyo.scopes` in a config file,
 * `SCOPES` in a module called klaviyo. The weakest evidence: only for lists that reach no place we know.
 */
import { parentOf } from "../link/parent-of.js";
import type { Catalog } from "../catalog/index.js";
import type { Expression, MapExpression } from "../lower/form.js";
import { envEntries } from "../lower/data/env-entries.js";
import { isValueKey } from "../lower/data/env-names.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { listInText } from "../evaluate/json-text.js";
import { isStandIn } from "../evaluate/stand-ins.js";
import { outline } from "../evaluate/text.js";
import type { FileIndex } from "../link/file-index.js";
import { isContent, isHeldOtherwise, isSetApart, namesOtherService } from "./apart.js";
import type { CallGraph } from "./call-graph.js";
import { envEntriesOfCode, isForTests } from "./env-of-code.js";
import { isPartOfApp, keyPath, startsKlaviyos } from "./key-path.js";
import { isOnlyLookedAt } from "./looks.js";
import type { RawRequest } from "./raw.js";
import { received, takesCommas } from "./receivers.js";
import { isOnlyStored } from "./stored.js";
import {
  isPlainlyScopes,
  isVocabulary,
  isWritten,
  possibleLists,
  scopeLikeness,
  SCOPE_KEY,
} from "./scope-value.js";

/** Whether a name says Klaviyo's scopes, and not that they are a vocabulary, or those of a part, a key or another service. */
function namesBoth(name: string): boolean {
  // A list of scopes, not scopes of lists: `klaviyo_scope_list`.
  const plain = name.replace(/(scopes?)[_-]?list/i, "$1");
  // Of one of many that a properties file spells out: `klaviyo.topics[0].scope`.
  if (/\[\d+\]/.test(plain)) return false;
  return /klaviyo.*scopes?|scopes?.*klaviyo/i.test(plain) && !isVocabulary(plain) && !isSetApart(plain);
}

/** A scope list's own name, without a prefix that makes it a vocabulary. */
const SCOPES_NAME = /^(?:default|oauth2?|required|app|auth|api|requested)?_?scopes?$/i;

export function findNamedLists(graph: CallGraph, catalog: Catalog): RawRequest[] {
  const { program } = graph.evaluator;
  return program.files().flatMap((file) =>
    graph
      .about(program.form(file), "named lists", () =>
        graph.lost.attempt(
          file,
          { range: [0, 0] },
          () => listsIn(graph.evaluator, catalog, file, program.index(file)),
          [],
        ),
      )
      // Asked anew in each run: any file may import the list.
      .filter(({ binding }) => binding < 0 || !isOnlyLookedAt(program, file, binding))
      .map(({ raw }) => raw),
  );
}

interface NamedList {
  raw: RawRequest;
  binding: number;
}

function listsIn(evaluator: Evaluator, catalog: Catalog, file: string, index: FileIndex): NamedList[] {
  const out: NamedList[] = [];
  if (isContent(file)) return out;
  const found = index.form.data === null ? inCode(evaluator, file, index) : inData(evaluator, file, index);
  for (const { node, kind, isSure, binding, names } of found) {
    const values = evaluator.within(() =>
      evaluator.evaluate(node, evaluator.moduleFrame(file)).map((value) => listInText(evaluator, value)),
    );
    const origin = { file, range: node.range };
    for (const list of possibleLists(evaluator, values, origin)) {
      if (!isWritten(list.chunks) || isStandIn(outline(list.chunks))) continue;
      // An env entry that says Klaviyo scopes is a request whatever it holds; another name needs scopes in it.
      const enough = isSure
        ? scopeLikeness(list.chunks, catalog).tokens > 0
        : isPlainlyScopes(list.chunks, catalog);
      if (!enough) continue;
      out.push({
        raw: {
          ...received(list, takesCommas(file, index, node, names)),
          all: null,
          site: null,
          kind,
          evidence: "name",
          authorization: null,
          isNeutral: !names.some((name) => /klaviyo/i.test(name)) || MAY_BE_OF_KEY.test(names.at(-1) ?? ""),
          via: [],
        },
        binding,
      });
    }
  }
  return out;
}

/** `KLAVIYO_API_SCOPES`, `REQUIRED_KLAVIYO_SCOPES`: what a private key needs is called so, too. */
const MAY_BE_OF_KEY =
  /(?:required|needed|necessary|expected).*scopes?|scopes?_?(?:required|needed)|klaviyo_?(?:private_?)?api_?scopes?/i;

interface Named {
  node: Expression;
  kind: "env" | "config";
  /** Whether the name alone is enough: `KLAVIYO_SCOPES` of an env file. One scope is no list, and may be a scope of anything. */
  isSure: boolean;
  /** The variable that holds the list; -1 for what is no variable. */
  binding: number;
  /** The keys and the variable that lead to it. */
  names: readonly string[];
}

/** Module-level constants and class statics of code. */
function inCode(evaluator: Evaluator, file: string, index: FileIndex): Named[] {
  const { form } = index;
  const out: Named[] = [];
  const [folder = "", name = ""] = file.includes("/") ? file.split("/").slice(-2) : ["", file];
  // `functions/klaviyo-auth.ts` says where it runs; `klaviyo/permissions.ts` and `klaviyo-webhooks/index.ts` what it is about.
  const moduleSaysKlaviyo =
    (/klaviyo/i.test(name) || saysKlaviyo(folder)) && !isSetApart(name.replace(/\.[^.]*$/, ""));
  form.bindings.forEach((binding, id) => {
    if (binding.fn >= 0 || isVocabulary(binding.name)) return;
    const own = namesBoth(binding.name);
    if (!own && !(moduleSaysKlaviyo && SCOPES_NAME.test(binding.name) && !isOnlyStored(index, id))) return;
    const [declaration] = index.variable(id).declarations;
    if (declaration?.kind !== "let" || declaration.value === null || declaration.path.length > 0) return;
    const { value } = declaration;
    if (value.kind === "function" || value.kind === "class" || value.kind === "map") return;
    // What another name or the environment holds is found there.
    if (isReference(value)) return;
    out.push({
      node: { kind: "name", name: binding.name, binding: id, range: value.range },
      kind: "config",
      isSure: false,
      binding: id,
      names: [binding.name],
    });
  });
  const variables = envEntriesOfCode(index).filter(({ value }) => !isReference(value));
  const set = new Set(variables.map(({ value }) => value));
  for (const { name: variable, value } of variables) {
    if (namesBoth(variable))
      out.push({ node: value, kind: "env", isSure: false, binding: -1, names: [variable] });
  }
  for (const { node } of index.maps) {
    if (isForTests(index, node)) continue;
    for (const entry of node.entries) {
      if (entry.key?.kind !== "string" || isReference(entry.value) || set.has(entry.value)) continue;
      if (entry.value.kind === "map" || entry.value.kind === "function") continue;
      const names = [...keyPath(index, node), entry.key.value];
      if (isDescribedScope(index, node, names)) continue;
      if (pathTells(names, startsKlaviyos) && !isHeldOtherwise(evaluator, file, index, node))
        out.push({ node: entry.value, kind: "config", isSure: false, binding: -1, names });
    }
  }
  out.push(...onlyListOfFile(evaluator, file, index));
  return out;
}

/** `KLAVIYO_SCOPES = [{ scope: "lists:read", label: "…" }]`: each object says what one scope is; the list is sent elsewhere. */
function isDescribedScope(index: FileIndex, node: MapExpression, names: readonly string[]): boolean {
  return (
    parentOf(index, node, "list") !== null &&
    names.slice(0, -1).some((part) => /scopes?|permissions?/i.test(part))
  );
}

/** `klaviyo.scopes`, `DEFAULT_SCOPES.klaviyo`: the last key names one of the two, the keys before it the other. */
function pathTells(path: readonly string[], isKlaviyos: (part: string) => boolean): boolean {
  const last = path.at(-1) ?? "";
  if (isPartOfApp(path)) return false;
  if (path.some((part) => isVocabulary(part) && /scope/i.test(part))) return false;
  if (namesBoth(last)) return true;
  const before = path.slice(0, -1);
  if (SCOPE_KEY.test(last)) return before.some(isKlaviyos);
  return KLAVIYO_KEY.test(last) && before.some((part) => SCOPE_KEY.test(part));
}

/** A key of a config file may have the app's name first: `loyalty-klaviyo`. */
function saysKlaviyo(part: string): boolean {
  return /klaviyo/i.test(part) && !isSetApart(part);
}

const KLAVIYO_KEY = /^klaviyo(?:[-_]?(?:oauth2?|api|app|provider))?$/i;

/** A file that is named after Klaviyo alone, beside those of other providers, and holds one list under a scopes key. */
function onlyListOfFile(evaluator: Evaluator, file: string, index: FileIndex): Named[] {
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
        !isReference(entry.value) &&
        !isPartOfApp(keyPath(index, node)) &&
        !isHeldOtherwise(evaluator, file, index, node),
    ),
  );
  const [only, ...more] = found;
  return only === undefined || more.length > 0
    ? []
    : [{ node: only.value, kind: "config", isSure: false, binding: -1, names: [] }];
}

function isReference(node: Expression): boolean {
  switch (node.kind) {
    case "name":
    case "member":
      return true;
    case "typed":
      return isReference(node.value);
    case "call":
      // `Object.values(SCOPE)`: a table of them.
      return (
        node.callee.kind === "name" ||
        (node.callee.kind === "member" &&
          node.callee.object.kind === "name" &&
          node.callee.object.name === "Object") ||
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
function inData(evaluator: Evaluator, file: string, index: FileIndex): Named[] {
  const out: Named[] = [];
  const taken = new Set<Expression>();
  const variables = envEntries(index.form);
  for (const entry of variables) {
    if (!namesBoth(entry.name)) continue;
    taken.add(entry.value);
    const names = [entry.name];
    const isSure = /scopes|oauth/i.test(entry.name);
    out.push({ node: entry.value, kind: "env", isSure, binding: -1, names });
  }
  const name = file.split("/").at(-1) ?? "";
  const fileSaysKlaviyo = /klaviyo/i.test(name) && !namesOtherService(name);
  for (const { node } of index.maps) {
    for (const entry of node.entries) {
      if (entry.key?.kind !== "string" || taken.has(entry.value)) continue;
      if (entry.value.kind === "map") continue;
      const path = pathOf(index, node, entry.key.value);
      if (
        !pathTells(path, saysKlaviyo) &&
        !(fileSaysKlaviyo && SCOPES_NAME.test(entry.key.value) && !isPartOfApp(path))
      )
        continue;
      if (isHeldOtherwise(evaluator, file, index, node)) continue;
      if (variables.some((one) => one.value.range[0] === entry.value.range[0])) continue;
      out.push({ node: entry.value, kind: "config", isSure: false, binding: -1, names: path });
    }
  }
  return out;
}

/**
 * The keys that lead to an entry. A value of its own stands under its name: `KlaviyoScopes: { Default: … }` of
 * CloudFormation, `{ name: "/app/klaviyo/scopes", value: … }` of a parameter store.
 */
function pathOf(index: FileIndex, node: MapExpression, key: string): string[] {
  const path = keyPath(index, node);
  if (!isValueKey(key)) return [...path, key];
  const name = node.entries.find(
    (entry) => entry.key?.kind === "string" && /^(?:name|key|id)$/i.test(entry.key.value),
  )?.value;
  return name?.kind === "string" ? [...path, ...name.value.split("/").filter((part) => part !== "")] : path;
}
