/** What there is to tell of a run that is no finding: parts of the project or of its config that count for nothing. */
import path from "node:path";
import type { Homeless, Unjudged } from "../audit/build.js";
import { lostPointers } from "../audit/configured.js";
import { lineStarts, positionOf } from "../audit/lines.js";
import type { Picture, Place } from "../audit/picture.js";
import { isConfigName } from "../config/find.js";
import { nearest } from "../config/nearest.js";
import { isPackageJson, PACKAGE_KEY } from "../config/package-key.js";
import { seenFrom } from "../config/paths.js";
import type { Config } from "../config/types.js";
import type { Project } from "../link/project.js";
import { UserError } from "./errors.js";
import { idleConfig } from "./idle-config.js";
import { outsideProblems } from "./outside.js";

type TextOf = (file: string) => string | undefined;
type Told = Place & { message: string };

export interface Diagnosed {
  project: Project;
  config: Config | null;
  /** Those that are audited, relative to the root. */
  files: readonly string[];
  picture: Picture & Unjudged;
  text: TextOf;
  /** Whether the files are at hand, and not just what was once read of them. */
  hasFiles: boolean;
}

export function diagnose({ project, config, files, picture, text, hasFiles }: Diagnosed): Told[] {
  return [
    ...homelessProblems(picture.homeless),
    ...picture.lost.map(({ file, range }) => ({ file, range, message: LOST })),
    ...(hasFiles ? idleConfig(project, config, files, text) : []),
    ...innerConfigs(files, picture.configFile, text),
    ...(hasFiles ? outsideProblems(project) : []),
  ];
}

const LOST =
  "what this leads to nests too deeply to be followed, so it is not judged. Name what is called in `uses`, and the scopes in a plain list.";

/**
 * A `configured` that names a key its file does not have would leave the comparison out without a word.
 * @throws UserError
 */
export function checkPointers(project: Project, config: Config | null, text: TextOf): void {
  if (config === null) return;
  const lost = lostPointers(project, config);
  if (lost.length === 0) return;
  const file = seenFrom(project.root, config.file);
  const starts = lineStarts(text(file) ?? "");
  const lines = lost.map(({ source, keys }) => {
    const { line, column } = positionOf(starts, source.range[0]);
    const near = nearest(source.key, keys);
    const hint = near === null ? "" : ` Did you mean \`${near}\`?`;
    return `${file}:${String(line)}:${String(column)}: \`configured\` names the key \`${source.key}\`, which \`${source.file}\` does not have.${hint}`;
  });
  throw new UserError(lines.join("\n"), "Mend the config and run again.", lines);
}

/** What lies outside of every app of the config is not judged: that must not go unsaid. */
function homelessProblems(homeless: Homeless): Told[] {
  const toDo = "Declare an app around it in the config's `apps`";
  return [
    ...homeless.requests.map(({ file, range }) => ({
      file,
      range,
      message: `this scope request lies in no app of the config, and none was seen to send it, so it is not judged. ${toDo}.`,
    })),
    ...homeless.calls.map(({ file, range }) => ({
      file,
      range,
      message: `this API call lies in no app of the config, and none was seen to make it, so it is not judged. ${toDo}, or name its operation in \`uses\`.`,
    })),
  ];
}

/** A package's own config does not count in an audit of the whole: whoever wrote it would not think so. */
function innerConfigs(files: readonly string[], configFile: string | null, text: TextOf): Told[] {
  return files.flatMap((file) => {
    const folder = path.posix.dirname(file);
    const inner = folder !== "." && folder !== path.posix.dirname(configFile ?? "");
    if (!inner) return [];
    const isConfig = isPackageJson(file)
      ? text(file)?.includes(`"${PACKAGE_KEY}"`) === true
      : isConfigName(path.posix.basename(file));
    if (!isConfig) return [];
    const message = `this config is not read: an audit has one, that of its root. Audit the folder by itself (\`--root ${folder}\`), or name it under \`apps\` in the root's config.`;
    return [{ file, range: [0, 0], message }];
  });
}
