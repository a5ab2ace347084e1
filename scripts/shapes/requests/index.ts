/** The generator for scope requests. */
import { loadCatalog } from "../../../src/catalog/index.js";
import type { Report } from "../../../src/report/types.js";
import type { Generator } from "../check.js";
import { composeRequest, requestLine } from "./compose.js";

const position = (one: { line: number; column: number }): string =>
  `${String(one.line)}:${String(one.column)}`;

export const requests: Generator = {
  compose: (seed) =>
    composeRequest(
      seed,
      [...loadCatalog().scopes()].map(({ name }) => name),
    ),
  found: (report: Report) => [
    ...report.requests.map((request) =>
      requestLine({
        place: `${request.file}:${position(request)}-${String(request.endLine)}:${String(request.endColumn)}`,
        kind: request.kind,
        site: request.site === null ? "none" : `${request.site.file}:${String(request.site.line)}`,
        complete: request.complete,
        tokens: request.scopes.map((scope) => `${scope.name}@${scope.file}:${position(scope)}`),
        unresolved: request.unresolved.map((part) => `${part.file}:${position(part)}`),
      }),
    ),
    // None of these projects calls the API.
    ...report.apiCalls.map((call) => `call ${call.file}:${position(call)}`),
  ],
};
