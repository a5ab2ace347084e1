/** Which names a file takes from others: what it imports, and the members it reads or calls. */
import type { FileIndex } from "./file-index.js";
import { handedMembers } from "./handed.js";
import { perKey } from "./per-key.js";

/** None for generated code: it names all that it has. */
export const usedNames = perKey((index: FileIndex): ReadonlySet<string> => {
  const names = new Set<string>();
  if (index.form.generated === true) return names;
  for (const one of index.form.imports) names.add(one.imported);
  for (const name of handedMembers(index)) names.add(name);
  for (const { node } of index.calls)
    if (node.callee.kind === "member" && node.callee.property.kind === "string")
      names.add(node.callee.property.value);
  return names;
});
