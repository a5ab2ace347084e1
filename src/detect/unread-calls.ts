/** API calls in code that is not read: nothing is known of them but that they are. */
import type { Program } from "../link/program.js";
import type { FoundCall } from "./types.js";

/** One call for each file: it may be any, and any number of them. */
export function findUnreadCalls(program: Program): FoundCall[] {
  return program.files().flatMap((file): FoundCall[] => {
    const { unread } = program.form(file);
    if (unread === undefined || unread.api === null) return [];
    const place = { file, range: unread.api };
    return [
      {
        ...place,
        operation: null,
        candidates: [],
        method: null,
        path: null,
        scopes: [],
        via: "http",
        auth: "unknown",
        note: "dynamic",
        unresolved: [{ ...place, reason: `code in ${unread.language}, which is not read` }],
        methodPlace: null,
        pathPlace: null,
        flow: [],
        isUnread: true,
      },
    ];
  });
}
