/** The config that fits what the audit found. */
import { existsSync } from "node:fs";
import path from "node:path";
import { readManifest } from "./manifest.js";
import type { Catalog } from "../../catalog/index.js";
import type { Picture, ScopeRequest } from "../../audit/picture.js";
import { addTo } from "../../source/multimap.js";

export interface ProposedApp {
  name: string;
  /** Relative to the root; "." for the root itself. */
  root: string;
  /** The scopes its requests ask for, as far as the catalog knows them. */
  requested: string[];
}

/** The whole folder as one app. */
export function oneApp(picture: Picture): ProposedApp {
  const requests = picture.apps.flatMap((app) => app.requests);
  return { name: "app", root: ".", requested: knownScopes(requests, picture.catalog) };
}

/** An app for each package that asks Klaviyo for scopes. */
export function appOfEachPackage(picture: Picture, root: string): ProposedApp[] {
  return [...requestsByPackage(picture, root)]
    .map(([folder, own]) => ({
      name: folder === "." ? nameOfRoot(root) : path.posix.basename(folder),
      root: folder,
      requested: knownScopes(own, picture.catalog),
    }))
    .sort((a, b) => (a.root < b.root ? -1 : 1))
    .map((app, index, all) => {
      const taken = all.slice(0, index).some(({ name }) => name === app.name);
      return taken ? { ...app, name: app.root.replaceAll("/", "-") } : app;
    });
}

/** The package's name without its scope, else the folder's. */
function nameOfRoot(root: string): string {
  const { name } = readManifest(root);
  return name?.replace(/^@[^/]*\//u, "").trim() || path.basename(root) || "app";
}

/** The requests of each package that asks Klaviyo for scopes, by the package's folder. */
function requestsByPackage(picture: Picture, root: string): Map<string, ScopeRequest[]> {
  const shared = sharedPackages(picture, root);
  const byFolder = new Map<string, ScopeRequest[]>();
  for (const request of picture.apps.flatMap((app) => app.requests)) {
    const folder = homeOf(request, root, shared);
    addTo(byFolder, folder, request);
  }
  return byFolder;
}

/** The config's text. Null leaves a configured set out. */
export function configText(
  apps: readonly (Pick<ProposedApp, "name" | "root"> & { configured: string[] | null })[],
): string {
  const schema = "./node_modules/eslint-plugin-klaviyo-scopes/schema/config.json";
  const line = (scopes: string[] | null) =>
    scopes && scopes.length > 0 ? { configured: scopes.join(" ") } : {};
  const [only, ...others] = apps;
  const config =
    only && others.length === 0 && only.root === "."
      ? { $schema: schema, ...line(only.configured) }
      : {
          $schema: schema,
          apps: apps.map(({ name, root, configured }) => ({ name, root, ...line(configured) })),
        };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** The package on the way from where the request is sent back to its list that is an app: no other package uses it. */
function homeOf({ site, flow, file }: ScopeRequest, root: string, shared: ReadonlySet<string>): string {
  const way = [...flow.map((step) => step.file).reverse(), file];
  const folders = (site === null ? way : [site.file, ...way]).map((one) => packageOf(one, root));
  return folders.find((folder) => !shared.has(folder)) ?? folders[0] ?? ".";
}

/** The folders of the packages that another package of the repository depends on. */
function sharedPackages({ apps }: Picture, root: string): Set<string> {
  const files = apps.flatMap(({ requests, calls }) => [
    ...requests.flatMap(({ file, site, flow }) => [
      file,
      ...(site ? [site.file] : []),
      ...flow.map((step) => step.file),
    ]),
    ...calls.map(({ file }) => file),
  ]);
  const manifests = [...new Set(files.map((file) => packageOf(file, root)))].map((folder) => ({
    folder,
    ...readManifest(path.join(root, folder)),
  }));
  const used = new Set(manifests.flatMap(({ dependencies }) => [...dependencies]));
  return new Set(manifests.filter(({ name }) => name !== null && used.has(name)).map(({ folder }) => folder));
}

/** The folder of the nearest package.json above a file, within the root. */
function packageOf(file: string, root: string): string {
  let folder = path.posix.dirname(file);
  while (folder !== "." && !existsSync(path.join(root, folder, "package.json")))
    folder = path.posix.dirname(folder);
  return folder;
}

/** What the code requests though Klaviyo has no such scope, so that the config cannot have it. */
export function leftOut({ apps, catalog }: Picture): string[] {
  const names = apps.flatMap(({ requests }) =>
    requests.flatMap(({ tokens }) => tokens.map(({ name }) => name)),
  );
  return [...new Set(names)].filter((name) => catalog.scope(name) === undefined).sort();
}

/** The config refuses scopes that do not exist, so a mistaken one cannot go in. */
function knownScopes(requests: readonly ScopeRequest[], catalog: Catalog): string[] {
  const names = requests.flatMap(({ tokens }) => tokens.map(({ name }) => name));
  return [...new Set(names)].filter((name) => catalog.scope(name) !== undefined).sort();
}
