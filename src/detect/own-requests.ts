/** What a call sends to the app's own server: a path from its root, a method, a body. */
import type { CallExpression } from "../lower/form.js";
import { isKlaviyosPath, type RouteSegment } from "../link/routes.js";
import type { Callee } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { callArguments } from "../evaluate/functions.js";
import { objectEntries } from "../evaluate/literals.js";
import { nameOf, type Reading } from "../evaluate/members.js";
import { expand, knownChunks, knownTexts, plainText, sliceText, stringOf } from "../evaluate/text.js";
import { cutQuery } from "../evaluate/query-text.js";
import {
  isGiven,
  isUnknown,
  lazy,
  unknown,
  type Chunk,
  type Condition,
  type ObjectValue,
  type Thunk,
  type Value,
} from "../evaluate/values.js";
import { entry } from "./client-options.js";
import { httpShape } from "./http-shape.js";
import { localHostLength, mayBeOwnAddress } from "./own-hosts.js";
import { gluedAt, matched, segmentsOf, type RouteMatch } from "./route-match.js";
import { isSender, SENDER_MODULES } from "./senders.js";

/** A request of one of the URLs that a call may ask for. */
export interface OwnRequest {
  when: readonly Condition[];
  /** From the root on, with the query. */
  path: Chunk[];
  method: Value[];
  /** The same as texts; null where it is not known. */
  verbs: string[] | null;
  body: Thunk;
  /** The path hangs on callers. */
  isOpen: boolean;
  match: (route: readonly RouteSegment[], isMounted: boolean) => RouteMatch | null;
}

/** As many alternatives of one URL are told apart. */
const MOST_URLS = 12;
/** Where Supabase runs functions of the app. */
const SUPABASE =
  /^https?:\/\/(?:[\w-]+\.supabase\.co(?=\/functions\/v1\/)|[\w-]+\.functions\.supabase\.co(?=\/))/i;
const OPTION_KEYS = /^(?:headers|method|body|json|data|params|query|signal|credentials|searchparams)$/i;

export function requestsOf(
  evaluator: Evaluator,
  node: CallExpression,
  frame: Frame,
  callees: readonly Callee[],
): OwnRequest[] {
  if (node.style !== "call" || node.args.length === 0) return [];
  const invoked = invokedFunction(evaluator, node, frame) ?? calledByName(node, frame, evaluator, callees);
  if (invoked !== null) return invoked;
  if (!callees.some(({ callee }) => callee !== null && isClient(callee))) return [];
  const shape = httpShape(evaluator, node, frame);
  if (shape === null) return [];
  const at: Reading = { file: frame.file, range: node.range, node, frame };
  const body = bodyOf(evaluator, node, frame, at);
  return expand(shape.url, MOST_URLS).expansions.flatMap(({ chunks, when }): OwnRequest[] => {
    const path = fromRoot(chunks);
    if (path === null) return [];
    // The second argument of `axios.post(url, { method })` is a body.
    const verb = /^(?:post|put|patch|delete)$/.exec(nameOf(node.callee))?.[0].toUpperCase();
    const { known, hidden } = verb === undefined ? shape.method(when) : { known: [verb], hidden: null };
    const method = known?.map((one) => stringOf([plainText(one)])) ?? [hidden ?? unknown("a method", at)];
    return [requestOf(path, when, method, known, body)];
  });
}

