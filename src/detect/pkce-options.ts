/** What the options of an OAuth library say of PKCE, and what the library does where they say nothing. */
import type { AuthorizationRequest, Edit, Place } from "./types.js";
import type { CallExpression, Expression, MapExpression } from "../lower/form.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { flatten, type ObjectEntry } from "../evaluate/literals.js";
import { nameOf } from "../evaluate/members.js";
import { knownTexts } from "../evaluate/text.js";
import type { ListValue, ObjectValue, Thunk, Value } from "../evaluate/values.js";
import type { FileIndex } from "../link/file-index.js";
import { majorOf } from "../link/dependency.js";
import { placeOfText } from "./authorize-url.js";
import type { CallGraph } from "./call-graph.js";
import { keyPath } from "./key-path.js";

/** A provider's object where it is written, with its entries by lower-case key. */
export interface Options {
  node: MapExpression;
  object: ObjectValue;
  entries: ReadonlyMap<string, ObjectEntry>;
  frame: Frame;
}

/** Options that turn PKCE on, of various libraries. */
const SWITCHES = ["pkce", "usepkce", "use_pkce", "pkceenabled", "requirepkce", "enablepkce"];

/** Libraries that send no challenge unless an option says so: the module, and the option. */
const OFF_BY_DEFAULT: readonly [RegExp, string][] = [
  // https://github.com/jaredhanson/passport-oauth2#readme
  [/^passport-oauth2?$/, "pkce"],
  // https://www.better-auth.com/docs/plugins/generic-oauth
  [/^better-auth(?:\/.*)?$/, "pkce"],
  // https://www.activepieces.com/docs/build-pieces/piece-reference/authentication
  [/^@activepieces\/pieces-framework$/, "pkce"],
];

export function authorizationOf(
  graph: CallGraph,
  index: FileIndex,
  options: Options,
  origin: Place,
): AuthorizationRequest {
  const none: AuthorizationRequest = { ...origin, pkce: "unknown", methodPlace: null, pkceEdit: null };
  const checks = options.entries.get("checks")?.get();
  if (checks !== undefined) return { ...none, ...ofChecks(checks) };
  for (const key of SWITCHES) {
    const entry = options.entries.get(key);
    const [value] = entry?.get() ?? [];
    if (entry !== undefined && value !== undefined) return { ...none, ...ofSwitch(entry.key, value) };
  }
  return { ...none, ...(ofZapier(graph, index, options) ?? ofDefault(graph, index, options, origin)) };
}

/** Functions of OAuth clients that make the URL of the parameters they are given, and of those alone. */
const BY_PARAMETERS = /^(?:simple-oauth2|openid-client)$/;

/** What a call of an OAuth client says of PKCE: by its name, or by the parameters that it is given. */
export function pkceOfCall(
  evaluator: Evaluator,
  node: CallExpression,
  callee: Value | null,
  args: readonly Thunk[],
): Said {
  const result = callee?.kind === "external" ? (callee.result?.callee ?? callee) : null;
  const name = nameOf(node.callee);
  if (result?.module === "arctic") {
    if (name === "createAuthorizationURL" && result.path.at(-1) === "OAuth2Client")
      return { pkce: "missing", because: "`createAuthorizationURL` of arctic sends no challenge" };
    const [method] = args[2]?.() ?? [];
    const chosen = method?.kind === "external" ? method.path.at(-1) : undefined;
    return name === "createAuthorizationURLWithPKCE" && chosen !== undefined
      ? { pkce: chosen === "S256" ? "S256" : "plain" }
      : {};
  }
  if (!BY_PARAMETERS.test(result?.module ?? "")) return {};
  const objects = args.flatMap((argument) => argument()).filter((value) => value.kind === "object");
  const [object, ...others] = objects;
  if (object === undefined || others.length > 0) return {};
  const { entries, open } = flatten(evaluator, object, 0);
  if (open.length > 0 || !entries.some((entry) => /^scope$/.test(entry.key))) return {};
  const method = entries.find((entry) => entry.key === "code_challenge_method")?.get();
  if (!entries.some((entry) => entry.key === "code_challenge")) return { pkce: "missing" };
  if (method === undefined) return { pkce: "no-method" };
  const { texts, complete } = knownTexts(method);
  if (!complete || texts.length === 0) return {};
  return texts.every((text) => text === "S256")
    ? { pkce: "S256" }
    : { pkce: "plain", methodPlace: placeOfText(method.find((value) => value.kind === "string")) };
}

/** What n8n's credential descriptions say by the field `grantType`. */
export function pkceOfGrant(grant: string | undefined): Said {
  if (grant === "pkce") return { pkce: "S256" };
  return grant === "authorizationCode"
    ? { pkce: "missing", because: "`grantType` is `authorizationCode`" }
    : {};
}

/** Zapier's `oauth2Config: { authorizeUrl: { … }, enablePkce: true }`; the scopes stand in the one or the other. */
function ofZapier(graph: CallGraph, index: FileIndex, options: Options): Said | null {
  const holder = zapierConfig(graph, index, options);
  if (holder === null) return null;
  const { entries, open } = flatten(graph.evaluator, holder, 0);
  const [value] = entries.find((entry) => entry.key === "enablePkce")?.get() ?? [];
  if (value !== undefined) return ofSwitch("enablePkce", value);
  return open.length > 0 ? {} : { pkce: "missing", because: "`enablePkce` is not set" };
}

