/**
 * Provider classes: Klaviyo's URL and the scopes are fields of one class, and a package's base class sends them:
 * `class KlaviyoProvider extends OAuth2Provider`.
 */
import type { Place } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import type { ClassForm, Expression } from "../lower/form.js";
import { ancestors } from "../evaluate/ancestors.js";
import { instanceMember } from "../evaluate/class-fields.js";
import { callArguments } from "../evaluate/functions.js";
import { layer } from "../evaluate/literals.js";
import { nameOf } from "../evaluate/members.js";
import type { InstanceValue, ObjectValue } from "../evaluate/values.js";
import type { FileIndex } from "../link/file-index.js";
import { askEach, callsOfCode, type InFile } from "./ask-each.js";
import { AUTHORIZE_URL } from "./authorize-url.js";
import type { CallGraph } from "./call-graph.js";
import { SCOPE_METHOD } from "./oauth-clients.js";
import { isKlaviyosUrl, klaviyosBranches, URL_KEY, viewOf, type View } from "./provider-view.js";
import type { RawRequest } from "./raw.js";
import { isPlainlyScopes, possibleLists, SCOPE_KEY, type PossibleList } from "./scope-value.js";

export function findProviderClasses(graph: CallGraph, catalog: Catalog): RawRequest[] {
  return askEach(graph, "provider class", classesOf, (found) => {
    const form = formOf(graph, found);
    return form?.members.some(({ key, value }) => value !== null && isUrlKey(key)) === true
      ? () => requestsOf(graph, catalog, found, form)
      : null;
  });
}

function classesOf(index: FileIndex): { node: Expression; fn: number }[] {
  return index.form.classes.flatMap(({ fn }, cls) => {
    const node = index.classNode(cls);
    return node === undefined ? [] : [{ node, fn }];
  });
}

function formOf({ evaluator }: CallGraph, { file, node }: InFile<Expression>): ClassForm | undefined {
  return node.kind === "class" ? evaluator.program.form(file).classes[node.cls] : undefined;
}

function isUrlKey(key: Expression): boolean {
  return key.kind === "string" && URL_KEY.test(key.value) && /auth|base|host|endpoint/i.test(key.value);
}

function requestsOf(
  graph: CallGraph,
  catalog: Catalog,
  { file, fn, node }: InFile<Expression>,
  form: ClassForm,
): RawRequest[] {
  if (node.kind !== "class") return [];
  const { evaluator } = graph;
  const written = form.members.find(({ key }) => isUrlKey(key));
  const site: Place = { file, range: written?.range ?? node.range };
  return evaluator.within(() => {
    const frame = evaluator.rootFrame(file, fn);
    const instance: InstanceValue = { kind: "instance", file, cls: node.cls, frame, args: null, call: null };
    const view = viewOf(evaluator, asObject(graph, instance, node));
    // The API's URL makes it a client of the API, whose scopes may be anything.
    if (klaviyosBranches(view).length === 0 || !view.urls.some(isAuthorizing)) return [];
    const lists = [
      ...view.scopes.flatMap(({ values }) => possibleLists(evaluator, values, site, view.separator)),
      ...handedInside(graph, catalog, file, node.cls),
    ];
    return lists.map((list): RawRequest => ({
      ...list,
      all: null,
      site,
      kind: "provider",
      evidence: "provider-url",
      authorization: null,
      via: [],
    }));
  });
}

function isAuthorizing(url: View["urls"][number]): boolean {
  return (
    isKlaviyosUrl(url) && (AUTHORIZE_URL.test(url.text) || /auth/i.test(url.key)) && !/token/i.test(url.key)
  );
}

/** The fields and getters of a class and those that it inherits, as an object of what its instances hold. */
function asObject({ evaluator }: CallGraph, instance: InstanceValue, node: Expression): ObjectValue {
  const { file, frame } = instance;
  const keys = new Set(
    ancestors(evaluator, instance).chain.flatMap(({ form }) =>
      form.members.flatMap(({ key, kind, value, static: isStatic }) =>
        key.kind === "string" && (kind === "field" || kind === "get") && value !== null && !isStatic
          ? [key.value]
          : [],
      ),
    ),
  );
  const layers = [...keys]
    .filter((key) => SCOPE_KEY.test(key) || URL_KEY.test(key) || /separator|delimiter/i.test(key))
    .map((key) =>
      layer(key, () => instanceMember(evaluator, instance, key, { file, range: node.range, node, frame })),
    );
  return { kind: "object", layers, node: null, file, frame, map: false };
}

/** `request.scopes([…])` in a method of the class, as Adonis' drivers have it: https://docs.adonisjs.com/guides/ally */
function handedInside(graph: CallGraph, catalog: Catalog, file: string, cls: number): PossibleList[] {
  const { evaluator } = graph;
  const index = evaluator.program.index(file);
  return callsOfCode(index).flatMap(({ node, fn }) => {
    if (node.callee.kind !== "member" || !SCOPE_METHOD.test(nameOf(node.callee))) return [];
    if (index.form.functions[fn]?.cls !== cls) return [];
    // What its objects are made with, a config's list among it, is known where they are made.
    return graph
      .framesOf(file, fn, 3)
      .flatMap((frame) =>
        callArguments(evaluator, node, frame).flatMap((argument) =>
          possibleLists(evaluator, argument(), { file, range: node.range }).filter(({ chunks }) =>
            isPlainlyScopes(chunks, catalog),
          ),
        ),
      );
  });
}