function isClient(value: Value): boolean {
  if (isSender(value)) return true;
  // Nuxt's `useFetch`.
  if (
    value.kind === "external" &&
    value.result === null &&
    /^(?:#imports|#app|nuxt\/app|)$/.test(value.module)
  )
    return /^use(?:Lazy)?Fetch$/.test(value.path.join("."));
  const made = value.kind === "external" ? value.result : value.kind === "result" ? value : null;
  return made !== null && SENDER_MODULES.test(made.callee.module);
}

/** `httpsCallable(functions, "klaviyoProxy")({ … })` of Firebase. */
function calledByName(
  node: CallExpression,
  frame: Frame,
  evaluator: Evaluator,
  callees: readonly Callee[],
): OwnRequest[] | null {
  const named = callees.flatMap(({ callee }) =>
    callee?.kind === "result" && callee.callee.path.at(-1) === "httpsCallable"
      ? knownTexts(callee.args[1]?.() ?? []).texts
      : [],
  );
  if (named.length === 0) return null;
  const [data] = callArguments(evaluator, node, frame);
  return named.map((name) => requestOf([plainText(`/callable/${name}`)], [], [], null, data ?? (() => [])));
}

/** `supabase.functions.invoke("klaviyo-proxy", { body: { … } })` */
function invokedFunction(evaluator: Evaluator, node: CallExpression, frame: Frame): OwnRequest[] | null {
  const { callee } = node;
  if (callee.kind !== "member" || nameOf(callee) !== "invoke" || nameOf(callee.object) !== "functions")
    return null;
  const at: Reading = { file: frame.file, range: node.range, node, frame };
  const [named, options] = callArguments(evaluator, node, frame);
  const read = (key: string): Value[] =>
    (options?.() ?? []).flatMap((one) => (one.kind === "object" ? entry(evaluator, one, key, at) : []));
  const body = lazy(() => unpacked(read("body")));
  const { texts } = knownTexts(read("method"));
  const verbs = texts.length > 0 ? texts : ["POST"];
  const method = verbs.map((one) => stringOf([plainText(one)]));
  return knownTexts(named?.() ?? []).texts.map((name) =>
    requestOf([plainText(`/functions/v1/${name}`)], [], method, verbs, body),
  );
}

function requestOf(
  path: Chunk[],
  when: readonly Condition[],
  method: Value[],
  verbs: string[] | null,
  body: Thunk,
): OwnRequest {
  const segments = segmentsOf(cutQuery(path).head);
  const [first] = path;
  return {
    when,
    path,
    method,
    verbs,
    body,
    isOpen: (first?.kind === "unknown" && isGiven(first.value)) || segments.some((one) => gluedAt(one) > 0),
    match: (route, isMounted) => {
      if (!segments.some((one) => isKlaviyosPath(knownChunks(one) ?? "") || gluedAt(one) > 0)) return null;
      if (!isMounted) return matched(segments, route);
      // Where it is mounted is said elsewhere.
      for (let from = 0; from < segments.length; from++) {
        const found = matched(segments.slice(from), route);
        if (found !== null) return found;
      }
      return null;
    },
  };
}

/** What is sent along, taken out of JSON. */
function bodyOf(evaluator: Evaluator, node: CallExpression, frame: Frame, at: Reading): Thunk {
  return lazy(() => {
    const args = callArguments(evaluator, node, frame);
    const objects = args.flatMap((argument) =>
      argument().filter((value): value is ObjectValue => value.kind === "object" && !value.map),
    );
    const isOptions = (one: ObjectValue): boolean =>
      objectEntries(evaluator, one).every(({ key }) => OPTION_KEYS.test(key));
    // `axios.post(url, { path })`: of other clients options stand there.
    const isBody = /^(?:post|put|patch)$/.test(nameOf(node.callee));
    const direct = isBody
      ? (args[1]?.() ?? []).filter((value) => value.kind === "object" && !isOptions(value))
      : [];
    const written = ["body", "data", "json"].flatMap((key) =>
      objects.flatMap((one) => entry(evaluator, one, key, at)),
    );
    return unpacked(direct.length > 0 ? direct : written);
  });
}

function unpacked(values: readonly Value[]): Value[] {
  return values.flatMap((value) => (isUnknown(value) ? (value.holds?.() ?? [value]) : [value]));
}

/** A URL from its root on; null for one of another server. */
function fromRoot(chunks: readonly Chunk[]): Chunk[] | null {
  const whole = chunks.filter((chunk) => chunk.kind !== "text" || chunk.text !== "");
  const [first, second] = whole;
  if (first === undefined) return null;
  if (first.kind === "unknown") {
    if (second === undefined) return whole;
    return mayBeOwnAddress(first.value.env) && second.kind === "text" && second.text.startsWith("/")
      ? whole.slice(1)
      : null;
  }
  if (first.kind !== "text") return null;
  if (first.text.startsWith("/") && !first.text.startsWith("//")) return whole;
  // A host that is spelt with the path, or in a piece of its own.
  const glued =
    second?.kind === "text" && !first.text.includes("/", 8) ? `${first.text}${second.text}` : first.text;
  const host = SUPABASE.exec(glued)?.[0].length ?? localHostLength(glued);
  if (host === 0) return null;
  return host < first.text.length
    ? [sliceText(first, host, first.text.length), ...whole.slice(1)]
    : whole.slice(1);
}
