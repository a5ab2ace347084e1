/** Which app of a repository a file is of, by the places of configs: no file is read for it. */
import path from "node:path";
import type { Resolve } from "./resolver.js";

/** What sets up the server of one app: its bundler or framework. */
const TOOLS =
  "vite next nuxt nitro astro svelte vue webpack rspack rsbuild craco farm remix react-router".split(" ");
const CONFIG = new RegExp(
  `^(.*/)?(?:(?:${TOOLS.join("|")})\\.config(?:\\.[\\w-]+)?\\.[cm]?[jt]s|setupProxy\\.[cm]?[jt]s|(?:vercel|netlify|angular|proxy\\.conf|firebase|staticwebapp\\.config)\\.(?:json|toml))$`,
);
/** Their names below an app's folder as an import would have them. */
const NAMES = [
  ...TOOLS.map((tool) => `./${tool}.config`),
  ...["./src/setupProxy", "./vercel.json", "./angular.json", "./proxy.conf.json", "./firebase.json"],
];
/** Folders below an app's that hold its configs. */
const OF_CONFIGS = /(^|\/)(?:(?:config|build|webpack|scripts|src)\/)+$/;
/** A folder that holds one app each. */
const APP = /^(?:.*\/)?apps\/[^/]+\//;
/** What several apps use. */
const SHARED = /(?:^|\/)(?:packages|libs?|libraries|shared|common|modules|core)\//;

/** Whether a folder has a config of its own, by the files that there are, read or not; kept per project. */
const known = new WeakMap<Resolve, Map<string, boolean>>();

/** The folder of the app that a config is of; null for what is no such config. */
function folderOfConfig(file: string): string | null {
  const found = CONFIG.exec(file);
  return found === null ? null : (found[1] ?? "").replace(OF_CONFIGS, "$1");
}

/**
 * Whether what a file says of a server holds for the requests of another: a config is for the app in its folder, and for
 * what has none of its own. Other code may serve any.
 */
export function isServedBy(file: string, server: string, resolve: Resolve): boolean {
  const folder = folderOfConfig(server);
  if (folder === null || file.startsWith(folder)) return true;
  const app = SHARED.test(file) ? null : (APP.exec(file)?.[0] ?? null);
  if (app !== null && !folder.startsWith(app)) return false;
  for (let at = folderAround(file); !folder.startsWith(at); at = folderAround(at.slice(0, -1)))
    if (hasConfig(at, resolve)) return false;
  return true;
}

/** The folder that something is in, with the slash; "" for the root. */
function folderAround(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}

function hasConfig(folder: string, resolve: Resolve): boolean {
  const folders = known.get(resolve) ?? new Map<string, boolean>();
  known.set(resolve, folders);
  let has = folders.get(folder);
  if (has === undefined) {
    const from = path.posix.join(folder, "config.ts");
    has = NAMES.some((name) => resolve(from, name) !== null);
    folders.set(folder, has);
  }
  return has;
}
