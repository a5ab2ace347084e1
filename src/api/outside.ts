/** Neighbours of the audited root that its code uses, and that the audit does not see. */
import type { Place } from "../audit/picture.js";
import { outsideImports } from "../link/outside.js";
import type { Project } from "../link/project.js";
import { readSource } from "../source/read.js";
import { mentionsKlaviyo } from "../source/scan.js";
import { seenFrom } from "../config/paths.js";

/** One warning for each file outside of the root that says something of Klaviyo, at the first import of it. */
export function outsideProblems(project: Project): (Place & { message: string })[] {
  const seen = new Set<string>();
  return outsideImports(project).flatMap(({ file, range, specifier, target }) => {
    if (seen.has(target)) return [];
    seen.add(target);
    const relative = seenFrom(project.root, target);
    // An index may only hand on what its neighbours say.
    if (!mentionsKlaviyo(specifier) && !mentionsKlaviyo(relative) && !mentions(target)) return [];
    const message = `\`${specifier}\` is \`${relative}\`, outside the audited root, so its requests and API calls are not seen. Audit the repository's root, with a config there that names this folder under \`apps\`.`;
    return [{ file, range, message }];
  });
}

function mentions(absolute: string): boolean {
  const source = readSource(absolute);
  return "text" in source && mentionsKlaviyo(source.text);
}
