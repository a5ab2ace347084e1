/** Where an object stands in the one it is written in: `klaviyo.oauth`, `KLAVIYO_MANIFEST.actions`. */
import { parentOf } from "../link/parent-of.js";
import { nameOf } from "../evaluate/members.js";
import type { CallExpression, Expression, MapEntry } from "../lower/form.js";
import type { FileIndex } from "../link/file-index.js";
import { isKlaviyosPackage, isSetApart } from "./apart.js";

/** Collections of parts of an app, or of those who use it: what is under them is asked of each of them, not of Klaviyo. */
const PARTS =
  /^(?:(?:mcp|api|klaviyo)?_?)(?:actions?|tools?|operations?|routes?|features?|functions?|endpoints?|enums?|authorizers?|security|web_?hooks?|triggers?|commands?|capabilit(?:y|ies)|roles?|users?|members?|groups?|keys?|tokens?|grants?|consents?|policies|streams?|syncs?)(?:_?(?:scopes?|permissions?|map))?$/i;

/** A key of a table of endpoints: `"GET /profiles"`, `"/lists/{id}"`. */
const ENDPOINT = /[/{}]|^(?:GET|POST|PUT|PATCH|DELETE)\b/;

/** Whether a path of keys leads through a part of an app, such as one of its tools or of the endpoints it calls. */
export function isPartOfApp(path: readonly string[]): boolean {
  return path.some(
    (part, at) => (PARTS.test(part) && !isSpringSecurity(part, path[at + 1])) || ENDPOINT.test(part),
  );
}

/** `spring.security.oauth2.client.registration.klaviyo`: the framework's name for it, not a part that is secured. */
function isSpringSecurity(part: string, next: string | undefined): boolean {
  return part === "security" && next === "oauth2";
}

/** The keys from the outermost object, and the variable's name, down to a map. */
export function keyPath(index: FileIndex, node: Expression): string[] {
  const path: string[] = [];
  let child: object = node;
  for (let at = index.parent(node); at !== undefined; child = at, at = index.parent(at)) {
    if (!("kind" in at)) break;
    const around = at as Expression | { kind: "let"; target: { kind: string; binding?: number } };
    if (around.kind === "map") {
      const entry: MapEntry | undefined = around.entries.find((one) => one.value === child);
      if (entry?.key?.kind === "string") path.unshift(entry.key.value);
    } else if (around.kind === "let") {
      const { binding } = around.target;
      if (binding !== undefined) path.unshift(index.form.bindings[binding]?.name ?? "");
      break;
    } else if (around.kind === "call" || around.kind === "function") {
      break;
    }
  }
  return path;
}

/** An object's name is Klaviyo's, not that of one of its tools. */
export const KLAVIYO_NAME =
  /^klaviyo(?:[-_ ]?(?:oauth2?|api|auth|provider|marketing|email|integration|app|connector))*$/i;

/** A name that begins with Klaviyo's and does not go on to say that it is something else's: `klaviyoOAuth`, not `klaviyoRoutes`. */
export function startsKlaviyos(name: string): boolean {
  return /^klaviyo/i.test(name) && !isSetApart(name);
}

/** `klaviyo: { … }`, `const klaviyo = { … }`, `providers.klaviyo = { … }`, `registry.set("klaviyo", { … })`, `Klaviyo({ … })`. */
export function isKeyedAsKlaviyo(index: FileIndex, node: Expression): boolean {
  let child: object = node;
  for (
    let at = index.parent(node), steps = 0;
    at !== undefined && steps < 3;
    child = at, at = index.parent(at), steps++
  ) {
    if (!("kind" in at)) return false;
    const around = at as Expression | { kind: "let"; target: { kind: string; binding?: number } };
    switch (around.kind) {
      case "map": {
        const entry = around.entries.find((one) => one.value === child);
        return entry?.key?.kind === "string" && startsKlaviyos(entry.key.value);
      }
      case "let": {
        const { binding } = around.target;
        const name = binding === undefined ? "" : (index.form.bindings[binding]?.name ?? "");
        return startsKlaviyos(name) && !/scopes?/i.test(name);
      }
      case "assign":
        return around.target.kind === "target" &&
          around.target.expression.kind === "member" &&
          around.target.expression.property.kind === "string"
          ? startsKlaviyos(around.target.expression.property.value)
          : false;
      case "call": {
        const [first] = around.args;
        return (
          (first !== child && first?.kind === "string" && /^klaviyo$/i.test(first.value)) ||
          (around.callee !== child && KLAVIYO_NAME.test(nameOf(around.callee)))
        );
      }
      case "list": {
        // `["nuxt-klaviyo", { … }]`: a plugin and its options.
        const [plugin, options, ...more] = around.items;
        return (
          plugin?.kind === "string" &&
          options === child &&
          more.length === 0 &&
          isKlaviyosPackage(plugin.value)
        );
      }
      case "typed":
        continue;
      default:
        return false;
    }
  }
  return false;
}

/** The call that an expression is an argument of. */
export function callWith(index: FileIndex, node: Expression): CallExpression | null {
  const call = parentOf(index, node, "call");
  return call?.callee === node ? null : call;
}
