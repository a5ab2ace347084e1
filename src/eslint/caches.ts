/** What ESLint processes of one project share on the disk: forms by content, and scans by time and size. */
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cacheVersion } from "../api/read-project.js";
import type { ScanStore } from "../link/build-project.js";
import type { Scan, SeedOptions } from "../link/select.js";
import type { SourceFile } from "../source/collect.js";
import { diskCache, type FormCache } from "../source/form-cache.js";

export interface Caches {
  /** Null where nothing is kept. */
  folder: string | null;
  forms: FormCache | null;
}

/** In the nearest `node_modules`, where other tools keep theirs; nothing is kept where there is none. */
export function cachesFor(root: string, enabled: boolean): Caches {
  const folder = enabled ? nearestModules(root) : null;
  if (folder === null) return { folder: null, forms: null };
  const own = path.join(folder, ".cache", "klaviyo-scope-audit");
  return { folder: own, forms: diskCache(own, cacheVersion()) };
}

function nearestModules(from: string): string | null {
  for (let at = path.resolve(from); ; at = path.dirname(at)) {
    const folder = path.join(at, "node_modules");
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
    if (path.dirname(at) === at) return null;
  }
}

/** A file that was written so lately could be written again without its time telling. */
const TOO_FRESH = 3000;

interface Kept {
  version: string;
  root: string;
  files: Record<string, [mtimeMs: number, size: number, scan: Scan]>;
}

/** The scans that some process of this root has left; null where nothing is kept. */
export function rememberedScans(
  { folder }: Caches,
  root: string,
  options: SeedOptions,
): (ScanStore & { save(): void }) | null {
  if (folder === null) return null;
  // What a text says depends on the config's words and files as well.
  const version = [cacheVersion(), ...[...options.words].sort(), "", ...[...options.files].sort()].join("\n");
  const name = createHash("sha1").update(root).digest("hex");
  const place = path.join(folder, `scans-${name}.json`);
  const old = readKept(place, version, root);
  const files: Kept["files"] = {};
  let changed = false;
  return {
    get({ file, mtimeMs, size }) {
      const known = Object.hasOwn(old, file) ? old[file] : undefined;
      if (known?.[0] !== mtimeMs || known[1] !== size) return null;
      files[file] = known;
      return known[2];
    },
    set({ file, mtimeMs, size }: SourceFile, scan) {
      if (mtimeMs > Date.now() - TOO_FRESH) return;
      files[file] = [mtimeMs, size, scan];
      changed = true;
    },
    save() {
      if (!changed && Object.keys(files).length === Object.keys(old).length) return;
      write(place, JSON.stringify({ version, root, files } satisfies Kept));
    },
  };
}

function readKept(place: string, version: string, root: string): Kept["files"] {
  try {
    const kept = JSON.parse(readFileSync(place, "utf8")) as Partial<Kept> | null;
    const sound = kept?.version === version && kept.root === root;
    return (sound ? kept.files : undefined) ?? {};
  } catch {
    return {};
  }
}

/** Whole or not at all: other processes read it meanwhile. A cache never fails a run. */
function write(place: string, text: string): void {
  const temporary = `${place}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, place);
  } catch {
    rmSync(temporary, { force: true });
  }
}
