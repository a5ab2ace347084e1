/** Lowered files kept on disk, by what they were lowered from. */
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FileForm } from "../lower/form.js";
import { kindOf } from "./kinds.js";
import { prune, renew } from "./prune.js";

/** What the map stage asks for a form before it parses, and tells afterwards. */
export interface FormCache {
  /** The form of a file with exactly this text; null if it is not kept. */
  get(file: string, text: string): FileForm | null;
  set(file: string, text: string, form: FileForm): void;
}

/** Where the cache of a project lies unless its user says otherwise. */
export function defaultCacheFolder(root: string): string {
  return path.join(root, "node_modules", ".cache", "klaviyo-scope-audit");
}

/**
 * A cache in a folder, one file a form. Several processes may use it at once. What cannot be read or written is as if
 * it were not there: a cache never fails a run.
 * @param version All that a form depends on besides the text: the form's version and the package's.
 */
export function diskCache(folder: string, version: string): FormCache {
  let writable = true;
  let pruned = false;

  function place(file: string, text: string): string {
    const key = createHash("sha1").update(`${version}\0${file}\0`).update(text).digest("hex");
    return path.join(folder, key.slice(0, 2), `${key.slice(2)}.json`);
  }

  return {
    get(file, text) {
      if (isPrivate(file)) return null;
      try {
        const kept = place(file, text);
        const form: unknown = JSON.parse(readFileSync(kept, "utf8"));
        if (!isFormOf(form, file)) return null;
        renew(kept);
        return form;
      } catch {
        return null;
      }
    },
    set(file, text, form) {
      if (!writable || isPrivate(file)) return;
      const target = place(file, text);
      const temporary = `${target}.${randomBytes(6).toString("hex")}.tmp`;
      try {
        mkdirSync(path.dirname(target), { recursive: true });
        writeFileSync(temporary, JSON.stringify(form), { flag: "wx" });
        renameSync(temporary, target);
        // Only what grows needs pruning.
        if (!pruned) prune(folder);
        pruned = true;
      } catch {
        writable = false;
        discard(temporary);
      }
    },
  };
}

/** Env files name what is secret: of them nothing is kept. */
function isPrivate(file: string): boolean {
  return kindOf(file) === "env";
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where not even that is possible, nothing was written.
  }
}

const LISTS = [
  "lines",
  "body",
  "bindings",
  "functions",
  "classes",
  "imports",
  "exports",
  "types",
  "directives",
];

/** Whether what was read is the whole form of that file: a process may have died while writing it elsewhere. */
function isFormOf(value: unknown, file: string): value is FileForm {
  if (typeof value !== "object" || value === null || !("file" in value) || value.file !== file) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return LISTS.every((name) => Array.isArray(fields.get(name)));
}
