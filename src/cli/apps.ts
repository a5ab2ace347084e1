/** Choosing among the apps of a repository. */
import { nearest } from "../config/nearest.js";
import { UserError } from "../api/errors.js";
import type { App, Picture } from "../audit/picture.js";
import { callWords } from "../audit/words.js";

/** The app of that name, or all. @throws UserError when there is none of that name. */
export function appsOf({ apps }: Picture, name: string | undefined): readonly App[] {
  if (name === undefined) return apps;
  const app = apps.find((one) => one.name === name);
  if (app) return [app];
  const names = apps.map((one) => one.name);
  const near = nearest(name, names);
  throw new UserError(
    `There is no app \`${name}\`.`,
    near ? `Did you mean \`${near}\`?` : `The apps are ${names.join(", ")}.`,
  );
}

/** All places of an app that could not be resolved in its calls, and calls that no operation matches, as `file:line:column: reason`. */
export function unresolvedCalls(app: App, picture: Picture): string[] {
  const unknown = app.calls
    .filter(({ note }) => note === "unknown-operation")
    .map((call) => ({ ...call, reason: `${callWords(call)} is no known operation` }));
  const lines = [...app.calls.flatMap((call) => call.unresolved), ...unknown].map(
    ({ file, range, reason }) => {
      const { line, column } = picture.position(file, range[0]);
      return `${file}:${String(line)}:${String(column)}: ${reason}`;
    },
  );
  return [...new Set(lines)].sort();
}
