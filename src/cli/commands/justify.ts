/** `justify`: the review document: each requested scope, why, the operations that need it, and where in the code. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { UserError, fileProblem } from "../../api/errors.js";
import { visible } from "../../report/safe.js";
import { andMore } from "../../report/words.js";
import { openRepository, sharedBelow } from "../diff/git.js";
import { appsOf, unresolvedCalls } from "../apps.js";
import { code, codes, heading, list, paragraph, strong, table, toHtml, toMarkdown } from "../document.js";
import { dataTouched } from "../resource-data.js";
import { analyzeFor, analyzeOptions } from "../session.js";
import type { App, ApiCall, Picture, Place } from "../../audit/picture.js";
import type { Block, Inline } from "../document.js";
import type { CommonFlags } from "../session.js";
import type { Terminal } from "../terminal.js";

export interface JustifyFlags extends CommonFlags {
  format: "markdown" | "html";
  app?: string;
  check?: string;
}

const ALWAYS = "accounts:read";

/** Exit code 1 when `--check` finds the document stale. */
export async function runJustify(flags: JustifyFlags, terminal: Terminal): Promise<number> {
  const picture = await sharedPicture(flags, terminal);
  const blocks = appsOf(picture, flags.app).flatMap((app) => appDocument(app, picture));
  const text = flags.format === "html" ? toHtml(TITLE, blocks) : toMarkdown(blocks);
  if (flags.check === undefined) {
    terminal.stdout.write(text);
    return 0;
  }
  const [found, expected] = [readDocument(flags.check, terminal), text].map(withoutLines);
  if (found === expected) return 0;
  const html = flags.format === "html" ? " --format html" : "";
  terminal.stderr.write(`error: ${visible(flags.check)} is stale.\n`);
  terminal.stderr.write(`  Write it anew: klaviyo-scope-audit justify${html} > ${visible(flags.check)}\n`);
  await printDifference(found ?? "", expected ?? "", terminal);
  return 1;
}

/**
 * What a fresh clone would see: a document that names a file which only this machine has would be stale in CI. Where
 * nothing else asks for scopes, such a file is the only source there is.
 */
async function sharedPicture(flags: JustifyFlags, terminal: Terminal): Promise<Picture> {
  const options = analyzeOptions(flags, terminal);
  const all = await analyzeFor(options, terminal);
  const only = sharedOf(all.root);
  const files = all.picture.apps.flatMap(({ requests, calls }) =>
    [...requests, ...calls].map(({ file }) => file),
  );
  const own = [...new Set(files.filter((file) => !only(file)))].sort();
  if (own.length === 0) return all.picture;
  const { picture } = await analyzeFor({ ...options, only }, terminal);
  const isEmpty = picture.apps.every(({ requested }) => requested.length === 0);
  const what = isEmpty
    ? "and nothing else asks for scopes: elsewhere the document will be another"
    : "so the document leaves it out";
  for (const file of own) terminal.stderr.write(`warning: git ignores ${visible(file)}, ${what}.\n`);
  return isEmpty ? all.picture : picture;
}

/** Whether git shares a file; true for all outside of a repository. */
function sharedOf(root: string): (file: string) => boolean {
  try {
    return sharedBelow(openRepository(root), root);
  } catch (error) {
    if (error instanceof UserError) return () => true;
    throw error;
  }
}

const MOST_LINES = 40;

/** The lines that differ, without the numbers that do not count. */
async function printDifference(found: string, expected: string, { stderr }: Terminal): Promise<void> {
  const { structuredPatch } = await import("diff");
  const { hunks } = structuredPatch("", "", found, expected, "", "", { context: 0 });
  const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => !line.startsWith("\\"));
  for (const line of lines.slice(0, MOST_LINES)) stderr.write(`  ${visible(line)}\n`);
  if (lines.length > MOST_LINES) stderr.write(`  … ${andMore(lines.length - MOST_LINES)}\n`);
}

const TITLE = "Klaviyo OAuth scopes";

function readDocument(file: string, { cwd }: Terminal): string {
  try {
    return readFileSync(path.resolve(cwd, file), "utf8").replaceAll("\r\n", "\n");
  } catch (error) {
    const problem = fileProblem(error);
    if (problem === null) throw error;
    throw new UserError(
      `Cannot read ${file}: ${problem}.`,
      `Write it: klaviyo-scope-audit justify > ${file}`,
    );
  }
}

