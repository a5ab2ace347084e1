/** The picture: what was detected and declared, sorted by app. */
import path from "node:path";
import type { Catalog } from "../catalog/index.js";
import { usedOperation } from "../config/calls.js";
import type { AppConfig, Config, ConfiguredSource } from "../config/types.js";
import type { Answers } from "../detect/answers.js";
import { detect, type Detected } from "../detect/detect.js";
import { samePlace, standsIn } from "../detect/places.js";
import type { FoundCall } from "../detect/types.js";
import type { FoundRequest } from "../detect/types.js";
import { lineStarts, positionOf } from "./lines.js";
import type { Project } from "../link/project.js";
import { configuredFrom } from "./configured.js";
import { isKeyedOnly, isPrivateOnly, judgesNeed, needsNoScope } from "./need.js";
import type { ApiCall, App, Picture, Place } from "./picture.js";
import { seenFrom } from "../config/paths.js";

export interface PictureInput {
  project: Project;
  config: Config | null;
  catalog: Catalog;
  /** What was found out about earlier states of the same project with the same config. */
  answers?: Answers;
  /** The text of an analyzed file; undefined when it is not at hand. */
  text(file: string): string | undefined;
}

/** What was found in code that is no app's and that none was seen to reach: judged by no rule, but told. */
export interface Homeless {
  requests: FoundRequest[];
  calls: FoundCall[];
}

/** What the audit has to tell besides its judgements. */
export interface Unjudged {
  homeless: Homeless;
  /** Places that nest too deeply to be followed. */
  lost: readonly Place[];
  /** What helpers would send that nothing calls. */
  idle: readonly FoundCall[];
}

/** Builds the picture of all apps of a project. Never throws for what is in the files. */
export function buildPicture(input: PictureInput): Picture & Unjudged {
  const { project, config, catalog } = input;
  const configFile = config === null ? null : relative(project.root, config.file);
  const detected = detect(project, catalog, config?.helpers ?? [], input.answers);
  const declared = appsOf(project.root, config);
  const inApp = (file: string): boolean => declared.some(({ root }) => isUnder(file, root));
  const homes = new Map(detected.requests.map((request) => [request, requestHome(request, inApp)]));
  const callers = new Map(
    detected.calls
      .filter(({ file }) => !inApp(file))
      .map((call): [FoundCall, ReadonlySet<string>] => [call, detected.reachedFrom(call)]),
  );
  const apps = declared.map((app) => buildApp(input, app, { ...detected, homes, callers }, configFile));
  const lines = new Map<string, readonly number[]>();
  const linesOf = (file: string): readonly number[] => {
    let known = lines.get(file) ?? project.forms.get(file)?.lines;
    if (known === undefined) {
      known = lineStarts(input.text(file) ?? "");
      lines.set(file, known);
    }
    return known;
  };
  return {
    apps,
    homeless: {
      requests: detected.requests.filter(
        (request) => request.file !== configFile && !inApp(homes.get(request) ?? request.file),
      ),
      calls: [...callers].filter(([, files]) => ![...files].some(inApp)).map(([call]) => call),
    },
    lost: detected.lost,
    idle: detected.idle,
    config,
    configFile,
    catalog,
    text: (file) => input.text(file),
    position: (file, offset) => positionOf(linesOf(file), offset),
  };
}

interface AppInput {
  name: string;
  /** Relative to the audited root. */
  root: string;
  configured: ConfiguredSource | null;
  /** Roots of other apps inside this one. */
  others: string[];
}

/** The apps of the config; with none the audited root is one app, called `app`. */
function appsOf(root: string, config: Config | null): AppInput[] {
  const declared = config?.apps ?? [];
  if (config === null || declared.length === 0) {
    return [{ name: "app", root: ".", configured: config?.configured ?? null, others: [] }];
  }
  const apps = declared.map((app: AppConfig) => ({
    name: app.name,
    root: relative(root, path.resolve(config.root, app.root)),
    configured: app.configured ?? config.configured,
  }));
  return apps.map((app) => ({
    ...app,
    others: apps.filter((other) => other !== app && isUnder(other.root, app.root)).map((other) => other.root),
  }));
}

interface Found extends Detected {
  /** The file that decides to which app a request belongs. */
  homes: ReadonlyMap<FoundRequest, string>;
  /** Calls in code that no app owns, with the files from which they are reached: they belong to each app among those. */
  callers: ReadonlyMap<FoundCall, ReadonlySet<string>>;
}

