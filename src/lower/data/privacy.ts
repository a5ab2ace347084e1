/**
 * What of a data file may be kept. The form is cached and printed, and data files hold other people's secrets: values
 * that cannot matter to scopes are dropped here, before anything else sees them.
 */
import type { Expression, MapEntry, MapExpression } from "../form.js";
import { MAX_DEPTH, TOO_DEEP, unknown } from "./content.js";
import { assignmentIn, isEnvContainer, isEnvName, variableAt } from "./env-names.js";
import { isSecretKey, looksSecret, MAX_KEY } from "./secrets.js";

export const NOT_KEPT = "value not kept";

/** "env": a flat file of variables, nearly all of them somebody's secrets. "config": everything else. */
export type Privacy = "env" | "config";

const ACCESS = "read|write|full|all|admin|manage|edit|delete|create|update|readonly";

/** One scope as people write it, rightly or not: `lists:read`, `list.read`, `read:profiles`, `READ_PROFILES`. */
const SCOPE_TOKEN = new RegExp(
  `^(?:[a-z][a-z_-]{0,60}[:._](?:${ACCESS})|(?:${ACCESS})[:._][a-z][a-z_-]{0,60})$`,
  "i",
);

/** As above, but sure enough that even the value of a `password` is told from it. */
const SURE_SCOPE = new RegExp(
  `^(?:[a-z][a-z_-]{0,60}:(?:${ACCESS})|[a-z][a-z_-]{0,60}[._](?:read|write)|(?:read|write)[:._][a-z][a-z_-]{0,60})$`,
  "i",
);

