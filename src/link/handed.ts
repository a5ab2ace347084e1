/** Which members a file reads without calling them: who holds a method so may call it out of sight. */
import type { Expression } from "../lower/form.js";
import type { FileIndex } from "./file-index.js";
import { perKey } from "./per-key.js";

/** The names of the members that a file takes out of an object (`const { load } = api`) or hands on (`onClick={api.load}`). */
export const handedMembers = perKey((index: FileIndex): ReadonlySet<string> => {
  const names = new Set<string>();
  index.form.bindings.forEach((_, binding) => {
    for (const declaration of index.variable(binding).declarations)
      if (declaration.kind !== "import")
        for (const access of declaration.path)
          if (access.kind === "key" && access.key.kind === "string") names.add(access.key.value);
  });
  for (const root of [...index.names, ...index.calls.map(({ node }) => node)]) {
    let at: Expression = root;
    for (let outer = index.parent(at) as Expression | undefined; outer !== undefined;) {
      if (outer.kind !== "member" || outer.object !== at) break;
      at = outer;
      outer = index.parent(at) as Expression | undefined;
      const isCalled = outer?.kind === "call" && outer.callee === at;
      if (!isCalled && at.property.kind === "string") names.add(at.property.value);
    }
  }
  return names;
});
