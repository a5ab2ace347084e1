/**
 * Paths of the app's own that a server hands on to Klaviyo: the proxies of Vite, webpack and http-proxy-middleware, the
 * rewrites of Next, Vercel, Netlify and Nuxt. Only paths that say Klaviyo: who asks for one of them says it as well.
 */
import type { Expression, MapExpression } from "../lower/form.js";
import { namedEntries } from "../lower/walk.js";
import { isServedBy } from "../link/app-folders.js";
import { parentOf } from "../link/parent-of.js";
import type { FileIndex } from "../link/file-index.js";
import { isKlaviyosPath } from "../link/routes.js";
import { summaryOf, type Aspect } from "../link/summaries.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { callBack } from "./functions.js";
import { nameOf } from "./members.js";
import { knownTexts, plainText, stringOf } from "./text.js";

/** A path of the app's, and what takes its place. */
export interface Forwarded {
  /** The file that says so. */
  file: string;
  path: string;
  to: string;
  /** The server adds a private key. */
  keyed: boolean;
}

const KLAVIYO = /^https?:\/\/[a-z0-9.-]*\bklaviyo\.com(?=\/|$)/i;
/** Keys that say where to, beside one that says from where or below one that is it. */
const TO = /^(?:target|destination|to|proxy|dest|upstream)$/;
const FROM = /^(?:source|from|src|context|pathFilter|prefix)$/;
const REWRITES = /^(?:rewrite|pathRewrite|rewritePrefix)$/;
/** Keys of what is sent to exactly there. */
const WHOLE = /^(?:destination|to|dest)$/;
/** What stands for the rest of a path at the end of both. */
const REST = /\/(?::\w+(?:\*|\+|\(\.\*\))?|\*{1,2}(?::\w+)?|\(\.\*\)|\$\d|:splat)$/;
/** A path that nobody writes, to see what becomes of it. */
const PROBE = "/-probe-";

const forwarded = summaryOf((evaluator: Evaluator): Forwarded[] =>
  evaluator.aside(() => {
    const { program } = evaluator;
    return program.filesWith(mayForward).files.flatMap((file) => {
      const index = program.index(file);
      return index.maps.flatMap(({ node, fn }) =>
        saysWhereTo(node) ? forwardedBy(evaluator, index, node, evaluator.rootFrame(file, fn)) : [],
      );
    });
  }),
);
const ALL: Aspect<Forwarded[]> = { name: "all", says: (found) => JSON.stringify(found) };

/** Such paths of the server that a file's requests go to. */
export function forwardedPaths(evaluator: Evaluator, file: string): readonly Forwarded[] {
  const { resolve } = evaluator.program.project;
  return forwarded(evaluator, ALL).filter((one) => isServedBy(file, one.file, resolve));
}

function mayForward({ maps, texts }: FileIndex): boolean {
  return (
    maps.some(({ node }) => saysWhereTo(node)) &&
    texts.some(({ node }) => node.kind === "string" && /klaviyo/i.test(node.value))
  );
}

function saysWhereTo(node: MapExpression): boolean {
  return namedEntries(node).some(({ key, value }) => TO.test(key) || (key.startsWith("/") && isText(value)));
}

function isText({ kind }: Expression): boolean {
  return kind === "string" || kind === "template" || kind === "name";
}

function forwardedBy(evaluator: Evaluator, index: FileIndex, node: MapExpression, frame: Frame): Forwarded[] {
  const textsOf = (value: Expression): string[] => textsIn(evaluator, value, frame);
  const { file } = index.form;
  const entries = namedEntries(node);
  const key = keyAround(index, node);
  const keyed = (): boolean => saysKey(index, node);
  // `proxy: { "/api/klaviyo": "https://a.klaviyo.com" }`.
  const short =
    key === null
      ? []
      : entries.flatMap((one) =>
          one.key.startsWith("/") && isText(one.value)
            ? pairs(file, [one.key], textsOf(one.value), keyed, (path) => (strips(key) ? "" : path))
            : [],
        );
  const targets = entries
    .filter((one) => TO.test(one.key) && isText(one.value))
    .flatMap(({ value }) => textsOf(value));
  if (!targets.some((text) => KLAVIYO.test(text))) return short;
  const written = entries.filter((one) => FROM.test(one.key)).flatMap(({ value }) => textsOf(value));
  const mount = written.length > 0 ? null : mountOf(index, node);
  const paths = mount === null ? written : mount.paths.flatMap(textsOf).concat(key ?? []);
  const isWhole = targets.some((text) => REST.test(text)) || entries.some((one) => WHOLE.test(one.key));
  const isStripped = mount?.strips === true || entries.some((one) => one.key === "upstream");
  const change = (path: string): string =>
    isWhole ? "" : (rewritten(evaluator, entries, path, frame) ?? (isStripped ? "" : path));
  return [...short, ...pairs(file, paths, targets, keyed, change)];
}

