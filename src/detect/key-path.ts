/** Where an object stands in the one it is written in: `klaviyo.oauth`, `KLAVIYO_MANIFEST.actions`. */
import type { Expression, MapEntry } from "../lower/form.js";
import type { FileIndex } from "../link/file-index.js";

/** Collections of parts of an app, or of those who use it: what is under them is asked of each of them, not of Klaviyo. */
const PARTS =
  /^(?:(?:mcp|api)?_?)(?:actions?|tools?|operations?|routes?|web_?hooks?|triggers?|commands?|capabilit(?:y|ies)|roles?|users?|members?|groups?|keys?|tokens?|grants?|consents?|policies|streams?)(?:_?(?:scopes?|permissions?|map))?$/i;

/** Whether a path of keys leads through a part of an app, such as one of its tools. */
export function isPartOfApp(path: readonly string[]): boolean {
  return path.some((part) => PARTS.test(part));
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
