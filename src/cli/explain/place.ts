/** A line of code: what the audit sees in it, and the whole way from a literal to Klaviyo. */
import path from "node:path";
import { UserError } from "../../api/errors.js";
import { code, codes, heading, list, paragraph, prose } from "../document.js";
import { nearbyBlocks } from "./nearby.js";
import { placeOf, sentBy } from "./project.js";
import type { Analysis } from "../../api/analyze.js";
import type { ApiCall, Place, ScopeRequest } from "../../audit/picture.js";
import type { Block, Inline } from "../document.js";
import { seenFrom } from "../../config/paths.js";

/** @param file absolute. @throws UserError for a file outside the root. */
export function explainPlace(file: string, line: number, project: Analysis): Block[] {
  const relative = seenFrom(project.root, file);
  if (relative.startsWith("../") || path.isAbsolute(relative)) {
    throw new UserError(`${file} lies outside the audited root.`, "Name that root with --root.");
  }
  const lines = project.text(relative)?.split(/\r\n|[\r\n]/u).length ?? Infinity;
  if (line < 1 || line > lines) {
    throw new UserError(`${relative} has no line ${String(line)}.`, "Lines are counted from 1.");
  }
  const { picture, report } = project;
  const here = ({ file: other, range }: Place) => {
    if (other !== relative) return false;
    return picture.position(other, range[0]).line <= line && picture.position(other, range[1]).line >= line;
  };
  const blocks: Block[] = [heading(1, `${relative}:${String(line)}`)];
  for (const app of picture.apps) {
    for (const request of app.requests) {
      const tokens = request.tokens.filter(({ place }) => here(place)).map(({ name }) => name);
      const site = request.site !== null && here(request.site);
      if (tokens.length > 0 || here(request) || site) blocks.push(...requestBlocks(request, tokens, project));
    }
    for (const call of app.calls) if (here(call)) blocks.push(...callBlocks(call, project));
    blocks.push(...passingBlocks([...app.requests, ...app.calls], here, project));
    const set = app.configured;
    const configured = (set?.scopes ?? []).filter(({ place }) => here(place)).map(({ name }) => name);
    if (configured.length > 0)
      blocks.push(heading(2, "Configured"), paragraph("The config declares ", ...codes(configured), "."));
  }
  blocks.push(...idleBlocks(here, project));
  const findings = report.findings.filter(
    (finding) => finding.file === relative && finding.line <= line && finding.endLine >= line,
  );
  if (findings.length > 0) {
    blocks.push(
      heading(2, "Findings"),
      list(
        findings.map(({ rule, message, suppressed, suppressionReason }): Inline[] => [
          code(rule),
          ": ",
          ...prose(message),
          ...(suppressed
            ? [` (suppressed${suppressionReason === null ? "" : `: ${suppressionReason}`})`]
            : []),
        ]),
      ),
    );
  }
  if (blocks.length === 1) blocks.push(...nothingHere(relative, line, project));
  return blocks;
}

function requestBlocks(request: ScopeRequest, tokens: readonly string[], project: Analysis): Block[] {
  const { site } = request;
  const written: Inline[] = ["Written at ", code(placeOf(request, project)), "."];
  // The way, where it is known, begins with the list and ends at the site.
  const way =
    request.flow.length > 0
      ? request.flow.map((step) => stepOf(step, project))
      : [written, ...(site ? [["Goes to Klaviyo at ", code(placeOf(site, project)), "."]] : [])];
  const steps = site
    ? way
    : [...way, ["Nothing was found that sends it; its name says that it is Klaviyo's."]];
  return [
    heading(2, `Scope request (${request.kind})`),
    ...(tokens.length > 0 ? [paragraph("This line asks for ", ...codes(tokens), ".")] : []),
    list(steps),
    ...(request.complete ? [] : [unresolvedList(request.unresolved, project)]),
  ];
}

