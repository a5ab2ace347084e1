/**
 * Environment variables that code sets for what it starts or deploys: `environment: { KLAVIYO_SCOPES: "…" }` of CDK, SST and
 * Pulumi, `env` of pm2's ecosystem.config.js and of next.config.js.
 */
import type { EnvEntry } from "../lower/data/env-entries.js";
import { isEnvName } from "../lower/data/env-names.js";
import type { FileIndex } from "../link/file-index.js";
import type { MapExpression } from "../lower/form.js";

const CONTAINER = /^(?:environment|env|env_\w+|environmentVariables|envVars|variables)$/i;

export function envEntriesOfCode(index: FileIndex): EnvEntry[] {
  if (index.form.data !== null) return [];
  return index.maps.flatMap(({ node }) =>
    isContainer(index, node)
      ? node.entries.flatMap(({ key, value, range }): EnvEntry[] =>
          key?.kind === "string" && isEnvName(key.value) ? [{ name: key.value, value, range }] : [],
        )
      : [],
  );
}

function isContainer(index: FileIndex, node: MapExpression): boolean {
  const around = index.parent(node);
  if (around === undefined || !("kind" in around) || around.kind !== "map") return false;
  const key = (around as MapExpression).entries.find(({ value }) => value === node)?.key;
  return key?.kind === "string" && CONTAINER.test(key.value);
}
