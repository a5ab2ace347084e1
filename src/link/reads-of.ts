/** Where a variable is read. */
import type { NameExpression } from "../lower/form.js";
import type { FileIndex } from "./file-index.js";
import { perKey } from "./per-key.js";

const readsByBinding = perKey(({ names }: FileIndex): Map<number, NameExpression[]> => {
  const reads = new Map<number, NameExpression[]>();
  for (const node of names) {
    const known = reads.get(node.binding);
    if (known === undefined) reads.set(node.binding, [node]);
    else known.push(node);
  }
  return reads;
});

/** All places in a file that read a variable. */
export function readsOf(index: FileIndex, binding: number): NameExpression[] {
  return readsByBinding(index).get(binding) ?? [];
}
