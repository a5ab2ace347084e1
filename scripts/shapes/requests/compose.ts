/** One random project for scope requests: a definition, the paths its value takes, a sink, and what only looks alike. */
import { Project, type SourceFile } from "../project.js";
import { Random } from "../random.js";
import type { Sample } from "../sample.js";
import { definitions, Writer } from "./definitions.js";
import { distractors } from "./distractors.js";
import { flowParameters, handings, pathsFor } from "./paths.js";
import { sinks } from "./sinks.js";
import type { Composition, Value } from "./value.js";

/** @param scopes All scopes to choose from. */
export function composeRequest(seed: number, scopes: readonly string[]): Sample {
  const random = new Random(seed);
  const project = new Project(random);
  const parts: string[] = [];
  const some = ["accounts:read", ...random.some(scopes, random.integer(1, 4))];
  const composition: Composition = { project, scopes: [...new Set(some)], requests: new Map() };
  // Klaviyo has no accounts:write, and a list of one scope has no halves.
  if (composition.scopes.length === 1) composition.scopes = ["accounts:read", "lists:read"];

  const sink = random.pick(sinks);
  const definition = random.pick(definitions.filter((one) => project.isTypeScript || !one.typeScriptOnly));
  parts.push(definition.name);
  const home = project.file();
  let value: Value = { file: home, ...definition.write(new Writer(home, composition)) };

  const { inFile, toFile } = pathsFor(project);
  const carry = (from: typeof inFile): void => {
    const path = random.pick(from.filter((one) => one.carries?.(value) ?? true));
    parts.push(path.name);
    value = path.carry(value);
  };
  for (let steps = random.integer(0, 2); steps > 0; steps--) {
    if (random.chance(0.6)) carry(inFile);
    if (!value.code.includes("await ")) carry(toFile);
  }

  parts.push(...hand(project, value, sink));
  for (const distractor of random.some(distractors, random.integer(0, 2))) {
    parts.push(`beside ${distractor.name}`);
    const beside = [project.file(), home, value.file];
    distractor.add(random.pick(beside), random.some(scopes, 3));
  }

  const { files, placed } = project.finish();
  const where = (file: string, position: string): string => `${file}:${position}`;
  const [site] = placed.filter(({ mark }) => mark.kind === "site");
  const expected = [...composition.requests].map(([number, request]) => {
    const marks = placed.filter(({ mark }) => "request" in mark && mark.request === number);
    const tokens = marks.flatMap(({ mark, file, start }) =>
      mark.kind === "token" ? [`${mark.scope}@${where(file, start)}`] : [],
    );
    // A list in several places goes from the first to the last.
    const lists = marks.filter(({ mark }) => mark.kind === "list");
    const [list] = lists;
    return requestLine({
      place: list === undefined ? "?" : `${where(list.file, list.start)}-${lists.at(-1)?.end ?? ""}`,
      kind: request.kind ?? sink.kind,
      site: site === undefined ? "none" : where(site.file, site.start.replace(/:.*/, "")),
      complete: request.complete,
      tokens,
      unresolved: marks.flatMap(({ mark, file, start }) =>
        mark.kind === "unknown" ? [where(file, start)] : [],
      ),
    });
  });
  return { files, expected, parts };
}

/** Hands the value to the function that holds the sink, perhaps through other functions and files; gives the parts' names. */
function hand(project: Project, value: Value, sink: (typeof sinks)[number]): string[] {
  const { random } = project;
  const parts: string[] = [];
  const extension = sink.jsx ? "x" : "";
  const type = value.type === "list" ? "readonly string[]" : "string";
  const hops = random.pick([0, 0, 0, 1, 1, 2, 3]);
  if (hops === 0 && !sink.jsx) {
    const name = project.name("function");
    const async = value.code.includes("await ") ? "async " : "";
    value.file.add(`${async}function ${name}(${flowParameters(project)}) {\n${sink.body(value)}\n}`);
    value.file.export(name);
    return [sink.name];
  }
  let body = (file: SourceFile, code: string): string => sink.body({ ...value, file, code });
  let target = project.file(extension);
  for (let hop = Math.max(1, hops); hop > 0; hop--) {
    const handing = random.pick(handings);
    parts.unshift(handing.name);
    const file = target;
    const inner = body;
    const { exported, call } = handing.declare(file, type, (parameter) => inner(file, parameter));
    file.export(exported);
    body = (caller, code) =>
      `  return ${call(caller === file ? exported : caller.import(file, exported), code)};`;
    if (hop > 1) target = random.chance(0.7) ? project.file() : target;
  }
  const name = project.name("function");
  value.file.add(`async function ${name}(${flowParameters(project)}) {\n${body(value.file, value.code)}\n}`);
  value.file.export(name);
  return [...parts, sink.name];
}

export interface RequestLine {
  place: string;
  kind: string;
  site: string;
  complete: boolean;
  tokens: string[];
  unresolved: string[];
}

/** A request as one line of the known answer. */
export function requestLine({ place, kind, site, complete, tokens, unresolved }: RequestLine): string {
  const end = unresolved.length > 0 ? ` unresolved ${unresolved.sort().join(" ")}` : "";
  return `${place} ${kind} site=${site} ${complete ? "complete" : "incomplete"}: ${[...tokens].sort().join(" ")}${end}`;
}
