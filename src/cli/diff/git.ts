/** Reads a revision from git's object store. Nothing is checked out and the index stays as it is. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UserError } from "../../api/errors.js";
import { seenFrom } from "../../config/paths.js";

export interface Repository {
  /** Absolute path of its top folder. */
  top: string;
}

export interface Revision {
  /** As asked for. */
  name: string;
  commit: string;
}

/** @throws UserError where there is no git or no repository. */
export function openRepository(folder: string): Repository {
  const top = git(folder, ["rev-parse", "--show-toplevel"]);
  if (top === null) {
    throw new UserError(`${folder} is in no git repository.`, "`diff` compares git revisions.");
  }
  return { top: realpathSync(top) };
}

/** @throws UserError when there is no such commit. */
export function resolveRevision({ top }: Repository, name: string): Revision {
  const commit = git(top, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
  if (commit === null) {
    throw new UserError(
      `There is no git revision \`${name}\`.`,
      "In CI, fetch it first: a shallow clone has the last commit only (fetch-depth: 0 in actions/checkout).",
    );
  }
  return { name, commit };
}

/** Where two revisions went apart. @throws UserError when they have no common commit. */
export function mergeBase({ top }: Repository, a: Revision, b: Revision): Revision {
  const commit = git(top, ["merge-base", a.commit, b.commit]);
  if (commit === null) {
    throw new UserError(
      `\`${a.name}\` and \`${b.name}\` have no common commit.`,
      "In CI, fetch the whole history (fetch-depth: 0 in actions/checkout).",
    );
  }
  return { name: a.name, commit };
}

/** Whether git shares a file that is named as seen from a folder of the repository. */
export function sharedBelow(repository: Repository, folder: string): (file: string) => boolean {
  const shared = sharedFiles(repository);
  const prefix = seenFrom(repository.top, folder);
  return (file) => shared.has(path.posix.join(prefix, file));
}

/** The files that a fresh clone with the working tree's changes would have: tracked, or new and not ignored. */
export function sharedFiles({ top }: Repository): Set<string> {
  const listed = git(top, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]) ?? "";
  return new Set(listed.split("\0").filter((file) => file !== ""));
}

/** Files that say nothing to us are not worth writing: no source file is larger. */
const LARGEST_FILE = 4 * 1024 * 1024;
const NEVER_READ =
  /(?:^|\/)node_modules\/|\.(?:png|jpe?g|gif|webp|avif|ico|svg|woff2?|ttf|eot|mp[34]|webm|zip|gz|pdf|wasm)$/iu;

/**
 * Writes a revision's files to a new folder outside the repository, and hands that over to `use`.
 * The folder is gone when `use` is done. Links and submodules are left out.
 */
export async function withRevision<T>(
  repository: Repository,
  revision: Revision,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "klaviyo-scope-audit-")));
  try {
    await writeObjects(repository, listBlobs(repository, revision), folder);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Blob {
  id: string;
  file: string;
}

function listBlobs({ top }: Repository, { commit }: Revision): Blob[] {
  const listing = git(top, ["ls-tree", "-r", "-z", "-l", "--full-tree", commit]) ?? "";
  return listing.split("\0").flatMap((entry) => {
    const tab = entry.indexOf("\t");
    if (tab < 0) return [];
    const file = entry.slice(tab + 1);
    const [mode = "", type, id = "", size] = entry.slice(0, tab).split(/ +/u);
    const wanted =
      type === "blob" && mode.startsWith("100") && Number(size) <= LARGEST_FILE && !NEVER_READ.test(file);
    // Git refuses such names itself; a crafted object store may not.
    const safe = file.split("/").every((part) => part !== "" && part !== "." && part !== "..");
    return wanted && safe ? [{ id, file }] : [];
  });
}

/** `git cat-file --batch` answers each id with a line `<id> blob <size>`, the content, and a newline. */
async function writeObjects({ top }: Repository, blobs: readonly Blob[], folder: string): Promise<void> {
  if (blobs.length === 0) return;
  const child = spawn("git", ["cat-file", "--batch"], {
    cwd: top,
    stdio: ["pipe", "pipe", "ignore"],
    env: environment(),
  });
  const done = new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`git cat-file ended with ${String(code)}`));
    });
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(blobs.map(({ id }) => `${id}\n`).join(""));
  let next = 0;
  let pending: Buffer = Buffer.alloc(0);
  let chunks: Buffer[] = [];
  let missing = 0;
  for await (const chunk of child.stdout) {
    if (!Buffer.isBuffer(chunk)) continue;
    chunks.push(chunk);
    missing -= chunk.length;
    if (missing > 0) continue;
    pending = Buffer.concat([pending, ...chunks]);
    chunks = [];
    for (;;) {
      const end = pending.indexOf(10);
      if (end < 0) break;
      const size = Number(pending.subarray(0, end).toString("latin1").split(" ")[2]);
      // "missing" objects (a partial clone) have no size and no content.
      const length = Number.isSafeInteger(size) ? size + 1 : 0;
      if (pending.length < end + 1 + length) {
        missing = end + 1 + length - pending.length;
        break;
      }
      const blob = blobs[next];
      next += 1;
      if (blob && length > 0)
        writeBlob(path.join(folder, ...blob.file.split("/")), pending.subarray(end + 1, end + length));
      pending = pending.subarray(end + 1 + length);
    }
  }
  await done;
}

function writeBlob(file: string, content: Buffer): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** What git prints, without the last line end; null when it fails. @throws UserError where git is not installed. */
function git(cwd: string, args: readonly string[]): string | null {
  const result = spawnSync("git", args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 1024 * 1024 * 1024,
    stdio: ["ignore", "pipe", "ignore"],
    env: environment(),
  });
  if (result.error) {
    if ("code" in result.error && result.error.code === "ENOENT") {
      throw new UserError("There is no git on this machine.", "Install it: `diff` reads revisions with it.");
    }
    throw result.error;
  }
  return result.status === 0 ? result.stdout.replace(/\n$/u, "") : null;
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" };
}
