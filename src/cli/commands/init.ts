/** `init`: writes a config from what it finds, and the set-up of ESLint and CI where there is none yet. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError, fileProblem } from "../../api/errors.js";
import { CONFIG_NAME, CONFIG_NAMES, findConfig } from "../../config/find.js";
import { suggestScope } from "../../catalog/suggest.js";
import { visible } from "../../report/safe.js";
import { lostBetween } from "../init/lost.js";
import { appOfEachPackage, configText, leftOut, oneApp } from "../init/propose.js";
import { readManifest } from "../init/manifest.js";
import { nextSteps, setupFiles } from "../init/snippets.js";
import { detectStack } from "../init/stack.js";
import { analyzeFor, analyzeOptions } from "../session.js";
import type { Catalog } from "../../catalog/index.js";
import type { ProposedApp } from "../init/propose.js";
import type { SetupFile } from "../init/snippets.js";
import type { CommonFlags } from "../session.js";
import type { Terminal } from "../terminal.js";
import { seenFrom } from "../../config/paths.js";

export interface InitFlags extends CommonFlags {
  yes?: boolean;
}

/** Never overwrites: a config that is there is named, and left as it is. */
export async function runInit(flags: InitFlags, terminal: Terminal): Promise<number> {
  const root = path.resolve(terminal.cwd, flags.root ?? ".");
  const present = presentConfig(root);
  if (present !== null) {
    throw new UserError(
      `There is a config already: ${present}.`,
      "It stays as it is. To begin anew, remove it first.",
    );
  }
  const above = flags.root === undefined ? configAbove(root) : null;
  if (above !== null) {
    const folder = seenFrom(path.dirname(above), root);
    const shown = seenFrom(terminal.cwd, above);
    throw new UserError(
      `There is a config above this folder: ${shown}. One here would take the folder out of that audit, and what it imports from outside would not be seen.`,
      `Add the folder to its \`apps\`: { "name": ${JSON.stringify(path.basename(root))}, "root": ${JSON.stringify(folder)} }. To audit it by itself all the same: init --root .`,
    );
  }
  const options = { ...analyzeOptions(flags, terminal), root };
  const { picture, files } = await analyzeFor(options, terminal);
  const several = appOfEachPackage(picture, root);
  const lost = several.length > 1 ? await lostBetween(several, root, options) : [];
  const apps = several.length > 1 && lost.length === 0 ? several : [oneApp(picture)];
  const found = picture.apps.flatMap((app) => app.requests).length;
  const calls = picture.apps.flatMap((app) => app.calls).length;
  terminal.stderr.write(
    `Found ${String(found)} scope request${found === 1 ? "" : "s"} and ${String(calls)} API call${calls === 1 ? "" : "s"}.\n`,
  );

  const asks = flags.yes !== true && terminal.stdin.isTTY === true && terminal.stdout.isTTY === true;
  const isEmpty = found + calls === 0;
  if (isEmpty && asks && !(await agreesToNothing())) {
    terminal.stderr.write("Nothing was written.\n");
    return 0;
  }
  const configured = [];
  for (const app of apps) {
    const scopes = asks ? await askConfigured(app, apps.length > 1, picture.catalog) : app.requested;
    if (scopes === null) {
      terminal.stderr.write("Nothing was written.\n");
      return 0;
    }
    configured.push({ ...app, configured: scopes });
  }
  writeNew(root, CONFIG_NAME, configText(configured));
  terminal.stdout.write(`Wrote ${CONFIG_NAME}.\n`);
  if (isEmpty) {
    terminal.stdout.write(
      "Nothing in this folder asks Klaviyo for scopes or calls its API. If the code is elsewhere, remove the config and run init there.\n",
    );
  }
  if (lost.length > 0) terminal.stdout.write(whyOneApp(several, [...new Set(lost.map(({ file }) => file))]));
  else if (apps.length > 1) terminal.stdout.write(aboutApps(apps));
  if (!asks && apps.some(({ requested }) => requested.length > 0)) {
    terminal.stdout.write(
      "Its `configured` are the scopes that the code requests. Compare them with the Scopes field in Klaviyo's Manage apps.\n",
    );
    const unknown = leftOut(picture);
    if (unknown.length > 0)
      terminal.stdout.write(
        `Left out, because Klaviyo has no such scope: ${unknown.map(visible).join(", ")}.\n`,
      );
  }
  const stack = detectStack(root, files);
  const absent = setupFiles(stack).filter(({ file }) => !existsSync(path.join(root, file)));
  const written = new Set(setupFiles(stack).map(({ file }) => file));
  if (flags.yes === true || (asks && (await agreesTo(absent)))) {
    for (const { file, text } of absent) {
      writeNew(root, file, text);
      terminal.stdout.write(`Wrote ${file}.\n`);
    }
  } else {
    for (const { file } of absent) written.delete(file);
    if (!asks && absent.length > 0) {
      terminal.stdout.write(
        `Without a terminal nobody could be asked, so that is all that was written. \`init --yes\` in place of \`init\` writes ${absent.map(({ file }) => file).join(" and ")} too; remove ${CONFIG_NAME} before.\n`,
      );
    }
  }
  terminal.stdout.write(`\n${nextSteps(stack, written)}`);
  return 0;
}

