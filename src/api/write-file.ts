/** Writing a file so that nobody ever sees half of it. */
import { randomBytes } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { UserError, fileProblem } from "./errors.js";

/**
 * Writes the text beside the file and moves it into its place; keeps the mode of a file that is there.
 * Makes the folders above it. A symbolic link keeps standing: the file it points to is replaced.
 * @throws UserError that names the file when the disk refuses.
 */
export function writeWhole(file: string, text: string): void {
  let temporary: string | null = null;
  try {
    makeFolder(path.dirname(file));
    const present = lstatSync(file, { throwIfNoEntry: false });
    const status = present && statSync(file);
    if (status && !status.isFile()) {
      // A pipe or device (`/dev/stdout`) has no place to move a file to, and what it is linked to no path.
      writeFileSync(file, text);
      return;
    }
    const target = present?.isSymbolicLink() === true ? realpathSync(file) : file;
    temporary = path.join(
      path.dirname(target),
      `.${path.basename(target)}.${randomBytes(6).toString("hex")}.tmp`,
    );
    writeFileSync(temporary, text, { flag: "wx", ...(status && { mode: status.mode & 0o7777 }) });
    renameSync(temporary, target);
    temporary = null;
  } catch (error) {
    const problem = fileProblem(error);
    if (problem === null) throw error;
    throw new UserError(`Cannot write ${file}: ${problem}.`);
  } finally {
    if (temporary !== null) rmSync(temporary, { force: true });
  }
}

/** As `mkdirSync` with `recursive`, which tries for ever in a place such as `/proc`. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(folder)) throw error;
  }
}
