/** The configured set: the scopes of the app's Scopes field, as the config declares them or points to them. */
import path from "node:path";
import type { Config, ConfiguredSource } from "../config/types.js";
import type { Project } from "../link/project.js";
import { envEntries } from "../lower/data/env-entries.js";
import type { Expression, Range, StringExpression } from "../lower/form.js";
import type { ConfiguredScope, ConfiguredSet } from "./picture.js";
import { seenFrom } from "../config/paths.js";

interface Input {
  project: Project;
  config: Config | null;
  text(file: string): string | undefined;
}

/** The configured set with the place of each scope; null where none is declared or the file it is in was not read. */
export function configuredFrom(
  input: Input,
  source: ConfiguredSource | null,
  configFile: string | null,
): ConfiguredSet | null {
  if (source === null || input.config === null || configFile === null) return null;
  if (source.kind === "list") {
    const text = input.text(configFile);
    const names = source.names.map(({ name, range }) => ({ name, range }));
    return setOf(configFile, source.range, names, source.style, text);
  }
  const file = fileOf(input.project, input.config, source);
  const value = valueAt(input.project, file, source.key);
  if (value === null) return null;
  if (value.kind === "string") return setOf(file, value.range, wordsOf(value), "string", input.text(file));
  if (value.kind !== "list") return null;
  const names = value.items.flatMap((item) =>
    item.kind === "string" ? [{ name: item.value.trim(), range: item.range }] : [],
  );
  return setOf(file, value.range, names, "array", input.text(file));
}

/** A `configured` that points to a key which its file does not have: the pointer, and the keys that are there. */
export interface LostPointer {
  source: Extract<ConfiguredSource, { kind: "file" }>;
  /** Top-level names of the file. */
  keys: string[];
}

/** The pointers of a config that lead nowhere, of the whole and of its apps. */
export function lostPointers(project: Project, config: Config): LostPointer[] {
  const sources = [config.configured, ...config.apps.map(({ configured }) => configured)];
  return sources.flatMap((source): LostPointer[] => {
    if (source?.kind !== "file") return [];
    const file = fileOf(project, config, source);
    const form = project.forms.get(file);
    // A file that could not be read is told as such.
    if (form === undefined || valueAt(project, file, source.key) !== null) return [];
    const named = envEntries(form).map(({ name }) => name);
    const keyed =
      form.data?.kind === "map"
        ? form.data.entries.flatMap(({ key }) => (key?.kind === "string" ? [key.value] : []))
        : [];
    return [{ source, keys: [...new Set([...named, ...keyed])] }];
  });
}

function fileOf(
  project: Project,
  config: Config,
  source: Extract<ConfiguredSource, { kind: "file" }>,
): string {
  return seenFrom(project.root, path.resolve(config.root, source.file));
}

function valueAt(project: Project, file: string, key: string): Expression | null {
  const form = project.forms.get(file);
  if (form === undefined) return null;
  const entry = envEntries(form).find((one) => one.name === key);
  if (entry !== undefined) return entry.value;
  let at: Expression | null = form.data;
  for (const part of key.split(".")) {
    if (at?.kind !== "map") return null;
    const found = at.entries.find((one) => one.key?.kind === "string" && one.key.value === part);
    at = found?.value ?? null;
  }
  return at;
}

function wordsOf(node: StringExpression): { name: string; range: Range }[] {
  const offset = (index: number): number =>
    typeof node.at === "number" ? node.at + index : (node.at[index] ?? node.range[1]);
  return [...node.value.matchAll(/[^\s,;|]+/g)].map((match) => ({
    name: match[0].toLowerCase(),
    range: [offset(match.index), offset(match.index + match[0].length)],
  }));
}

function setOf(
  file: string,
  range: Range,
  names: readonly { name: string; range: Range }[],
  style: "string" | "array",
  text: string | undefined,
): ConfiguredSet {
  const scopes = names.map(({ name, range: own }, index): ConfiguredScope => {
    const next = names[index + 1];
    const before = names[index - 1];
    // In an array the places are the words; the quotes stand one character outside of them.
    const quote = style === "array" && text !== undefined && /["']/.test(text.charAt(own[0] - 1)) ? 1 : 0;
    const from = next === undefined && before !== undefined ? before.range[1] + quote : own[0] - quote;
    const to = next === undefined ? own[1] + quote : next.range[0] - quote;
    return { name, place: { file, range: own }, removal: { file, range: [from, to], text: "" } };
  });
  const [first] = names;
  if (first === undefined) return { file, range, scopes, insertion: null };
  const quote =
    style === "array" && text !== undefined && /["']/.test(text.charAt(first.range[0] - 1))
      ? text.charAt(first.range[0] - 1)
      : "";
  const insertion =
    style === "array"
      ? { file, offset: first.range[0] - quote.length, prefix: quote, suffix: `${quote}, ` }
      : { file, offset: first.range[0], prefix: "", suffix: " " };
  return { file, range, scopes, insertion };
}
