/** Detection: everything of a program that goes to Klaviyo, before it is sorted by app. */
import type { FoundCall, FoundRequest, Place } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import type { HelperConfig } from "../config/types.js";
import { Environment, type EnvironmentEntry } from "../evaluate/environment.js";
import { Evaluator } from "../evaluate/evaluator.js";
import { listInText } from "../evaluate/json-text.js";
import type { Value } from "../evaluate/values.js";
import { withAutoImports } from "../link/bare-names.js";
import { Program } from "../link/program.js";
import type { Project } from "../link/project.js";
import { envEntries } from "../lower/data/env-entries.js";
import type { Answers, Outcome } from "./answers.js";
import { findAuthorizeUrls } from "./authorize-url.js";
import { CallGraph } from "./call-graph.js";
import { findDescribedCalls } from "./described-calls.js";
import { splitUnusedOfGenerated } from "./generated-clients.js";
import { findHttpCalls } from "./http-calls.js";
import { envEntriesOfCode } from "./env-of-code.js";
import { findFormRequests } from "./jsx-forms.js";
import { findNamedLists } from "./named-lists.js";
import { findClientRequests } from "./oauth-clients.js";
import { findProviderClasses } from "./provider-classes.js";
import { findFieldLists, findProviderObjects } from "./provider-objects.js";
import { reachedFrom } from "./reach.js";
import { settleRequests } from "./requests.js";
import { isWritten, listChunks, scopeLikeness } from "./scope-value.js";
import { findSdkCalls } from "./sdk-calls.js";
import { textSites } from "./text-sites.js";
import { findUnreadCalls } from "./unread-calls.js";
import { addTo } from "../source/multimap.js";

export interface Detected {
  requests: FoundRequest[];
  calls: FoundCall[];
  /** What helpers would send that nothing calls. */
  idle: FoundCall[];
  /** What could not be followed, and is not among the rest. */
  lost: readonly Place[];
  /** The files from which a place is reached by known calls, for code that several apps share. */
  reachedFrom: (place: Place) => ReadonlySet<string>;
}

/**
 * Finds the scope requests and API calls of a project.
 * @param answers What earlier runs with the same catalog and helpers left; for one run alone there is none.
 */
export function detect(
  written: Project,
  catalog: Catalog,
  helpers: readonly HelperConfig[],
  answers: Answers | null = null,
): Detected {
  const project = withAutoImports(written);
  const program = new Program(project);
  const entries = program.files().flatMap((file): EnvironmentEntry[] => [
    ...envEntries(program.form(file)).map(({ name, value }) => ({ file, name, value })),
    ...envEntriesOfCode(program.index(file)).map(({ name, value }) =>
      // What is deployed beside the app may be called the same.
      /SCOPE|PERMISSION/.test(name)
        ? { file, name, value, suits: mayBeKlaviyos(catalog) }
        : { file, name, value },
    ),
  ]);
  const run = (kept: Answers | null): Outcome<Detected> => {
    const evaluator = new Evaluator(program, new Environment(entries));
    const graph = new CallGraph(evaluator, kept);
    const raws = [
      ...findAuthorizeUrls(graph, textSites(program)),
      ...findFormRequests(graph),
      ...findClientRequests(graph, catalog),
      ...findProviderObjects(graph, catalog),
      ...findProviderClasses(graph, catalog),
      ...findFieldLists(graph),
      ...findNamedLists(graph, catalog),
    ];
    const http = findHttpCalls(graph, catalog, helpers);
    const { calls, idle } = splitUnusedOfGenerated(graph, [
      ...findSdkCalls(graph, catalog),
      ...http.calls,
      ...findDescribedCalls(graph, catalog),
      ...findUnreadCalls(program),
    ]);
    const found: Detected = {
      requests: settleRequests(graph, raws, inEnvironment(entries)),
      calls,
      idle: [...http.idle, ...idle],
      lost: graph.lost.places,
      reachedFrom: (place) => reachedFrom(graph, place),
    };
    const isShort = evaluator.isShort || graph.patience.isShort;
    return { found, isShort, gaveUp: evaluator.gaveUp };
  };
  return answers === null ? run(null).found : answers.run(project, run);
}

/** Whether a list, as far as it is known, may be one of Klaviyo's scopes. */
function mayBeKlaviyos(catalog: Catalog): (evaluator: Evaluator, value: Value) => boolean {
  return (evaluator, value) => {
    const list = listChunks(evaluator, listInText(evaluator, value), { file: "", range: [0, 0] });
    if (list === null || !isWritten(list.chunks)) return true;
    const { tokens, like, known } = scopeLikeness(list.chunks, catalog);
    return known > 0 && like * 2 >= tokens;
  };
}

/** Whether a place lies in the value of an environment variable's entry. */
function inEnvironment(entries: readonly EnvironmentEntry[]): (place: Place) => boolean {
  const byFile = new Map<string, EnvironmentEntry[]>();
  for (const entry of entries) addTo(byFile, entry.file, entry);
  return (place) =>
    (byFile.get(place.file) ?? []).some(
      ({ value }) => value.range[0] <= place.range[0] && place.range[1] <= value.range[1],
    );
}
