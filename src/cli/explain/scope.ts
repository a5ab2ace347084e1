import { UserError } from "../../api/errors.js";
import { suggestScope } from "../../catalog/suggest.js";
import { nearest, quoted } from "../../config/nearest.js";
import { code, codes, heading, list, paragraph, prose } from "../document.js";
import { dataTouched } from "../resource-data.js";
import { placeOf } from "./project.js";
import type { Analysis } from "../../api/analyze.js";
import type { Catalog } from "../../catalog/index.js";
import type { Provenance } from "../../catalog/types.js";
import type { Block, Inline } from "../document.js";

/**
 * What a scope allows, which operations need it, and where this project configures, requests and needs it.
 * @throws UserError for what neither the catalog nor the config knows.
 */
export function explainScope(written: string, project: Analysis | null, catalog: Catalog): Block[] {
  const name = written.toLowerCase();
  const scope = catalog.scope(name);
  const allowed = project?.config?.scopes.includes(name) === true;
  if (!scope && !allowed) throw noScope(written, project, catalog);
  const blocks: Block[] = [heading(1, name), paragraph(`It ${dataTouched(name)}.`)];
  if (name === "accounts:read") {
    blocks.push(paragraph("Klaviyo requires it of every app, whatever the app calls."));
  }
  if (scope) {
    blocks.push(paragraph(`Klaviyo names it in ${sourcesOf(scope.provenance)}.`));
    const operations = catalog.operationsForScope(name);
    if (operations.length === 0) {
      blocks.push(paragraph("No operation of the API needs it."));
    } else {
      blocks.push(heading(2, `Operations that need it (${String(operations.length)})`));
      blocks.push(
        list(
          operations.map((operation): Inline[] => {
            const others = operation.scopes.filter((other) => other !== name);
            const also = others.length > 0 ? [", also needs ", ...codes(others)] : [];
            const beta = operation.beta ? " (beta)" : "";
            return [code(operation.id), `  ${operation.method} ${operation.path}${beta}`, ...also];
          }),
        ),
      );
    }
    if (scope.access === "write" && catalog.scope(`${scope.resource}:read`)) {
      blocks.push(
        paragraph(
          "It does not stand for ",
          code(`${scope.resource}:read`),
          ": ask for both where both are needed.",
        ),
      );
    }
  } else {
    blocks.push(paragraph("The catalog does not know it; the config's `scopes` says that it exists."));
  }
  return [...blocks, ...inProject(name, project)];
}

function noScope(written: string, project: Analysis | null, catalog: Catalog): UserError {
  const near = nearest(written, project?.config?.scopes ?? []) ?? suggestScope(written, catalog)?.name;
  const help =
    near === undefined
      ? `If it is newer than the catalog (${catalog.revision}), list it under \`scopes\` in the config.`
      : `Did you mean ${quoted(near)}?`;
  return new UserError(`Klaviyo has no scope ${quoted(written)}.`, help);
}

/** "the documentation and the stable API" */
function sourcesOf(provenance: readonly Provenance[]): string {
  if (provenance.every((source) => source === "beta")) return "beta revisions of the API only";
  return provenance.map((source) => SOURCES[source]).join(" and ");
}

const SOURCES: Record<Provenance, string> = {
  documented: "the documentation",
  stable: "the stable API",
  beta: "beta revisions of the API",
};

function inProject(name: string, project: Analysis | null): Block[] {
  if (!project) return [];
  return project.picture.apps.flatMap((app) => {
    const title = project.picture.apps.length > 1 ? `In this project: ${app.name}` : "In this project";
    const requested = app.requests.flatMap((request) =>
      request.tokens.filter((token) => token.name === name),
    );
    const calls = app.calls.filter(({ scopes }) => scopes.includes(name));
    const configured = app.configured
      ? app.configured.scopes.some((scope) => scope.name === name)
        ? "yes"
        : "no"
      : "not declared in the config";
    const rows: Inline[][] = [
      [`Configured: ${configured}.`],
      requested.length === 0
        ? ["Requested: no."]
        : [
            "Requested at ",
            ...codes([...new Set(requested.map(({ place }) => placeOf(place, project)))]),
            ".",
          ],
      ...(calls.length === 0
        ? [[`Needed: ${name === "accounts:read" ? "always" : "by no API call that was found"}.`]]
        : calls.map((call): Inline[] => [
            "Needed by ",
            code(call.operation?.id ?? call.candidates.map(({ id }) => id).join(" or ")),
            " at ",
            code(placeOf(call, project)),
            ".",
          ])),
    ];
    return [heading(2, title), list(rows), ...verdict(name, app, project)];
  });
}

function verdict(name: string, app: Analysis["picture"]["apps"][number], project: Analysis): Block[] {
  const findings = project.report.findings.filter(
    (finding) => finding.app === app.name && finding.scope === name && !finding.suppressed,
  );
  if (findings.length === 0) return [];
  return [heading(3, "What to do"), list([...new Set(findings.map(({ message }) => message))].map(prose))];
}
