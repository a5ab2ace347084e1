/** The generator for API calls. */
import { isClientOperation, loadCatalog } from "../../../src/catalog/index.js";
import type { Report } from "../../../src/report/types.js";
import type { Generator } from "../check.js";
import { callLine, composeCalls } from "./compose.js";

export const calls: Generator = {
  compose: (seed) =>
    composeCalls(
      seed,
      loadCatalog()
        .operations()
        .filter((operation) => !operation.beta && !isClientOperation(operation)),
    ),
  found: (report: Report) => [
    ...report.apiCalls.map((call) =>
      callLine({
        place: `${call.file}:${String(call.line)}:${String(call.column)}`,
        method: call.method ?? "?",
        operation: call.operation ?? `? ${call.path ?? ""}`,
        auth: call.auth,
      }),
    ),
    // None of these projects asks for scopes.
    ...report.requests.map((request) => `request ${request.file}:${String(request.line)}`),
  ],
};
