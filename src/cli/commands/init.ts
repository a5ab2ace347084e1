/** `init`: writes a config from what it finds, and says what to add to ESLint and CI. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError, fileProblem } from "../../api/errors.js";
import { suggestScope } from "../../catalog/suggest.js";
import { visible } from "../../report/safe.js";
import { configText, proposeApps } from "../init/propose.js";
import { nextSteps } from "../init/snippets.js";
import { detectStack } from "../init/stack.js";
import { analyzeFor, analyzeOptions } from "../session.js";
import type { Catalog } from "../../catalog/index.js";
import type { ProposedApp } from "../init/propose.js";
import type { CommonFlags } from "../session.js";
import type { Terminal } from "../terminal.js";

export interface InitFlags extends CommonFlags {
  yes?: boolean;
}

const FILE = "klaviyo-scopes.json";

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
  const { picture } = await analyzeFor({ ...analyzeOptions(flags, terminal), root }, terminal);
  const apps = proposeApps(picture, root);
  const found = picture.apps.flatMap((app) => app.requests).length;
  const calls = picture.apps.flatMap((app) => app.calls).length;
  terminal.stderr.write(
    `Found ${String(found)} scope request${found === 1 ? "" : "s"} and ${String(calls)} API call${calls === 1 ? "" : "s"}.\n`,
  );

  const asks = flags.yes !== true && terminal.stdin.isTTY === true && terminal.stdout.isTTY === true;
  const configured = [];
  for (const app of apps) {
    const scopes = asks ? await askConfigured(app, apps.length > 1, picture.catalog) : app.requested;
    if (scopes === null) {
      terminal.stderr.write("Nothing was written.\n");
      return 0;
    }
    configured.push({ ...app, configured: scopes });
  }
  const file = path.join(root, FILE);
  try {
    // "wx" fails when somebody else was faster.
    writeFileSync(file, configText(configured), { flag: "wx" });
  } catch (error) {
    const problem = fileProblem(error);
    if (problem === null) throw error;
    throw new UserError(`Cannot write ${FILE}: ${problem}.`);
  }
  terminal.stdout.write(`Wrote ${FILE}.\n`);
  if (!asks && apps.some(({ requested }) => requested.length > 0)) {
    terminal.stdout.write(
      "Its `configured` are the scopes that the code requests. Compare them with the Scopes field in Klaviyo's Manage apps.\n",
    );
  }
  terminal.stdout.write(`\n${nextSteps(detectStack(root))}`);
  return 0;
}

/** Name of the config in the folder; null if there is none. */
function presentConfig(root: string): string | null {
  const file = [FILE, "klaviyo-scopes.jsonc"].find((name) => existsSync(path.join(root, name)));
  if (file !== undefined) return file;
  try {
    const data: unknown = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    const has = typeof data === "object" && data !== null && Object.hasOwn(data, "klaviyoScopes");
    return has ? "`klaviyoScopes` in package.json" : null;
  } catch {
    return null;
  }
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
