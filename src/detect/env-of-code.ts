/**
 * Environment variables that code sets for what it starts or deploys: `environment: { KLAVIYO_SCOPES: "…" }` of CDK, SST and
 * Pulumi, `env` of pm2's ecosystem.config.js and of next.config.js.
 */
import { parentOf } from "../link/parent-of.js";
import type { EnvEntry } from "../lower/data/env-entries.js";
import { isEnvContainer, isEnvName } from "../lower/data/env-names.js";
import type { FileIndex } from "../link/file-index.js";
import { perKey } from "../link/per-key.js";
import type { MapExpression } from "../lower/form.js";
import { keyPath } from "./key-path.js";

/** Keys for variables of a query, a template or a program as well: `environment: { variables: { … } }` is Pulumi's. */
const LOOSE = /^(?:vars|variables?|literals)$/i;

/** What runs tests, by its file. */
const RUNS_TESTS =
  /(?:^|\/)(?:vitest|jest|playwright|cypress|karma|wdio|web-test-runner)\.[^/]*\.[cm]?[jt]sx?$/i;
/** And by the key: Vite's `test`, Playwright's `webServer`, Cypress' `e2e` and `component`. */
const OF_TESTS = /^(?:test|webServer|e2e|component)$/;

export const envEntriesOfCode = perKey((index: FileIndex): EnvEntry[] => {
  if (index.form.data !== null) return [];
  return index.maps.flatMap(({ node }) => {
    const entries = node.entries.filter(({ key }) => key?.kind === "string" && isEnvName(key.value));
    if (entries.length === 0 || !isContainer(index, node) || isForTests(index, node)) return [];
    return entries.flatMap(({ key, value, range }): EnvEntry[] =>
      key?.kind === "string" && !isOfOtherService(index, node, key.value)
        ? [{ name: key.value, value, range }]
        : [],
    );
  });
});

/** Whether an object sets what tests run with: no app is installed with its lists. */
export function isForTests(index: FileIndex, node: MapExpression): boolean {
  if (RUNS_TESTS.test(index.form.file)) return true;
  if (!isContainer(index, node)) return false;
  const around = parentOf(index, node, "map");
  // `webServer: [{ command, env }]`.
  return around !== null && OF_TESTS.test(keyPath(index, around).at(-1) ?? "");
}

function isContainer(index: FileIndex, node: MapExpression): boolean {
  const around = parentOf(index, node, "map");
  const key = around === null ? undefined : keyOf(around, node);
  if (around === null || key === undefined) return false;
  // pm2's, one for each of its environments.
  if (/^env_\w+$/i.test(key)) return true;
  if (!LOOSE.test(key)) return isEnvContainer(key);
  const outer = parentOf(index, around, "map");
  return outer !== null && isEnvContainer(keyOf(outer, around));
}

/** `apps: [{ name: "shopify", env }, { name: "klaviyo", env }]`: where one is Klaviyo's, the others' variables of the name are not. */
function isOfOtherService(index: FileIndex, container: MapExpression, name: string): boolean {
  const service = parentOf(index, container, "map");
  if (service === null || saysKlaviyo(service)) return false;
  const list = parentOf(index, service, "list");
  return (
    list !== null &&
    list.items.some(
      (item) =>
        item.kind === "map" &&
        saysKlaviyo(item) &&
        item.entries.some(
          ({ value }) =>
            value.kind === "map" &&
            isContainer(index, value) &&
            value.entries.some(({ key }) => key?.kind === "string" && key.value === name),
        ),
    )
  );
}

function saysKlaviyo(service: MapExpression): boolean {
  return service.entries.some(
    ({ key, value }) =>
      key?.kind === "string" &&
      /^(?:name|id|script|cwd)$/.test(key.value) &&
      value.kind === "string" &&
      /klaviyo/i.test(value.value),
  );
}

function keyOf(around: MapExpression, node: MapExpression): string | undefined {
  const key = around.entries.find(({ value }) => value === node)?.key;
  return key?.kind === "string" ? key.value : undefined;
}
