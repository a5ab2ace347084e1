/** Which names a file takes from others: what it imports, and the members it reads or calls. */
import type { FileIndex } from "./file-index.js";
import { handedMembers } from "./handed.js";

const known = new WeakMap<FileIndex, ReadonlySet<string>>();

/** None for generated code: it names all that it has. */
export function usedNames(index: FileIndex): ReadonlySet<string> {
  const before = known.get(index);
  if (before !== undefined) return before;
  const names = new Set<string>();
  if (index.form.generated !== true) {
    for (const one of index.form.imports) names.add(one.imported);
    for (const name of handedMembers(index)) names.add(name);
    for (const { node } of index.calls)
      if (node.callee.kind === "member" && node.callee.property.kind === "string")
        names.add(node.callee.property.value);
  }
  known.set(index, names);
  return names;
}
