/** `scopes`: one line to paste into the Scopes field of Manage apps. */
import { suggestScope } from "../../catalog/suggest.js";
import { isNoScope } from "../../audit/judge.js";
import { isPrivateOnly, PRIVATE_ONLY } from "../../audit/need.js";
import { UserError } from "../../api/errors.js";
import { noCommands, safeJson, visible } from "../../report/safe.js";
import { appsOf, unresolvedCalls } from "../apps.js";
import { analyzeFor, analyzeOptions } from "../session.js";
import type { App, Picture } from "../../audit/picture.js";
import type { CommonFlags } from "../session.js";
import type { Terminal } from "../terminal.js";

export interface ScopesFlags extends CommonFlags {
  needed?: boolean;
  requested?: boolean;
  configured?: boolean;
  app?: string;
  json?: boolean;
}

type SetName = "needed" | "requested" | "configured";

interface ScopeSet {
  name: string;
  scopes: string[];
  complete: boolean;
  /** Why the set is not complete, line by line. */
  why: string[];
}

/** Exit code 1 when the set may lack something. */
export async function runScopes(flags: ScopesFlags, terminal: Terminal): Promise<number> {
  const which: SetName = flags.requested ? "requested" : flags.configured ? "configured" : "needed";
  const { picture, report } = await analyzeFor(analyzeOptions(flags, terminal), terminal);
  const apps = appsOf(picture, flags.app);
  const [first, ...others] = apps;
  if (!first) throw new UserError("There is no app to speak of.");
  const skipped = report.skipped.map(({ file, reason }) => `${file} was not audited: ${reason}`);
  const sets = apps
    .map((app) => setOf(app, which, picture))
    .map((set) => (which === "configured" || skipped.length === 0 ? set : doubted(set, skipped)));
  if (flags.json === true) {
    const list = sets.map(({ name, scopes, complete }) => ({ name, scopes, complete }));
    terminal.stdout.write(`${safeJson({ set: which, apps: list }, 2)}\n`);
  } else if (others.length > 0) {
    const names = apps.map(({ name }) => name).join(", ");
    throw new UserError(
      `There are several apps: ${names}.`,
      `Choose one, for example with --app ${first.name}`,
    );
  } else {
    for (const { scopes } of sets) {
      const line = scopes.filter((scope) => !isNoScope(picture, scope));
      if (line.length > 0) terminal.stdout.write(`${noCommands(visible(line.join(" ")))}\n`);
    }
  }
  for (const scope of new Set(sets.flatMap(({ scopes }) => scopes))) {
    if (!isNoScope(picture, scope)) continue;
    const near = suggestScope(scope, picture.catalog);
    terminal.stderr.write(
      `warning: Klaviyo has no scope ${visible(scope)}${flags.json === true ? "" : ", so it is left out"}.${near ? ` Did you mean ${near.name}?` : ""}\n`,
    );
  }
  const doubtful = sets.filter(({ complete }) => !complete);
  for (const { name, why } of doubtful) {
    terminal.stderr.write(`warning: the ${which} set of ${visible(name)} is not complete.\n`);
    for (const line of why) terminal.stderr.write(`  ${visible(line)}\n`);
  }
  return doubtful.length > 0 ? 1 : 0;
}

/** What stands in a file that could not be read belongs to any app. */
function doubted(set: ScopeSet, why: readonly string[]): ScopeSet {
  return { ...set, complete: false, why: [...set.why, ...why] };
}

function setOf(app: App, which: SetName, picture: Picture): ScopeSet {
  switch (which) {
    case "needed": {
      const none = app.needed.length === 0;
      const why = isPrivateOnly(app)
        ? [PRIVATE_ONLY]
        : none
          ? ["No API call was found. Name the operations called from elsewhere in the config's `uses`."]
          : unresolvedCalls(app, picture);
      return { name: app.name, scopes: app.needed, complete: app.callsComplete && why.length === 0, why };
    }
    case "requested": {
      const none = app.requests.length === 0;
      const why = none
        ? ["No scope request was found."]
        : app.requests.flatMap((request) =>
            request.unresolved.map(({ file, reason }) => `${file}: ${reason}`),
          );
      return { name: app.name, scopes: app.requested, complete: app.requestsComplete && !none, why };
    }
    case "configured": {
      const scopes = app.configured?.scopes.map(({ name }) => name) ?? [];
      const why = app.configured
        ? []
        : ["The config does not declare it. Add `configured` to klaviyo-scopes.json."];
      return { name: app.name, scopes: [...new Set(scopes)].sort(), complete: app.configured !== null, why };
    }
  }
}