/** What stands between the scopes of a list or query, well-formed or not. */
const BETWEEN = /(?:%20|%2C|[\s,;|+"'[\](){}\\&=?])+/i;

function scopeWords(value: string): string[] {
  return value.split(BETWEEN).filter((word) => word !== "");
}

/** Whether a text holds something like a scope. */
export function holdsScope(value: string): boolean {
  return scopeWords(value).some((word) => SCOPE_TOKEN.test(word.replace(/%3A/i, ":")));
}

/** Whether a text is nothing but scopes: then it is no secret, whatever its key says. */
export function isScopeList(value: string): boolean {
  const words = scopeWords(value);
  return words.length > 0 && words.every((word) => SURE_SCOPE.test(word.replace(/%3A/i, ":")));
}

const ENV_KEY = /scope|klaviyo.*(?:ur[il]|host|base|endpoint)|oauth/i;

/** Whether the value of an environment variable may be kept. */
export function keepsEnvValue(name: string, value: string): boolean {
  if (isScopeList(value)) return true;
  if (isSecretKey([name]) || looksSecret(value)) return false;
  return ENV_KEY.test(name.slice(0, MAX_KEY)) || holdsScope(value) || /^https?:\/\/[^/\s]*klaviyo/i.test(value);
}

const SHORT_WORD = /^[A-Za-z0-9_.:/@-]{0,40}$/;
const API_PATH = /https?:\/\/|\/(?:oauth|api)\//i;
const TELLING_KEY = /scope|klaviyo|oauth/i;

/** Klaviyo's own addresses, which are no secret below `credentials` or `token`. */
const OAUTH_PAGE = /^https?:\/\/(?:www\.|a\.)?klaviyo\.com\/oauth\/(?:authorize|token|revoke)\/?$/i;

/** Whether a string at a key path of a configuration file may be kept. */
export function keepsConfigValue(path: readonly string[], value: string): boolean {
  if (isScopeList(value) || OAUTH_PAGE.test(value)) return true;
  if (isSecretKey(path) || looksSecret(value)) return false;
  const variable = variableAt(path);
  if (variable !== null) return keepsEnvValue(variable, value);
  return (
    SHORT_WORD.test(value) ||
    holdsScope(value) ||
    /klaviyo/i.test(value) ||
    API_PATH.test(value) ||
    path.some((key) => TELLING_KEY.test(key.slice(0, MAX_KEY)))
  );
}

/** Numbers up to here say ports, sizes and versions; longer ones may be PINs, ids, phone numbers. */
const MAX_KEPT_NUMBER = 1_000_000;

/** The step of a path into a map that is an item of a list. */
const ITEM = "";

/** Where an expression stands: the keys that lead to it, and how deep it is nested. */
interface Place {
  path: readonly string[];
  depth: number;
  privacy: Privacy;
}

/** The same content with everything dropped that may not be kept, or that is nested too deeply to be walked. */
export function prune(data: Expression, privacy: Privacy): Expression {
  return pruneValue(data, { path: [], depth: 0, privacy });
}

function pruneValue(value: Expression, place: Place): Expression {
  if (place.depth > 2 * MAX_DEPTH) return unknown(value.range, TOO_DEEP);
  const inner: Place = { ...place, depth: place.depth + 1 };
  const again = (part: Expression): Expression => pruneValue(part, inner);
  switch (value.kind) {
    case "string":
      return keepsText(place, value.value) ? value : unknown(value.range, NOT_KEPT);
    case "template": {
      const texts = value.quasis.map((quasi) => quasi.value);
      const silent = texts.every((text) => text.trim() === "");
      const kept = silent || (keepsText(place, texts.join(" ")) && !texts.some(looksSecret));
      const expressions = value.expressions.map(again);
      // A default such as that of `${X:-accounts:read}` is judged by itself.
      return kept
        ? { ...value, expressions }
        : unknown(value.range, NOT_KEPT, expressions.filter((expression) => expression.kind !== "unknown"));
    }
    case "literal":
      return typeof value.value === "number" && !keepsNumber(place, value.value)
        ? unknown(value.range, NOT_KEPT)
        : value;
    case "name":
      // Only where quotes were forgotten can a name be a value of its own.
      return isSecretKey(place.path) || looksSecret(value.name) ? unknown(value.range, NOT_KEPT) : value;
    case "list":
      return { ...value, items: value.items.map((item) => pruneValue(item, itemPlace(item, inner))) };
    case "map":
      return pruneMap(value, inner);
    case "member":
      return { ...value, property: again(value.property) };
    case "call":
      return { ...value, args: value.args.map(again) };
    case "binary":
    case "logical":
      return { ...value, left: again(value.left), right: again(value.right) };
    case "conditional":
      return { ...value, test: again(value.test), then: again(value.then), else: again(value.else) };
    case "unary":
    case "spread":
      return { ...value, argument: again(value.argument) };
    case "unknown":
      return { ...value, parts: value.parts.map(again) };
    default:
      return value;
  }
}

/** The keys of a list's maps do not stand right under the list's own key. */
function itemPlace(item: Expression, place: Place): Place {
  return item.kind === "map" ? { ...place, path: [...place.path, ITEM] } : place;
}

function pruneMap(map: MapExpression, place: Place): MapExpression {
  const label = textUnder(map, /^(?:name|key)$/i);
  const isSecret = textUnder(map, /^kind$/) === "Secret";
  return {
    ...map,
    entries: map.entries.map((entry): MapEntry => {
      const key = entry.key?.kind === "string" ? entry.key.value : null;
      if (key === null) {
        const value = pruneValue(entry.value, place);
        return { ...entry, key: entry.key && pruneValue(entry.key, place), value };
      }
      const value = namesVariable(map, entry)
        ? entry.value
        : pruneValue(entry.value, { ...place, path: [...place.path, ...step(place, key, label, isSecret)] });
      // A line of a pasted private key can look like an entry.
      return looksSecret(key)
        ? { ...entry, key: unknown([entry.range[0], entry.value.range[0]], "key not kept"), value: dropped(value) }
        : { ...entry, value };
    }),
  };
}

/** `env { name = "SCOPES", value = … }`: what a variable is called is no secret, and what finds its value. */
function namesVariable(map: MapExpression, { key, value }: MapEntry): boolean {
  return (
    key?.kind === "string" &&
    /^(?:name|key|variable)$/i.test(key.value) &&
    value.kind === "string" &&
    isEnvName(value.value) &&
    map.entries.some((other) => other.key?.kind === "string" && /^value$/i.test(other.key.value))
  );
}

/** What an entry's key adds to the path by which its value is judged. */
function step({ path }: Place, key: string, label: string | null, isSecret: boolean): string[] {
  // `env: [{ name: KLAVIYO_API_KEY, value: … }]`: the name says what the value is.
  if (label !== null && /^value$/i.test(key))
    return path.at(-1) === ITEM && isEnvContainer(path.at(-2)) ? ["env", label] : [label];
  // A Kubernetes Secret's values have keys of any name.
  if (isSecret && /^(?:data|stringData)$/.test(key)) return ["secret", key];
  return [key];
}

function dropped(value: Expression): Expression {
  return unknown(value.range, NOT_KEPT);
}

function textUnder(map: MapExpression, name: RegExp): string | null {
  for (const { key, value } of map.entries)
    if (key?.kind === "string" && name.test(key.value) && value.kind === "string") return value.value;
  return null;
}

function keepsText({ path, privacy }: Place, text: string): boolean {
  if (privacy === "env") return keepsEnvValue(path.at(-1) ?? "", text);
  const assignment = assignmentIn(text);
  if (!assignment) return keepsConfigValue(path, text);
  const value = text.slice(assignment.valueStart);
  if (isSecretKey(path) && !isScopeList(value)) return false;
  return keepsEnvValue(assignment.name, value);
}

function keepsNumber({ path, privacy }: Place, value: number): boolean {
  if (privacy === "env" || variableAt(path) !== null) return false;
  return Math.abs(value) < MAX_KEPT_NUMBER && !isSecretKey(path);
}