function zapierConfig(
  graph: CallGraph,
  index: FileIndex,
  { node, object, entries, frame }: Options,
): ObjectValue | null {
  const path = keyPath(index, node);
  if (path.at(-1) === "oauth2Config" && entries.has("authorizeurl")) return object;
  const parent = index.parent(node);
  if (path.at(-1) !== "authorizeUrl" || path.at(-2) !== "oauth2Config" || parent === undefined) return null;
  const [holder] = graph.evaluator.evaluate(parent as MapExpression, frame);
  return holder?.kind === "object" ? holder : null;
}

export type Said = Partial<Pick<AuthorizationRequest, "pkce" | "methodPlace" | "pkceEdit" | "because">>;

/** Auth.js: `checks: ["pkce", "state"]`. */
function ofChecks(checks: readonly Value[]): Said {
  const texts = checks.flatMap((value) =>
    value.kind === "list"
      ? value.items.flatMap((item) => knownTexts(item.values()).texts)
      : knownTexts([value]).texts,
  );
  if (texts.length === 0) return {};
  if (texts.includes("pkce")) return { pkce: "S256" };
  const [list] = checks;
  return {
    pkce: "missing",
    because: "`checks` does not hold `pkce`",
    pkceEdit: list?.kind === "list" ? addedCheck(list) : null,
  };
}

function addedCheck({ node, file }: ListValue): { edit: Edit; description: string } | null {
  const [first] = node?.kind === "list" ? node.items : [];
  if (first?.kind !== "string" || first.quote === "") return null;
  const [start] = first.range;
  return {
    edit: { file, range: [start, start], text: `${first.quote}pkce${first.quote}, ` },
    description: "Add `pkce` to `checks`.",
  };
}

function ofSwitch(key: string, value: Value): Said {
  if (value.kind === "primitive")
    return value.value === true
      ? { pkce: "S256" }
      : { pkce: "missing", because: `\`${key}\` is \`${String(value.value)}\`` };
  const [text] = knownTexts([value]).texts;
  if (text === undefined) return {};
  if (/^(?:s256|true|force|always|required?|enabled)$/i.test(text)) return { pkce: "S256" };
  if (/^(?:false|never|off|none|disabled)$/i.test(text))
    return { pkce: "missing", because: `\`${key}\` is \`${text}\`` };
  // `pkce: "auto"` leaves it to the library.
  return /^auto/i.test(text) ? {} : { pkce: "plain", methodPlace: placeOfText(value) };
}

function ofDefault(graph: CallGraph, index: FileIndex, options: Options, origin: Place): Said {
  const { evaluator } = graph;
  // What is spread in may bring the option.
  if (flatten(evaluator, options.object, 0).open.length > 0) return {};
  if (isAuthJsProvider(options)) {
    const major = majorOf(evaluator.program.project, origin.file, "next-auth");
    // https://authjs.dev/guides/upgrade-to-v5: version 5 sends a challenge by itself.
    return major === 4
      ? {
          pkce: "missing",
          because: "next-auth 4 uses PKCE only where `checks` holds `pkce`",
          pkceEdit: addedOption(options, origin.file, 'checks: ["pkce", "state"]'),
        }
      : {};
  }
  const module = moduleHanded(graph, index, options);
  const found = OFF_BY_DEFAULT.find(([modules]) => modules.test(module ?? ""));
  if (found === undefined) return {};
  const [, option] = found;
  return {
    pkce: "missing",
    because: `\`${option}\` is not set`,
    pkceEdit: addedOption(options, origin.file, `${option}: true`),
  };
}

/** `{ id, type: "oauth", authorization, token }`. */
function isAuthJsProvider({ entries }: Options): boolean {
  const type = knownTexts(entries.get("type")?.get() ?? []).texts;
  return entries.has("authorization") && entries.has("id") && type.includes("oauth");
}

function addedOption({ node }: Options, file: string, text: string): AuthorizationRequest["pkceEdit"] {
  const [first] = node.entries;
  if (first === undefined) return null;
  const [start] = first.range;
  return {
    edit: { file, range: [start, start], text: `${text}, ` },
    description: `Set \`${text}\`.`,
  };
}

/** The package of the call that an object is handed to, by itself or in a list or an option: `genericOAuth({ config: [{ … }] })`. */
function moduleHanded(graph: CallGraph, index: FileIndex, { node, frame }: Options): string | null {
  let child: object = node;
  let at = index.parent(child);
  for (let steps = 0; at !== undefined && "kind" in at && steps < 4; steps++) {
    const around = at as Expression;
    if (around.kind === "call") return around.callee === child ? null : moduleOf(graph, around, frame);
    if (around.kind !== "list" && around.kind !== "map" && around.kind !== "typed") return null;
    child = at;
    at = index.parent(child);
  }
  return null;
}

function moduleOf(graph: CallGraph, call: CallExpression, frame: Frame): string | null {
  for (const { callee } of calleesOf(graph.evaluator, call, frame))
    if (callee?.kind === "external" && callee.result === null) return callee.module;
  return null;
}