function aboutApps(apps: readonly ProposedApp[]): string {
  const named = apps.map(({ name, root }) => `${visible(name)} (${visible(root)})`);
  return `Its \`apps\` are ${named.join(", ")}: each is compared with its own Scopes field.\n`;
}

/** @param files that would be of none of the apps. */
function whyOneApp(apps: readonly ProposedApp[], files: readonly string[]): string {
  const shown = files.slice(0, 3).map(visible).join(", ");
  const more = files.length > 3 ? ` and ${String(files.length - 3)} more` : "";
  return `Several packages ask for scopes (${apps.map(({ root }) => visible(root)).join(", ")}), but they are one app here: none of them was seen to reach what ${shown}${more} ask${files.length > 1 ? "" : "s"} of Klaviyo. If they are several Klaviyo apps, list them under \`apps\`.\n`;
}

async function agreesToNothing(): Promise<boolean> {
  const { confirm } = await import("@clack/prompts");
  const message = `Nothing in this folder asks Klaviyo for scopes or calls its API. Write ${CONFIG_NAME} anyway?`;
  return (await confirm({ message, initialValue: false })) === true;
}

/** @throws UserError when the file is there: somebody else was faster. */
function writeNew(root: string, file: string, text: string): void {
  try {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text, { flag: "wx" });
  } catch (error) {
    const problem = fileProblem(error);
    if (problem === null) throw error;
    throw new UserError(`Cannot write ${file}: ${problem}.`);
  }
}

async function agreesTo(files: readonly SetupFile[]): Promise<boolean> {
  if (files.length === 0) return true;
  const { confirm } = await import("@clack/prompts");
  return (await confirm({ message: `Write ${files.map(({ file }) => file).join(" and ")} too?` })) === true;
}

/** The config that an audit started in the folder reads although it lies higher up; null if there is none. */
function configAbove(root: string): string | null {
  const parent = path.dirname(root);
  return parent === root ? null : findConfig(parent);
}

/** Name of the config in the folder; null if there is none. */
function presentConfig(root: string): string | null {
  const file = CONFIG_NAMES.find((name) => existsSync(path.join(root, name)));
  if (file !== undefined) return file;
  return readManifest(root).hasConfig ? "`klaviyoScopes` in package.json" : null;
}

/** Only a person knows what Klaviyo has: the Scopes field, as pasted. Null when the person leaves. */
async function askConfigured(app: ProposedApp, several: boolean, catalog: Catalog): Promise<string[] | null> {
  const { isCancel, text } = await import("@clack/prompts");
  const answer = await text({
    message: `Paste the Scopes field of Manage apps${several ? ` for ${visible(app.name)} (${visible(app.root)})` : ""}; empty leaves it out`,
    initialValue: app.requested.join(" "),
    validate: (value) => {
      const unknown = tokensOf(value ?? "").find((token) => catalog.scope(token) === undefined);
      if (unknown === undefined) return undefined;
      const near = suggestScope(unknown, catalog);
      return `Klaviyo has no scope ${visible(unknown)}.${near ? ` Did you mean ${near.name}?` : ""}`;
    },
  });
  return isCancel(answer) ? null : tokensOf(answer);
}

function tokensOf(value: string): string[] {
  return [...new Set(value.split(/[\s,]+/u).filter((token) => token !== ""))];
}
