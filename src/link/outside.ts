/** Imports that lead out of the audited root, into a package next to it. */
import path from "node:path";
import { realpathSync } from "node:fs";
import { ResolverFactory } from "oxc-resolver";
import { RESOLVE_OPTIONS } from "./resolver.js";
import type { Project } from "./project.js";
import type { FileForm, Range } from "../lower/form.js";
import { liesIn } from "../config/paths.js";

export interface OutsideImport {
  file: string;
  range: Range;
  specifier: string;
  /** Absolute, without symbolic links. */
  target: string;
}

/**
 * The imports whose file exists, but outside the root. What lies in a `node_modules` after all links are followed is
 * installed, not a neighbour.
 */
export function outsideImports({ root, forms, resolve }: Project): OutsideImport[] {
  const resolver = new ResolverFactory({ ...RESOLVE_OPTIONS, tsconfig: "auto" });
  const real = realpathSync(root);
  return [...forms.values()].flatMap((form) => {
    const from = path.join(real, ...form.file.split("/"));
    return specifiersOf(form).flatMap(({ range, specifier }): OutsideImport[] => {
      if (resolve(form.file, specifier) !== null) return [];
      const target = targetOf(resolver, from, specifier);
      if (target === null || liesIn(real, target)) return [];
      return [{ file: form.file, range, specifier, target }];
    });
  });
}

function specifiersOf({ imports, exports }: FileForm): { range: Range; specifier: string }[] {
  const all = [
    ...imports.flatMap(({ range, source, typeOnly }) => (typeOnly ? [] : [{ range, specifier: source }])),
    ...exports.flatMap((one) => ("source" in one ? [{ range: one.range, specifier: one.source }] : [])),
  ];
  return [...new Map(all.reverse().map((one) => [one.specifier, one])).values()].reverse();
}

function targetOf(resolver: ResolverFactory, from: string, specifier: string): string | null {
  try {
    const found = resolver.resolveFileSync(from, specifier).path;
    if (found === undefined) return null;
    const target = realpathSync(found);
    return target.split(path.sep).includes("node_modules") ? null : target;
  } catch {
    // Not there: a built-in, not installed, or not built.
    return null;
  }
}
