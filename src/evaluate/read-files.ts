/**
 * Data that a program reads from a file of the project: `JSON.parse(readFileSync("config.json", "utf8"))`,
 * `yaml.load(…)`. The file is looked at as an import of it would be; nothing is read here.
 */
import type { Evaluator } from "./evaluator.js";
import type { Reading } from "./members.js";
import { moduleOf } from "./modules.js";
import { chunksOf } from "./strings.js";
import type { Chunk, ExternalValue, Thunk, Value } from "./values.js";

/** Modules whose functions give the text of a file; "" is Deno's and Bun's. */
const FILE_SYSTEM = /^(?:(?:node:)?fs(?:\/promises)?|fs-extra|graceful-fs|)$/;
const READS_TEXT = /^(?:readFile|readTextFile)(?:Sync)?$/;

/** Functions that read a file and parse it, by module. */
const READS_DATA: readonly [RegExp, RegExp][] = [
  [/^fs-extra$/, /^readJ(?:son|SON)(?:Sync)?$/],
  [/^jsonfile$/, /^readFile(?:Sync)?$/],
  [/^(?:load|read)-(?:json|yaml)-file$/, /^(?:sync|(?:load|read)(?:Json|Yaml)File(?:Sync)?|default)?$/],
  [/^yamljs$/, /^load$/],
];

/** Functions that make data of a text, by module. */
const PARSES: readonly [RegExp, RegExp][] = [
  [/^$/, /^(?:JSON5?|Bun\.(?:TOML|YAML))\.parse$/],
  [/^js-yaml$/, /^(?:safe)?load$/i],
  [/^(?:yaml|yamljs|json5|jsonc-parser|(?:@iarna\/|smol-)?toml|@std\/(?:yaml|toml|jsonc))$/, /^parse$/],
];

/** What such a call gives; null for other calls, and where the file is none of the project's. */
export function fromFile(
  evaluator: Evaluator,
  callee: ExternalValue,
  args: readonly Thunk[],
  at: Reading,
): Value[] | null {
  const path = pathRead(evaluator, callee, args, at);
  const file = path === null ? null : fileNamed(evaluator, path, at.file);
  return file === null ? null : moduleOf(evaluator, file, at);
}

function pathRead(
  evaluator: Evaluator,
  callee: ExternalValue,
  args: readonly Thunk[],
  at: Reading,
): string | null {
  // `await Bun.file("config.json").json()`
  if (callee.result !== null)
    return callee.path.join(".") === "json" ? pathOfText(evaluator, callee.result, at) : null;
  if (isOneOf(READS_DATA, callee)) return pathNamed(evaluator, args[0], at);
  if (!isOneOf(PARSES, callee)) return null;
  const [text, ...others] = args[0]?.() ?? [];
  return text === undefined || others.length > 0 ? null : pathOfText(evaluator, text, at);
}

/** The path of the file whose text a value is. */
function pathOfText(evaluator: Evaluator, value: Value, at: Reading): string | null {
  if (value.kind !== "result") return null;
  const { callee, args } = value;
  const method = callee.path.at(-1) ?? "";
  // `readFileSync(path).toString()`, `Bun.file(path).text()`
  if (callee.result !== null)
    return /^(?:toString|trim|text)$/.test(method) ? pathOfText(evaluator, callee.result, at) : null;
  const reads =
    (FILE_SYSTEM.test(callee.module) && READS_TEXT.test(method)) ||
    (callee.module === "" && callee.path.join(".") === "Bun.file");
  return reads ? pathNamed(evaluator, args[0], at) : null;
}

function isOneOf(functions: readonly [RegExp, RegExp][], { module, path }: ExternalValue): boolean {
  const name = path.filter((part) => part !== "default").join(".");
  return functions.some(([ofModule, named]) => ofModule.test(module) && named.test(name));
}

/** A path in the project: `/../config/a.json` of `path.join(__dirname, "..", "config/a.json")`; null for those elsewhere. */
function pathNamed(evaluator: Evaluator, argument: Thunk | undefined, at: Reading): string | null {
  const [value, ...others] = argument?.() ?? [];
  if (value === undefined || others.length > 0) return null;
  // `fileURLToPath(new URL("./a.json", import.meta.url))`
  if (value.kind === "result" && value.callee.path.at(-1) === "fileURLToPath")
    return pathNamed(evaluator, value.args[0], at);
  if (value.kind === "url") return textBehindRoot(value.base);
  return value.kind === "string" ? textBehindRoot(chunksOf(evaluator, value, at)) : null;
}

/** What a path says behind a folder of the project's, or all of it. In a folder that nobody knows it is another file. */
function textBehindRoot(chunks: readonly Chunk[]): string | null {
  const [head] = chunks;
  const rest = head?.kind === "unknown" && head.value.ofProject === true ? chunks.slice(1) : chunks;
  if (!rest.every(({ kind }) => kind === "text")) return null;
  const text = rest.map((chunk) => (chunk.kind === "text" ? chunk.text : "")).join("");
  return /\.\w+$/.test(text) ? text : null;
}

/** The data file that a path means from a file of code, or from the folder where the program is started. */
function fileNamed({ program }: Evaluator, path: string, from: string): string | null {
  const steps = path.split("/").filter((step) => step !== "" && step !== ".");
  const folders = from.split("/").slice(0, -1);
  // Upwards from the file's own folder, whatever `..` says: the code may be built to another one.
  const rest = steps.filter((step) => step !== "..").join("/");
  const up = steps.filter((step) => step === "..").length;
  const starts = [folders.length - up, ...folders.map((_, depth) => folders.length - depth), 0];
  for (const depth of starts) {
    if (depth < 0) continue;
    const file = [...folders.slice(0, depth), rest].join("/");
    if (program.project.forms.has(file) && program.form(file).data !== null) return file;
  }
  return null;
}