/** Code that moves within its file does not make the document stale. */
function withoutLines(text: string): string {
  return text.replaceAll(/:\d{1,9}(?=`|<\/code>)/gu, "").trim();
}

function appDocument(app: App, picture: Picture): Block[] {
  const several = picture.apps.length > 1;
  const requested = [...new Set(app.requested)].sort();
  const blocks: Block[] = [heading(1, several ? `${TITLE}: ${app.name}` : TITLE)];
  if (requested.length === 0) {
    blocks.push(paragraph("No scope request was found, so there is nothing to justify."));
    return blocks;
  }
  const needing = (scope: string) => app.calls.filter((call) => call.scopes.includes(scope));
  blocks.push(
    paragraph(
      `The app asks for ${count(requested.length, "scope")}. For each: why, what of the merchant's data it touches, `,
      `the API operations that need it, and where the code calls them. (Klaviyo API revision ${picture.catalog.revision}.)`,
    ),
    table(
      ["Scope", "Operations", "Places"],
      requested.map((scope) => {
        const calls = needing(scope);
        const operations = operationsOf(calls, scope);
        return [
          [code(scope)],
          [scope === ALWAYS && operations.length === 0 ? "required" : String(operations.length)],
          [String(calls.length)],
        ];
      }),
    ),
  );
  for (const scope of requested) blocks.push(...scopeSection(scope, app, needing(scope), picture));
  return [...blocks, ...openQuestions(app, picture)];
}

function scopeSection(scope: string, app: App, calls: readonly ApiCall[], picture: Picture): Block[] {
  const reasons = picture.config?.justify ?? {};
  const reason = Object.hasOwn(reasons, scope) ? reasons[scope]?.reason : undefined;
  const blocks: Block[] = [heading(2, code(scope))];
  if (reason !== undefined) blocks.push(paragraph(strong("Why:"), " ", reason));
  const known = picture.catalog.scope(scope) !== undefined || picture.config?.scopes.includes(scope) === true;
  if (known) blocks.push(paragraph(strong("Data:"), " ", `${dataTouched(scope)}.`));
  const operations = operationsOf(calls, scope);
  if (operations.length > 0) {
    blocks.push(
      table(
        ["Operation", "What it does", "In the code"],
        operations.map(({ id, method, path: template, summary, places }) => [
          [code(`${method} ${template}`)],
          [summary === "" ? id : summary],
          codes(placesOf(places, picture)),
        ]),
      ),
    );
  } else if (scope === ALWAYS) {
    blocks.push(paragraph("Klaviyo requires this scope of every app."));
  } else if (!known) {
    blocks.push(
      paragraph(strong("Klaviyo has no such scope"), " that the catalog knows. Remove it, or correct it."),
    );
  } else {
    const doubt = app.callsComplete ? "" : " that could be resolved";
    blocks.push(paragraph(strong("Unjustified:"), " ", `no API call${doubt} needs it.`));
  }
  const requests = app.requests.flatMap((request) => request.tokens.filter(({ name }) => name === scope));
  const places = placesOf(
    requests.map(({ place }) => place),
    picture,
  );
  blocks.push(paragraph("Requested at ", ...codes(places), "."));
  return blocks;
}

/** What a reviewer, or the author before the review, should know besides. */
function openQuestions(app: App, picture: Picture): Block[] {
  const items: Inline[][] = [];
  const missing = app.needed.filter((scope) => scope !== ALWAYS && !app.requested.includes(scope));
  if (missing.length > 0) items.push(["Needed by the code but not requested: ", ...codes(missing), "."]);
  if (!app.requested.includes(ALWAYS))
    items.push(["The required scope ", code(ALWAYS), " is not requested."]);
  const keyed = app.calls.filter(({ auth }) => auth === "private-key");
  if (keyed.length > 0) {
    items.push([
      "Made with a private key, which a review does not accept: ",
      ...codes(placesOf(keyed, picture)),
      ".",
    ]);
  }
  for (const line of unresolvedCalls(app, picture)) {
    // A place, then the reason: only the place is code.
    const end = line.indexOf(": ");
    items.push(["An API call could not be resolved: ", code(line.slice(0, end)), line.slice(end)]);
  }
  return items.length === 0 ? [] : [heading(2, "Open questions"), list(items)];
}

interface CalledOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  places: Place[];
}

/** The operations of some calls that need a scope, with all their places. */
function operationsOf(calls: readonly ApiCall[], scope: string): CalledOperation[] {
  const byId = new Map<string, CalledOperation>();
  for (const call of calls) {
    for (const { id, method, path: template, summary, scopes } of call.candidates) {
      if (!scopes.includes(scope)) continue;
      const known = byId.get(id) ?? { id, method, path: template, summary, places: [] };
      known.places.push(call);
      byId.set(id, known);
    }
  }
  return [...byId.values()].sort((a, b) => (a.path + a.method < b.path + b.method ? -1 : 1));
}

function placesOf(places: readonly Place[], picture: Picture): string[] {
  return [
    ...new Set(places.map(({ file, range }) => `${file}:${String(picture.position(file, range[0]).line)}`)),
  ];
}

function count(amount: number, noun: string): string {
  return `${String(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}