function buildApp(input: PictureInput, app: AppInput, detected: Found, configFile: string | null): App {
  const { config, catalog } = input;
  const owns = (file: string): boolean =>
    isUnder(file, app.root) && !app.others.some((other) => isUnder(file, other));
  const configured = configuredFrom(input, app.configured, configFile);
  const isConfigured = (place: Place): boolean => configured !== null && standsIn(place, configured);
  const own = detected.requests.filter(
    (request) => owns(detected.homes.get(request) ?? request.file) && request.file !== configFile,
  );
  const calls: ApiCall[] = [
    ...detected.calls
      // What `uses` says is what code calls that is not read.
      .filter((call) => call.isUnread !== true || config === null || config.uses.length === 0)
      .filter((call) => owns(call.file) || [...(detected.callers.get(call) ?? [])].some(owns))
      .map((call: FoundCall) => ({ ...call, app: app.name })),
    ...usedOperations(config, catalog, configFile, app.name),
  ].sort((a, b) => byPlace(a, b) || byId(a, b));
  // The entry that `configured` points to is no request, unless it is all that its site sends.
  const isSent = ({ site }: FoundRequest): boolean =>
    site !== null &&
    !own.some((other) => !isConfigured(other) && other.site !== null && samePlace(other.site, site));
  const sent = own.filter((request) => !isConfigured(request) || isSent(request));
  // A private integration asks for nothing: what only a file called klaviyo gives to Klaviyo is some other list.
  const isPrivate = configured === null && isKeyedOnly({ calls }) && sent.every(({ isNeutral }) => isNeutral);
  const requests = (isPrivate ? [] : sent)
    .map((request) => ({ ...request, app: app.name }))
    .sort((a, b) => byPlace(a, b) || byPlace(a.site ?? a, b.site ?? b));
  const whole: App = {
    name: app.name,
    root: app.root,
    configured,
    requests,
    calls,
    requested: unique(requests.flatMap((request) => request.tokens.map((token) => token.name))),
    needed: [],
    requestsComplete: requests.every((request) => request.complete && request.instead.length === 0),
    callsComplete: calls.every((call) => call.unresolved.length === 0),
  };
  return { ...whole, needed: judgesNeed(whole) && !isPrivateOnly(whole) ? needed(calls) : [] };
}

/**
 * A request belongs to the app in which it is sent. Where that is code which several apps share, the way back from
 * there to the list leads to the app; without a site it is where the list is written.
 */
function requestHome({ site, flow, file }: FoundRequest, inApp: (file: string) => boolean): string {
  const way = [...flow.map((step) => step.file).reverse(), file];
  const candidates = site === null ? way : [site.file, ...way];
  return candidates.find(inApp) ?? file;
}

function needed(calls: readonly ApiCall[]): string[] {
  return unique([
    "accounts:read",
    ...calls.filter((call) => !needsNoScope(call)).flatMap((call) => call.scopes),
  ]);
}

/** The operations that the config says are called from elsewhere. */
function usedOperations(
  config: Config | null,
  catalog: Catalog,
  configFile: string | null,
  app: string,
): ApiCall[] {
  if (config === null || configFile === null) return [];
  return config.uses.flatMap((used): ApiCall[] => {
    const operation = usedOperation(used.name, catalog);
    if (operation === undefined) return [];
    return [
      {
        app,
        file: configFile,
        range: used.range,
        operation,
        candidates: [operation],
        method: operation.method,
        path: operation.path.replace(/\{[^}]*\}/g, "{}"),
        scopes: operation.scopes,
        via: "config",
        auth: "unknown",
        note: null,
        unresolved: [],
        methodPlace: null,
        pathPlace: null,
        flow: [],
      },
    ];
  });
}

function byPlace(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range[0] - b.range[0] || a.range[1] - b.range[1];
}

function byId(a: ApiCall, b: ApiCall): number {
  const [first, second] = [a.operation?.id ?? "", b.operation?.id ?? ""];
  return first === second ? 0 : first < second ? -1 : 1;
}

function isUnder(file: string, folder: string): boolean {
  return folder === "." || folder === "" || file === folder || file.startsWith(`${folder}/`);
}

function relative(root: string, file: string): string {
  const found = seenFrom(root, file);
  return found === "" ? "." : found;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
