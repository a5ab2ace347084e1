import type { ConfigError } from "../config/document.js";

/** A mistake of the caller's: what is wrong, and what to do about it. Anything else that is thrown is a bug of ours. */
export class UserError extends Error {
  override name = "UserError";
  constructor(
    message: string,
    /** One line that says what to do; null where the message says it. */
    readonly help: string | null = null,
    /** The mistakes by themselves, where there may be several. */
    readonly mistakes: readonly string[] = [message],
  ) {
    super(message);
  }
}

/** A config with mistakes in it; the message has them all, one a line. */
export class BrokenConfig extends UserError {
  override name = "BrokenConfig";
  /** @param mistakes with their places, in words. */
  constructor(
    mistakes: readonly string[],
    readonly errors: readonly ConfigError[],
  ) {
    super(mistakes.join("\n"), "Mend the config and run again.", mistakes);
  }
}

/** Why a file-system call failed, in words; null for errors that are none of the file system's. */
export function fileProblem(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  return FILE_PROBLEMS.get(error.code) ?? (error.code.startsWith("E") ? error.code : null);
}

const FILE_PROBLEMS = new Map([
  ["ENOENT", "there is no such file"],
  ["EACCES", "reading or writing it is not permitted"],
  ["EPERM", "reading or writing it is not permitted"],
  ["EISDIR", "it is a directory"],
  ["ENOTDIR", "a part of its path is no directory"],
  ["ENOSPC", "the disk is full"],
  ["EROFS", "the disk is read-only"],
  ["ELOOP", "its symbolic links go in a circle"],
  ["ENAMETOOLONG", "its name is too long"],
]);
