/** Parts of the config that do nothing here: a glob that takes no file, a helper that nobody calls. */
import { existsSync } from "node:fs";
import path from "node:path";
import picomatch from "picomatch";
import type { Place } from "../audit/picture.js";
import { nearest } from "../config/nearest.js";
import { rangeOf } from "../config/range-of.js";
import type { Config } from "../config/types.js";
import { isCalled } from "../detect/helper-name.js";
import { Program } from "../link/program.js";
import type { Project } from "../link/project.js";
import { exclusionsOf } from "../source/exclusions.js";
import { GitIgnore } from "../source/gitignore.js";
import { IncludePatterns } from "../source/include.js";
import { seenFrom } from "../config/paths.js";

/** @param files Those that are audited, relative to the root. @param textOf The text of a file, the config included. */
export function idleConfig(
  project: Project,
  config: Config | null,
  files: readonly string[],
  textOf: (file: string) => string | undefined,
): (Place & { message: string })[] {
  // A part of the repository need not use all of its config.
  if (config === null || config.root !== project.root) return [];
  const file = seenFrom(project.root, config.file);
  const text = textOf(file) ?? "";
  const at = (...keys: (string | number)[]): Place => ({ file, range: rangeOf(config.file, text, keys) });
  const idle = (takes: (file: string) => boolean, glob: string, place: () => Place) =>
    files.some(takes) ? [] : [{ ...place(), message: `\`${glob}\` matches no file that is audited.` }];
  const include = config.include.flatMap((glob, index) => {
    const patterns = new IncludePatterns([glob]);
    return idle(
      (one) => patterns.takes(one),
      glob,
      () => at("include", index),
    );
  });
  const git = new GitIgnore(project.root);
  // Where a folder is made by a build, an `ignore` of it does nothing until then.
  const comesLater = (folder: string): boolean =>
    exclusionsOf(`${folder}/x`).length > 0 || git.ignoresFile(folder) || git.ignoresFolder(folder);
  const ignore = config.ignore.flatMap((glob, index) => {
    const { base } = picomatch.scan(glob.replace(/^(?:\.\/)+/, "").replace(/\/+$/, ""));
    const isThere = base === "" || existsSync(path.join(project.root, base)) || comesLater(base);
    // It may be there on another branch: only what looks misspelt is told.
    const near = isThere ? null : nearestPath(base, files);
    const message = `\`${glob}\` matches nothing: there is no \`${base}\`. Did you mean \`${near ?? ""}\`?`;
    return near === null ? [] : [{ ...at("ignore", index), message }];
  });
  const overrides = config.overrides.flatMap((override, index) =>
    override.files.flatMap((glob, nth) => {
      const matches = picomatch(glob, { dot: true });
      return idle(
        (one) => matches(one),
        glob,
        () => at("overrides", index, "files", nth),
      );
    }),
  );
  const program = new Program(project);
  const helpers = config.helpers.flatMap((helper, index) =>
    isCalled(program, helper)
      ? []
      : [
          {
            ...at("helpers", index, "callee"),
            message: `nothing calls \`${helper.callee}\`: its calls are found by this name, as it is written where it is called.`,
          },
        ],
  );
  return [...include, ...ignore, ...overrides, ...helpers];
}

/** The audited file or folder that differs from a path in one name that is like it. */
function nearestPath(wanted: string, files: readonly string[]): string | null {
  const steps = wanted.split("/");
  const isAudited = (of: readonly string[]): boolean =>
    files.some((file) => `${file}/`.startsWith(`${of.join("/")}/`));
  const wrong = steps.findIndex((_, depth) => !isAudited(steps.slice(0, depth + 1)));
  const name = steps[wrong];
  if (name === undefined) return null;
  const beside = files
    .map((file) => file.split("/"))
    .filter((file) => steps.slice(0, wrong).every((step, depth) => file[depth] === step))
    .flatMap((file) => file[wrong] ?? []);
  const near = nearest(name, new Set(beside));
  const meant = near === null ? null : steps.with(wrong, near);
  return meant !== null && isAudited(meant) ? meant.join("/") : null;
}
