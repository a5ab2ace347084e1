/**
 * The environment: variables read by name, linked to the files that set them, and the configuration readers that
 * stand between (`config.get("klaviyo.scopes")`, schemas with defaults).
 */
import { NEVER_THE_SAME, note } from "../link/reads.js";
import type { CallExpression, Expression } from "../lower/form.js";
import { astroVariable } from "./config-files.js";
import type { Evaluator } from "./evaluator.js";
import { objectEntries } from "./literals.js";
import { getProperty, nameOf, type Reading } from "./members.js";
import { nestConfig } from "./nest-config.js";
import { choicesOf } from "./schema-choices.js";
import { transformed } from "./schema-transforms.js";
import { isStandIn } from "./stand-ins.js";
import { knownText, knownTexts } from "./text.js";
import {
  unknown,
  type ExternalValue,
  type ResultValue,
  type Thunk,
  type UnknownValue,
  type Value,
} from "./values.js";
import { addTo } from "../source/multimap.js";

/** One place that sets an environment variable. */
export interface EnvironmentEntry {
  file: string;
  name: string;
  value: Expression;
  /** Whether a value may be what the app is given; absent where any may. */
  suits?: (evaluator: Evaluator, value: Value) => boolean;
}

/** What a variable of the environment is called. */
export const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;
/** Objects that stand for the environment when nothing else is known of them. */
const HOLDER = /^(?:env|environment|bindings|secrets|vars|processEnv|importMetaEnv)$/i;
/** Methods that read one variable by its name. */
const READERS =
  /^(?:get|getOrThrow|getString|getEnv|getenv|env|requireEnv|mustGetEnv|readEnv|str|string|required|optional|requiredEnv|value|fetch)$/i;
/** Functions that declare a variable of the environment. */
const DECLARES = /^define(?:String|List)$/;
/** Modules whose named exports are environment variables. */
const ENV_MODULES =
  /^(?:\$env\/(?:static|dynamic)\/(?:private|public)|astro:env\/(?:server|client)|cloudflare:workers)$/;

export class Environment {
  readonly #entries = new Map<string, EnvironmentEntry[]>();
  /** Entries that are being evaluated: they may refer to each other in a circle (`SCOPES: process.env.SCOPES`). */
  readonly #underWay = new Set<Expression>();

