/** Lists that are only kept: a default for the scopes of a record that is written to a database. */
import type { Expression } from "../lower/form.js";
import type { FileIndex } from "../link/file-index.js";
import { nameOf } from "../evaluate/members.js";
import { readsOf } from "../link/reads-of.js";

/** Methods that write a record. */
const WRITES =
  /^(?:insert|upsert|update|create|save|add|put|store|persist|write|replace|findOneAndUpdate|values)(?:One|Many)?$/i;

/** Whether a variable is read, and nowhere but for a field of a record that is written. Exported ones may be read elsewhere. */
export function isOnlyStored(index: FileIndex, binding: number): boolean {
  const isExported = index.form.exports.some(
    (entry) => entry.kind === "local" && entry.value.kind === "name" && entry.value.binding === binding,
  );
  if (isExported) return false;
  const reads = readsOf(index, binding);
  return reads.length > 0 && reads.every((read) => isWrittenInRecord(index, read));
}

function isWrittenInRecord(index: FileIndex, read: Expression): boolean {
  let inRecord = false;
  let child: object = read;
  for (let at = index.parent(read); at !== undefined && "kind" in at; child = at, at = index.parent(at)) {
    const around = at as Expression;
    switch (around.kind) {
      case "map":
        inRecord = true;
        continue;
      case "logical":
      case "conditional":
      case "typed":
      case "spread":
      case "list":
        continue;
      case "call":
        return inRecord && around.callee !== child && WRITES.test(nameOf(around.callee));
      default:
        return false;
    }
  }
  return false;
}
