/** Pictures for tests of what comes after detection: written by hand over real texts, so that places are true. */
import { lineStarts, positionOf } from "../../src/audit/lines.js";
import { loadCatalog } from "../../src/catalog/index.js";
import type { ApiCall, App, Picture, Place, ScopeRequest } from "../../src/audit/picture.js";
import type { Judgement, Rule } from "../../src/audit/rule.js";

/** The place of a piece of text in a file. */
export function placeIn(files: Readonly<Record<string, string>>, file: string, piece: string): Place {
  const start = (files[file] ?? "").indexOf(piece);
  if (start < 0) throw new Error(`${file} has no ${piece}`);
  return { file, range: [start, start + piece.length] };
}

export function requestAt(
  place: Place,
  names: readonly string[],
  files: Readonly<Record<string, string>>,
): ScopeRequest {
  return {
    ...place,
    app: "app",
    deployment: null,
    isNeutral: false,
    site: null,
    kind: "authorize-url",
    evidence: "authorize-url",
    complete: true,
    tokens: names.map((name) => ({
      name,
      text: name,
      place: placeIn(files, place.file, name),
      optional: false,
      removal: null,
      replacement: null,
    })),
    unresolved: [],
    instead: [],
    malformations: [],
    insertion: null,
    authorization: null,
    flow: [],
  };
}

export function callAt(place: Place, operationId: string): ApiCall {
  const operation = loadCatalog().operation(operationId);
  if (!operation) throw new Error(operationId);
  return {
    ...place,
    app: "app",
    operation,
    candidates: [operation],
    method: operation.method,
    path: operation.path,
    scopes: operation.scopes,
    via: "sdk",
    auth: "oauth",
    note: null,
    unresolved: [],
    methodPlace: null,
    pathPlace: null,
    flow: [],
  };
}

export function appOf(requests: ScopeRequest[], calls: ApiCall[], over: Partial<App> = {}): App {
  const needed = new Set(calls.flatMap(({ scopes }) => scopes));
  return {
    name: "app",
    root: ".",
    configured: null,
    requests,
    calls,
    requested: [...new Set(requests.flatMap(({ tokens }) => tokens.map(({ name }) => name)))].sort(),
    needed: calls.length === 0 ? [] : [...needed.add("accounts:read")].sort(),
    requestsComplete: requests.every(({ complete }) => complete),
    callsComplete: true,
    ...over,
  };
}

export function pictureOf(files: Readonly<Record<string, string>>, apps: App[]): Picture {
  return {
    apps,
    config: null,
    configFile: null,
    catalog: loadCatalog(),
    text: (file) => files[file],
    position: (file, offset) => positionOf(lineStarts(files[file] ?? ""), offset),
  };
}

/** A rule that reports what it is told to. */
export function ruleOf(name: string, judgements: (picture: Picture) => Partial<Judgement>[]): Rule {
  return {
    name,
    meta: {
      type: "problem",
      description: "a rule of the tests",
      recommended: "error",
      strict: "error",
      fixable: true,
      hasSuggestions: false,
    },
    messages: { found: "`{{scope}}` is here.", remove: "Remove `{{scope}}`." },
    schema: null,
    defaultOptions: {},
    check({ picture }) {
      const [app] = picture.apps;
      if (!app) return [];
      return judgements(picture).map((judgement) => ({
        app,
        place: { file: "src/auth.ts", range: [0, 0] },
        messageId: "found",
        data: { scope: judgement.scope ?? "" },
        confidence: "high",
        scope: null,
        operation: null,
        fix: null,
        suggestions: [],
        related: [],
        ...judgement,
      }));
    },
  };
}
