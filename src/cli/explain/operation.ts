import { UserError } from "../../api/errors.js";
import { isClientOperation } from "../../catalog/index.js";
import { suggestPath } from "../../catalog/suggest.js";
import { code, codes, heading, list, paragraph } from "../document.js";
import { placeOf } from "./project.js";
import type { Analysis } from "../../api/analyze.js";
import type { Catalog } from "../../catalog/index.js";
import type { Operation } from "../../catalog/types.js";
import type { Block, Inline } from "../document.js";

/** What an operation is, the scopes it needs, and where this project calls it. */
export function explainOperation(operation: Operation, project: Analysis | null): Block[] {
  const { id, method, path, summary, tag, scopes, aliases, revision, beta } = operation;
  const blocks: Block[] = [heading(1, id), paragraph(code(`${method} ${path}`))];
  if (summary !== "")
    blocks.push(paragraph(`${summary} (${tag}, revision ${revision}${beta ? ", beta" : ""}).`));
  if (aliases.length > 0) blocks.push(paragraph("Older names: ", ...codes(aliases), "."));
  if (isClientOperation(operation)) {
    blocks.push(
      paragraph(
        "It is called with the account's public key, not with an OAuth token: the app needs no scope for it.",
      ),
    );
  } else if (scopes.length === 0) {
    blocks.push(paragraph("It needs no scope."));
  } else {
    blocks.push(paragraph("It needs ", ...codes(scopes), scopes.length > 1 ? ": all of them." : "."));
  }
  return [...blocks, ...calledHere(operation, project)];
}

function calledHere(operation: Operation, project: Analysis | null): Block[] {
  const calls = (project?.picture.apps ?? []).flatMap((app) =>
    app.calls
      .filter(({ candidates }) => candidates.some(({ id }) => id === operation.id))
      .map((call) => ({ app, call })),
  );
  if (!project) return [];
  if (calls.length === 0) return [heading(2, "In this project"), paragraph("No call of it was found.")];
  const rows = calls.map(({ app, call }): Inline[] => {
    const asked = app.requests.length > 0 ? app.requested : null;
    const lacking = asked ? call.scopes.filter((scope) => !asked.includes(scope)) : [];
    return [
      "Called at ",
      code(placeOf(call, project)),
      ...(call.auth === "private-key" ? [" with a private key"] : []),
      ...(lacking.length > 0 ? ["; not requested: ", ...codes(lacking)] : []),
      ".",
    ];
  });
  return [heading(2, "In this project"), list(rows)];
}

/**
 * The operation of a concrete path, or all operations of it when no method is given.
 * @throws UserError when there is none.
 */
export function explainPath(
  method: string | null,
  path: string,
  project: Analysis | null,
  catalog: Catalog,
): Block[] {
  const found = method === null ? catalog.operationsForPath(path) : [catalog.match(method, path)];
  // Templates as the documentation writes them: `/api/profiles/{id}`.
  const named = catalog
    .operations()
    .filter((operation) => operation.path === path && (method === null || operation.method === method));
  const operations = [...new Set([...found, ...named])].filter((operation) => operation !== undefined);
  if (operations.length > 0) return operations.flatMap((operation) => explainOperation(operation, project));
  const near = suggestPath(method, path, catalog);
  throw new UserError(
    `No operation of Klaviyo's API is \`${method === null ? "" : `${method} `}${path}\`.`,
    near === null
      ? `Paths look like /api/profiles/{id}; the catalog's revision is ${catalog.revision}.`
      : near.kind === "method"
        ? `The path has ${near.methods.join(", ")}.`
        : `Did you mean \`${near.operation?.method ?? near.methods.join("|")} ${near.filled}\`?`,
  );
}
