/** `diff`: what changed in the requested, configured and needed sets between git revisions, and what that means. */
import { existsSync } from "node:fs";
import path from "node:path";
import { analyze } from "../../api/analyze.js";
import { isNoScope } from "../../audit/judge.js";
import { findRoot } from "../../api/root.js";
import { UserError } from "../../api/errors.js";
import { writeWhole } from "../../api/write-file.js";
import { compare, setsOf } from "../diff/compare.js";
import { mergeBase, openRepository, resolveRevision, sharedBelow, withRevision } from "../diff/git.js";
import { diffDocument, diffJson } from "../diff/render.js";
import { toMarkdown } from "../document.js";
import { PLAIN, textFor, toText } from "../document-text.js";
import { checkFormats, loadFormat } from "../formats.js";
import { analyzeFor, analyzeOptions, formatContext } from "../session.js";
import { exitCodeOf } from "./audit.js";
import type { Analysis } from "../../api/analyze.js";
import type { Snapshot } from "../diff/compare.js";
import type { Repository, Revision } from "../diff/git.js";
import type { CommonFlags } from "../session.js";
import type { Terminal } from "../terminal.js";

export interface DiffFlags extends CommonFlags {
  format?: string[];
  output?: { format: string; file: string }[];
  base?: string;
}

/** Exit code 1 when there are new findings at error level. */
export async function runDiff(
  from: string | undefined,
  to: string | undefined,
  flags: DiffFlags,
  terminal: Terminal,
): Promise<number> {
  const formats = checkFormats(flags.format ?? ["stylish"]);
  const outputs = (flags.output ?? []).flatMap(({ format, file }) =>
    checkFormats([format]).map((name) => ({ name, file })),
  );
  const { root } = findRoot({
    cwd: terminal.cwd,
    ...(flags.root && { root: flags.root }),
    ...(flags.config && { config: flags.config }),
  });
  const repository = openRepository(root);
  const [before, after] = revisions(from, to, flags, repository);

  const old = await snapshotOf(before, root, repository, flags, terminal);
  const current = await analyzeTo(after, root, repository, flags, terminal);
  const comparison = compare(old, current.snapshot);

  const render = async (name: (typeof formats)[number], onStdout: boolean) => {
    if (name === "json") return diffJson(comparison);
    if (name === "markdown") return toMarkdown(diffDocument(comparison));
    if (name === "stylish") {
      const blocks = diffDocument(comparison);
      return onStdout ? textFor(blocks, flags.color, terminal) : toText(blocks, PLAIN);
    }
    const output = onStdout ? terminal.stdout : null;
    const context = await formatContext(current.analysis, terminal, { color: flags.color, output });
    const report = { ...current.snapshot.report, findings: comparison.newFindings };
    return (await loadFormat(name))(report, context);
  };
  for (const { name, file } of outputs)
    writeWhole(path.resolve(terminal.cwd, file), await render(name, false));
  for (const name of formats) terminal.stdout.write(await render(name, true));
  return exitCodeOf(comparison.newFindings);
}

/** The two sides; a null second one is the files as they are. */
function revisions(
  from: string | undefined,
  to: string | undefined,
  { base }: DiffFlags,
  repository: Repository,
): [Revision, Revision | null] {
  if (base !== undefined) {
    if (to !== undefined) throw new UserError("`--base` takes one revision besides it: the head.");
    const head = from === undefined ? null : resolveRevision(repository, from);
    const tip = head ?? resolveRevision(repository, "HEAD");
    return [mergeBase(repository, resolveRevision(repository, base), tip), head];
  }
  if (from === undefined) {
    throw new UserError(
      "`diff` needs a revision to compare with.",
      "For example: klaviyo-scope-audit diff HEAD~1",
    );
  }
  return [resolveRevision(repository, from), to === undefined ? null : resolveRevision(repository, to)];
}

async function snapshotOf(
  revision: Revision,
  root: string,
  repository: Repository,
  flags: DiffFlags,
  terminal: Terminal,
): Promise<Snapshot> {
  return (await analyzeTo(revision, root, repository, flags, terminal)).snapshot;
}

interface Side {
  snapshot: Snapshot;
  analysis: Analysis;
}

async function analyzeTo(
  revision: Revision | null,
  root: string,
  repository: Repository,
  flags: DiffFlags,
  terminal: Terminal,
): Promise<Side> {
  const prefix = path.relative(repository.top, root);
  if (!revision) {
    // What git does not share is on one side only: its findings would be new each time.
    const only = sharedBelow(repository, root);
    const analysis = await analyzeFor({ ...analyzeOptions(flags, terminal), only }, terminal);
    return { analysis, snapshot: takeSnapshot(analysis, null) };
  }
  return withRevision(repository, revision, async (folder) => {
    const there = path.join(folder, prefix);
    const config = flags.config === undefined ? undefined : path.resolve(terminal.cwd, flags.config);
    const moved = config && path.join(folder, path.relative(repository.top, config));
    const analysis = await analyze({
      cwd: existsSync(there) ? there : folder,
      root: existsSync(there) ? there : folder,
      ...(moved !== undefined && existsSync(moved) && { config: moved }),
      ceiling: folder,
      rules: Object.fromEntries(flags.rule ?? []),
    });
    return { analysis, snapshot: takeSnapshot(analysis, revision) };
  });
}

function takeSnapshot(analysis: Analysis, revision: Revision | null): Snapshot {
  const { picture } = analysis;
  const requested = new Set(picture.apps.flatMap((app) => app.requested));
  return {
    revision: revision?.name ?? null,
    commit: revision?.commit ?? null,
    apps: picture.apps.map(setsOf),
    noScopes: [...requested].filter((scope) => isNoScope(picture, scope)),
    report: analysis.report,
  };
}
