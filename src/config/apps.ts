/** The config's `configured` and `apps`. */
import type { Node } from "jsonc-parser";
import { rangeOf, type ConfigDocument } from "./document.js";
import { placeOf } from "./places.js";
import { quoted } from "./nearest.js";
import type { ScopeNames } from "./scope-names.js";
import type { AppConfig, ConfiguredSource } from "./types.js";

export interface AppContext {
  document: ConfigDocument;
  /** Absolute folder of the config. */
  root: string;
  scopes: ScopeNames;
}

/** A string, an array, or `{ "file": …, "key": … }`. Null and an error for anything else. */
export function configuredOf(context: AppContext, node: Node): ConfiguredSource | null {
  const { document, scopes } = context;
  const range = rangeOf(node);
  switch (node.type) {
    case "string":
      return { kind: "list", style: "string", range, names: scopes.ofString(node) };
    case "array":
      return { kind: "list", style: "array", range, names: scopes.ofArray(node, "`configured`") };
    case "object":
      return pointerOf(context, node);
    default:
      document.wrongType(node, "`configured`", 'a string, an array, or { "file": …, "key": … }');
      return null;
  }
}

function pointerOf({ document, root }: AppContext, node: Node): ConfiguredSource | null {
  const fields = document.object(node, "`configured`", ["file", "key"]);
  if (fields === null) return null;
  const file = fields.get("file");
  const key = fields.get("key");
  if (file === undefined || key === undefined) {
    document.error(
      node,
      `\`configured\` needs \`${file === undefined ? "file" : "key"}\` as well.`,
      'Such as { "file": ".env.example", "key": "KLAVIYO_SCOPES" }.',
    );
    return null;
  }
  const place = placeOf(document, file.value, { root, kind: "file", what: "The file" });
  const name = document.words(key.value, "`key`");
  return place === null || name === null
    ? null
    : { kind: "file", range: rangeOf(node), file: place, key: name };
}

/** The apps, in the order written. Two of one name or one root are reported. */
export function appsOf(context: AppContext, node: Node): AppConfig[] {
  const { document } = context;
  if (node.type !== "array") {
    document.wrongType(node, "`apps`", "an array of objects with `name` and `root`");
    return [];
  }
  const apps: AppConfig[] = [];
  for (const child of node.children ?? []) {
    const app = appOf(context, child, apps);
    if (app !== null) apps.push(app);
  }
  return apps;
}

function appOf(context: AppContext, node: Node, others: readonly AppConfig[]): AppConfig | null {
  const { document, root } = context;
  const fields = document.object(node, "An app", ["name", "root", "configured"]);
  if (fields === null) return null;
  const nameNode = fields.get("name")?.value;
  if (nameNode === undefined) {
    document.error(node, "An app needs `name`.");
    return null;
  }
  const name = document.words(nameNode, "`name`");
  const rootNode = fields.get("root")?.value;
  const place = rootNode ? placeOf(document, rootNode, { root, kind: "folder", what: "The root" }) : ".";
  const configuredNode = fields.get("configured")?.value;
  const configured = configuredNode ? configuredOf(context, configuredNode) : null;
  if (name === null || place === null) return null;
  if (others.some((other) => other.name === name)) {
    document.error(nameNode, `Two apps are named ${quoted(name)}.`, "Give each a name of its own.");
    return null;
  }
  const same = others.find((other) => other.root === place);
  if (same !== undefined) {
    document.error(
      rootNode ?? node,
      `The apps ${quoted(same.name)} and ${quoted(name)} have the same root ${quoted(place)}.`,
      "Give each the folder that holds its code.",
    );
    return null;
  }
  return { name, root: place, configured };
}