/** What only comes through the line on its way: a helper's own `fetch`, the call that hands a list on. */
function passingBlocks(
  all: readonly (ScopeRequest | ApiCall)[],
  here: (place: Place) => boolean,
  project: Analysis,
): Block[] {
  const passing = all.flatMap((one): Inline[][] => {
    const isShown = here(one) || ("site" in one && one.site !== null && here(one.site));
    const step = isShown ? undefined : one.flow.find(here);
    if (step === undefined) return [];
    const what =
      "tokens" in one ? "scope list" : (one.operation?.id ?? `${one.method ?? "?"} ${one.path ?? "?"}`);
    return [[code(what), " of ", code(placeOf(one, project)), `: ${step.message}.`]];
  });
  return passing.length === 0
    ? []
    : [heading(2, "On the way"), paragraph("What comes through this line:"), list(passing)];
}

/** "It goes to Klaviyo here: `src/login.ts:20:5`." */
function stepOf({ message, ...place }: Place & { message: string }, project: Analysis): Inline[] {
  return [`${message.charAt(0).toUpperCase()}${message.slice(1)}: `, code(placeOf(place, project)), "."];
}

function callBlocks(call: ApiCall, project: Analysis): Block[] {
  const names = call.candidates.map(({ id, method, path: template }) => `${id} (${method} ${template})`);
  const what: Inline[] =
    names.length > 0
      ? ["It calls ", ...codes(names), "."]
      : [
          `It calls ${call.method ?? "an unknown method"} ${call.path ?? "on an unknown path"}: `,
          NOTES[call.note ?? "dynamic"],
        ];
  const need: Inline[] =
    call.scopes.length > 0
      ? ["It needs ", ...codes(call.scopes), "."]
      : [
          call.auth === "private-key"
            ? "It is made with a private key, so it needs no scope of the app."
            : "No scope of the app is known to be needed for it.",
        ];
  const steps = call.flow.map((step) => stepOf(step, project));
  return [
    heading(2, `API call (${call.via})`),
    paragraph(...what),
    paragraph(...need),
    ...(steps.length > 0 ? [list(steps)] : []),
    ...(call.unresolved.length > 0 ? [unresolvedList(call.unresolved, project)] : []),
  ];
}

/** What helpers would send at this line that nothing is seen to call. */
function idleBlocks(here: (place: Place) => boolean, { picture }: Analysis): Block[] {
  const sent = new Map<string, { name: string; what: Set<string> }>();
  for (const call of picture.idle) {
    const { idle } = call;
    if (idle === undefined || !(here(call) || here(idle))) continue;
    const key = `${idle.file}:${String(idle.range[0])}`;
    const known = sent.get(key) ?? { name: idle.name, what: new Set<string>() };
    sent.set(key, known);
    known.what.add(sentBy(call));
  }
  return [...sent.values()].flatMap(({ name, what }): Block[] => [
    heading(2, "Helper that nothing calls"),
    paragraph(
      "Nothing is seen to call ",
      name === "" ? "this function" : code(name),
      ", so what it would send counts for nothing: ",
      ...codes([...what]),
      ".",
    ),
    paragraph(
      "It counts where it is called. Where its callers lie in another repository, name what they call in ",
      code("uses"),
      "; where they reach it in a way that cannot be followed, name it in ",
      code("helpers"),
      ".",
    ),
  ]);
}

const NOTES = {
  legacy: "the old API, which knows no OAuth.",
  client: "a call with the public key, which needs no scope.",
  "unknown-operation": "no operation of the catalog matches.",
  dynamic: "it could not be resolved.",
};

function unresolvedList(parts: readonly (Place & { reason: string })[], project: Analysis): Block {
  return list(
    parts.map((part): Inline[] => ["Not resolved: ", code(placeOf(part, project)), `: ${part.reason}`]),
  );
}

function nothingHere(file: string, line: number, project: Analysis): Block[] {
  const skipped = project.report.skipped.find((one) => one.file === file);
  if (skipped) return [paragraph(`The file was skipped: ${skipped.reason}`)];
  if (!project.files.includes(file)) {
    return [
      paragraph(
        "The audit does not read this file: nothing in it or around it speaks of Klaviyo, or it is ignored.",
      ),
    ];
  }
  return [
    paragraph("The audit sees no scope request and no API call here."),
    ...nearbyBlocks(file, line, project),
  ];
}