  constructor(entries: readonly EnvironmentEntry[]) {
    for (const entry of entries) {
      addTo(this.#entries, entry.name, entry);
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /**
   * What `${NAME}` of a data file is by the env files that its tool reads as well: those beside it and above. Entries of
   * the same file are known already, see `resolveReferences`.
   */
  referred(evaluator: Evaluator, name: string, { file }: { file: string }): Value[] {
    const readHere = (this.#entries.get(name) ?? []).filter(
      (entry) =>
        entry.file !== file &&
        evaluator.program.form(entry.file).language === "env" &&
        file.startsWith(entry.file.slice(0, entry.file.lastIndexOf("/") + 1)),
    );
    return readHere.flatMap((entry) => this.#given(evaluator, entry));
  }

  #given(evaluator: Evaluator, { file, value, suits }: EnvironmentEntry): Value[] {
    if (this.#underWay.has(value)) {
      // Which of a circle is asked first decides what the others are.
      note(NEVER_THE_SAME);
      return [];
    }
    this.#underWay.add(value);
    try {
      return evaluator
        .evaluate(value, evaluator.moduleFrame(file))
        .filter((one) => one.kind !== "unknown" && !isStandIn(knownText(one) ?? "unknown"))
        .filter((one) => suits?.(evaluator, one) ?? true)
        .map((one): Value => ({ ...one, environment: true }));
    } finally {
      this.#underWay.delete(value);
    }
  }

  /** All lists that files give a variable, or that it is set somewhere else. */
  variable(evaluator: Evaluator, name: string, at: Reading): Value[] {
    const found = (this.#entries.get(name) ?? []).flatMap((entry) => this.#given(evaluator, entry));
    if (found.length > 0) return found;
    return [
      unknown(`the environment variable \`${name}\`, which no file of the repository gives a value`, at, {
        env: name,
        name,
      }),
    ];
  }

  /** A member of the platform's environment objects; null where it is none. */
  read(evaluator: Evaluator, object: ExternalValue, key: string, at: Reading): Value[] | null {
    const path = object.path.join(".");
    const isEnvironment =
      object.module === "" &&
      /^(?:process\.env|import\.meta\.env|Bun\.env|globalThis\.process\.env|Netlify\.env|\$env)$/.test(path);
    const isModule = ENV_MODULES.test(object.module) && (path === "" || path === "env");
    if (!isEnvironment && !isModule) return this.#handedOut(evaluator, object, key, at);
    if (key === "env" && isModule) return null;
    return this.variable(evaluator, key, at);
  }

  /** `env(c)` of hono/adapter, `(await getCloudflareContext()).env`, `env` of std-env: with a name that our files set. */
  #handedOut(evaluator: Evaluator, object: ExternalValue, key: string, at: Reading): Value[] | null {
    const holder = object.path.at(-1) ?? object.result?.callee.path.at(-1) ?? "";
    if (object.module === "" && object.result === null) return null;
    return HOLDER.test(holder) && VARIABLE.test(key) && this.has(key)
      ? this.variable(evaluator, key, at)
      : null;
  }

  /** A named import of a module that holds the environment. */
  imported(evaluator: Evaluator, module: string, name: string, at: Reading): Value[] | null {
    if (!ENV_MODULES.test(module) || !VARIABLE.test(name)) return null;
    const declared = module.startsWith("astro:") ? astroVariable(evaluator, name, at) : [];
    return [
      ...this.variable(evaluator, name, at),
      ...declared.flatMap((entry) => defaultsOf(evaluator, entry, at, 0)),
    ];
  }

  /** `env.KLAVIYO_SCOPES` of a worker, a context, a validated object: told by the names alone. */
  guess(evaluator: Evaluator, object: UnknownValue, key: string, at: Reading): Value[] | null {
    if (!VARIABLE.test(key)) return null;
    if (!HOLDER.test(object.name) && !this.has(key)) return null;
    return this.variable(evaluator, key, at);
  }

  /** A call that reads the environment: `Deno.env.get("X")`, `config.get("X", default)`, `env("X")`. */
  call(
    evaluator: Evaluator,
    callee: ExternalValue,
    node: CallExpression,
    args: readonly Thunk[],
    at: Reading,
  ): Value[] | null {
    const method = callee.path.at(-1) ?? nameOf(node.callee);
    const path = callee.path.join(".");
    if (
      callee.module === "" &&
      callee.result === null &&
      !/^(?:Deno\.env\.get|Netlify\.env\.get|env|getEnv|requireEnv)$/.test(path)
    )
      return null;
    if (!READERS.test(method)) return null;
    const declared = callee.result;
    // `defineString("X", { default: "…" }).value()` of Firebase
    if (method === "value" && DECLARES.test(declared?.callee.path.at(-1) ?? ""))
      return this.named(evaluator, null, declared?.args ?? [], at);
    return this.named(evaluator, callee, args, at);
  }

  /** A reader whose receiver we know nothing of: `this.config.get("KLAVIYO_SCOPES")`. */
  calledOnUnknown(
    evaluator: Evaluator,
    node: CallExpression,
    args: readonly Thunk[],
    at: Reading,
  ): Value[] | null {
    if (!READERS.test(nameOf(node.callee))) return null;
    return this.named(evaluator, null, args, at);
  }

  private named(
    evaluator: Evaluator,
    callee: ExternalValue | null,
    args: readonly Thunk[],
    at: Reading,
  ): Value[] | null {
    const { texts, complete } = knownTexts(args[0]?.() ?? []);
    const [name] = texts;
    if (!complete || name === undefined || texts.length !== 1) return null;
    const schema = callee?.result == null ? null : schemaAt(evaluator, callee.result, name.split("."), at);
    if (schema !== null) return schema;
    const configured = nestConfig(evaluator, name, at);
    if (configured !== null) return configured;
    if (!VARIABLE.test(name)) return null;
    const fallback = (args[1]?.() ?? []).flatMap((value) => {
      if (value.kind === "object") return defaultsOf(evaluator, value, at, 0);
      return value.kind === "string" || value.kind === "list" ? [value] : [];
    });
    return [...this.variable(evaluator, name, at), ...fallback];
  }
}

/** What the platform (no module) and HTTP clients answer was told by no schema, whatever options they are given. */
const NO_SCHEMA =
  /^(?:|axios(?:-.*)?|got|ky|node-fetch|cross-fetch|undici|ofetch|wretch|needle|superagent|request(?:-.*)?|klaviyo-api(?:\/.*)?|node:.*)$/;

/** `env.X` where `env` is what a schema library made of the environment: the defaults of the schema's entry. */
export function fromSchema(
  evaluator: Evaluator,
  object: ExternalValue,
  key: string,
  at: Reading,
): Value[] | null {
  if (object.result === null || NO_SCHEMA.test(object.result.callee.module)) return null;
  const choices = choicesOf(evaluator, object, key, at);
  if (choices !== null) return choices;
  return schemaAt(evaluator, object.result, [...outOfAnswer(object), key], at);
}

/** The keys below what was validated: `schema.safeParse(env).data`, joi's `{ value }`, valibot's `{ output }` only wrap it. */
function outOfAnswer({ result, path }: ExternalValue): readonly string[] {
  const [first, ...rest] = path;
  const method = result?.callee.path.at(-1) ?? "";
  return /^(?:safeParse|safeParseAsync|validate|validateAsync|spa)$/.test(method) &&
    /^(?:data|value|output)$/.test(first ?? "")
    ? rest
    : path;
}

function schemaAt(
  evaluator: Evaluator,
  result: ResultValue,
  keys: readonly string[],
  at: Reading,
): Value[] | null {
  for (
    let one: ResultValue | null = result, depth = 0;
    one !== null && depth < 6;
    one = one.callee.result, depth++
  ) {
    for (const argument of one.args) {
      for (const value of argument()) {
        const found = entryAt(evaluator, value, keys, at, 0);
        if (found === null) continue;
        const name = variableNameOf(evaluator, found, at) ?? keys.at(-1) ?? "";
        const defaults = found.flatMap((entry) => defaultsOf(evaluator, entry, at, 0));
        const fromFiles = VARIABLE.test(name) ? evaluator.environment.variable(evaluator, name, at) : [];
        const changed = found.flatMap((entry) =>
          transformed(evaluator, entry, [...fromFiles, ...defaults], at),
        );
        if (changed.length > 0) return changed;
        if (defaults.length === 0 && !VARIABLE.test(name)) continue;
        return [...fromFiles, ...defaults];
      }
    }
  }
  return null;
}

/** The schema's entry for a key: at the top, or inside `server`, `client`, `schema` and the like. */
function entryAt(
  evaluator: Evaluator,
  value: Value,
  keys: readonly string[],
  at: Reading,
  depth: number,
): Value[] | null {
  if (depth > 3) return null;
  if (value.kind === "result") {
    for (const argument of value.args) {
      for (const inner of argument()) {
        const found = entryAt(evaluator, inner, keys, at, depth + 1);
        if (found !== null) return found;
      }
    }
    return null;
  }
  if (value.kind !== "object") return null;
  const [key, ...below] = keys;
  if (key === undefined) return [value];
  let current: Value[] = objectEntries(evaluator, value).some((entry) => entry.key === key)
    ? getProperty(evaluator, value, key, at)
    : [];
  // A schema in the schema: `z.object({ klaviyo: z.object({ … }) })`.
  if (below.length > 0) current = current.flatMap((one) => entryAt(evaluator, one, below, at, depth) ?? []);
  const useful = current.filter(
    (one) => one.kind === "result" || one.kind === "object" || one.kind === "string",
  );
  if (useful.length > 0) return useful;
  for (const entry of objectEntries(evaluator, value)) {
    if (!/^(?:server|client|shared|schema|properties|env|vars|shape|specs?)$/i.test(entry.key)) continue;
    for (const inner of entry.get()) {
      const found = entryAt(evaluator, inner, keys, at, depth + 1);
      if (found !== null) return found;
    }
  }
  return null;
}

/** `{ env: "KLAVIYO_SCOPES" }` of convict names the variable. */
function variableNameOf(evaluator: Evaluator, entries: readonly Value[], at: Reading): string | null {
  for (const entry of entries) {
    if (entry.kind !== "object") continue;
    const { texts } = knownTexts(getProperty(evaluator, entry, "env", at));
    const [name] = texts;
    if (name !== undefined) return name;
  }
  return null;
}

/** `.default(x)`, `str({ default: x })`, `{ default: x }`, or a plain value. */
function defaultsOf(evaluator: Evaluator, entry: Value, at: Reading, depth: number): Value[] {
  if (depth > 8) return [];
  if (entry.kind === "string") return [entry];
  if (entry.kind === "object") {
    // envalid has one for development alone.
    return ["default", "devDefault"].flatMap((key) =>
      getProperty(evaluator, entry, key, at).filter(
        (value) => value.kind === "string" || value.kind === "list",
      ),
    );
  }
  if (entry.kind !== "result") return [];
  const method = entry.callee.path.at(-1) ?? "";
  const [argument] = entry.args;
  if (/^(?:default|catch|prefault|fallback|optional|withDefault)$/.test(method) && argument !== undefined) {
    const values = argument().filter((value) => value.kind === "string" || value.kind === "list");
    if (values.length > 0) return values;
    // valibot: optional(string(), "default").
    const second =
      entry.args[1]?.().filter((value) => value.kind === "string" || value.kind === "list") ?? [];
    if (second.length > 0) return second;
  }
  const inArguments = entry.args.flatMap((one) =>
    one().flatMap((value) => (value.kind === "object" ? defaultsOf(evaluator, value, at, depth + 1) : [])),
  );
  if (inArguments.length > 0) return inArguments;
  return entry.callee.result === null ? [] : defaultsOf(evaluator, entry.callee.result, at, depth + 1);
}