function textsIn(evaluator: Evaluator, value: Expression, frame: Frame): string[] {
  return evaluator.within(() => {
    const values = evaluator.evaluate(value, frame);
    const items = values.flatMap((one) =>
      one.kind === "list" ? one.items.flatMap((item) => item.values()) : [one],
    );
    return knownTexts(items).texts;
  });
}

/** @param change What becomes of the path behind the target. */
function pairs(
  file: string,
  paths: readonly string[],
  targets: readonly string[],
  keyed: () => boolean,
  change: (path: string) => string,
): Forwarded[] {
  return paths.flatMap((written) => {
    const path = bare(written.replace(/^\^/, ""));
    if (!path.startsWith("/") || !isKlaviyosPath(path)) return [];
    return targets
      .filter((text) => KLAVIYO.test(text))
      .map((text) => ({ file, path, to: `${bare(text)}${change(path)}`, keyed: keyed() }));
  });
}

function bare(text: string): string {
  return text.replace(REST, "").replace(/\/$/, "");
}

/** What `rewrite`, `pathRewrite` and `rewritePrefix` make of a path; null where there is none. */
function rewritten(
  evaluator: Evaluator,
  entries: ReturnType<typeof namedEntries>,
  path: string,
  frame: Frame,
): string | null {
  const probe = `${path}${PROBE}`;
  for (const { key, value } of entries) {
    if (!REWRITES.test(key)) continue;
    if (key === "rewritePrefix") return bare(textsIn(evaluator, value, frame)[0] ?? "");
    const byRule = (value.kind === "map" ? namedEntries(value) : []).flatMap((rule) => {
      const from = rule.key.replace(/^\^/, "").replace(/\\\//g, "/");
      return rule.value.kind === "string" && probe.startsWith(from)
        ? [`${rule.value.value}${probe.slice(from.length)}`]
        : [];
    });
    const byCall = evaluator.within(() =>
      evaluator
        .evaluate(value, frame)
        .filter((one) => one.kind === "function")
        .flatMap((one) => callBack(evaluator, one, [[stringOf([plainText(probe)])]], { node: value, frame })),
    );
    const text = [...byRule, ...knownTexts(byCall).texts].find((one) => one.endsWith(PROBE.slice(1)));
    if (text !== undefined) return bare(text.slice(0, 1 - PROBE.length));
  }
  return null;
}

/** The path under which a proxy stands, where its options do not say it: what the call that makes it, or `use`, is told first. */
function mountOf(index: FileIndex, node: MapExpression): { paths: Expression[]; strips: boolean } {
  const key = keyAround(index, node);
  if (key !== null) {
    const outer = parentOf(index, node, "map");
    return { paths: [], strips: outer !== null && strips(keyAround(index, outer) ?? "") };
  }
  const made = parentOf(index, node, "call");
  const [first] = made?.args ?? [];
  if (made === null || first === undefined) return { paths: [], strips: false };
  if (first !== node) return { paths: [first], strips: false };
  const used = parentOf(index, made, "call");
  const [path] = used?.args ?? [];
  return used !== null && nameOf(used.callee) === "use" && path !== undefined && path !== made
    ? { paths: [path], strips: true }
    : { paths: [], strips: false };
}

/** Nitro takes the path of a proxy away: https://nitro.build/config#devproxy. */
function strips(key: string): boolean {
  return key === "devProxy";
}

function saysKey({ texts }: FileIndex, { range: [start, end] }: MapExpression): boolean {
  return texts.some(
    ({ node }) =>
      node.range[0] > start &&
      node.range[1] < end &&
      (node.kind === "template" ? node.quasis : [node]).some(
        (one) => one.kind === "string" && /^Klaviyo-API-Key\b/i.test(one.value),
      ),
  );
}

/** The key of the entry whose value a map is. */
function keyAround(index: FileIndex, node: MapExpression): string | null {
  const outer = parentOf(index, node, "map");
  return outer === null ? null : (namedEntries(outer).find(({ value }) => value === node)?.key ?? null);
}
