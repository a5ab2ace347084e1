/** Which version of a package a file of the project uses: the installed one, else the one that a manifest asks for. */
import path from "node:path";
import { readManifest } from "./manifest.js";
import type { Project } from "./project.js";
import { NEVER_THE_SAME, note } from "./reads.js";

const FIELDS = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

type Manifest = ReadonlyMap<string, unknown>;

const manifests = new WeakMap<Project, Map<string, Manifest | null>>();

/** The major version of a package for a file, from the nearest manifest upwards within the root; null where nothing tells. */
export function majorOf(project: Project, file: string, name: string): number | null {
  // Manifests are no files of the project: nobody says when one changes.
  note(NEVER_THE_SAME);
  for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
    const installed = read(project, path.posix.join(folder, "node_modules", name, "package.json"));
    const version =
      installed?.get("version") ?? declared(read(project, path.posix.join(folder, "package.json")), name);
    if (typeof version === "string") return firstNumber(version);
    if (folder === ".") return null;
  }
}

function declared(manifest: Manifest | null, name: string): unknown {
  if (manifest === null) return undefined;
  for (const field of FIELDS) {
    const group = manifest.get(field);
    if (typeof group !== "object" || group === null) continue;
    const found = Object.entries(group).find(([key]) => key === name);
    if (found !== undefined) return found[1];
  }
  return undefined;
}

/** `^4.24.0`, `>=4 <5`, `npm:next-auth@4`; tags and `workspace:*` tell nothing. */
function firstNumber(version: string): number | null {
  const match = /(?:^|[\s^~>=<v@])(\d{1,4})(?:\.|$|\s|-)/.exec(version);
  return match?.[1] === undefined ? null : Number(match[1]);
}

function read(project: Project, file: string): Manifest | null {
  const known = manifests.get(project) ?? new Map<string, Manifest | null>();
  manifests.set(project, known);
  let manifest = known.get(file);
  if (manifest === undefined) {
    manifest = readManifest(path.join(project.root, ...file.split("/")));
    known.set(file, manifest);
  }
  return manifest;
}
