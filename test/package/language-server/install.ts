/**
 * ESLint's language server, as VS Code, Neovim, Helix and Emacs run it. Half of what `npm ci` of the repository brings, so
 * no contributor installs it before these tests run; then once for each state of its lock file.
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../run.js";

const here = fileURLToPath(new URL("./server/", import.meta.url));
const cache = fileURLToPath(new URL("../../../node_modules/.cache/language-server/", import.meta.url));
const SERVER = "node_modules/vscode-langservers-extracted/bin/vscode-eslint-language-server";

/** @returns The script that starts the server. @throws Error when the registry does not give it. */
export function languageServer(): string {
  const lock = readFileSync(join(here, "package-lock.json"));
  const folder = join(cache, createHash("sha256").update(lock).digest("hex").slice(0, 16));
  const server = join(folder, SERVER);
  if (existsSync(server)) return server;
  mkdirSync(cache, { recursive: true });
  // Installed aside and moved: an installation that was interrupted is none, and two test files may need one at once.
  const aside = mkdtempSync(join(cache, "installing-"));
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(here, file), join(aside, file));
  const flags = "--ignore-scripts --no-audit --no-fund --prefer-offline".split(" ");
  const { status, stdout, stderr } = run("npm", ["ci", ...flags], aside);
  if (status !== 0) {
    rmSync(aside, { recursive: true, force: true });
    throw new Error(
      `ESLint's language server could not be installed from the npm registry (test/package/language-server/server).\n${stdout}${stderr}`,
    );
  }
  try {
    renameSync(aside, folder);
  } catch (error) {
    if (!existsSync(server)) throw error;
    rmSync(aside, { recursive: true, force: true });
  }
  return server;
}
