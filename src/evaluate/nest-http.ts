/**
 * NestJS' `HttpModule.register({ baseURL })`: what the `HttpService` of a class was made with is written in the module
 * that provides the class, or in one that it imports. https://docs.nestjs.com/techniques/http-module
 */
import type { FileIndex } from "../link/file-index.js";
import { filledPer } from "../link/reads.js";
import { subclasses } from "./ancestors.js";
import type { Evaluator } from "./evaluator.js";
import { callArguments, callFunction } from "./functions.js";
import { getProperty, nameOf, type Reading } from "./members.js";
import { madeByContainer } from "./registry.js";
import { functionsIn, type ResultValue, type UnknownValue, type Value } from "./values.js";

const MODULES = /^@nestjs\/(?:axios|common)$/;
const MOST_STEPS = 4;

interface NestModule {
  file: string;
  cls: number;
  /** What `@Module({ … })` is given. */
  options: Value[];
  at: Reading;
}

/** The options that an `HttpService` was made with, wherever its modules say; none for anything else. */
export function nestHttpOptions(evaluator: Evaluator, result: ResultValue): Value[] {
  const { callee, style, node, typed } = result;
  if (style !== "new" || node !== null || !isOfNest(callee, "HttpService")) return [];
  const owners = typed === undefined || typed === null ? [] : classesGiven(evaluator, typed);
  if (owners.length === 0) return [];
  const modules = nestModules(evaluator);
  const seen = new Set<NestModule>();
  const options = modules
    .filter((one) =>
      ["providers", "controllers"].some((key) =>
        listed(evaluator, one.options, key, one.at).some(
          (value) =>
            value.kind === "class" &&
            owners.some(({ file, cls }) => file === value.file && cls === value.cls),
        ),
      ),
    )
    .flatMap((one) => importedBy(evaluator, modules, one, seen));
  return [...new Set(options)];
}

/** The class in which something is written that Nest gives, and those that inherit it. */
function classesGiven(evaluator: Evaluator, { file, range }: UnknownValue): { file: string; cls: number }[] {
  const { classes } = evaluator.program.form(file);
  // A class within another starts later.
  const cls = classes.findLastIndex((one) => one.range[0] <= range[0] && range[1] <= one.range[1]);
  return cls < 0 ? [] : [{ file, cls }, ...subclasses(evaluator, file, cls)];
}

function isOfNest(value: Value, name: string): boolean {
  return value.kind === "external" && MODULES.test(value.module) && value.path[0] === name;
}

function hasModules({ form, calls }: FileIndex): boolean {
  return (
    form.imports.some(({ source }) => source === "@nestjs/common") &&
    calls.some(({ node }) => nameOf(node.callee) === "Module")
  );
}

const nestModules = filledPer(
  (): NestModule[] => [],
  (filling, evaluator: Evaluator) => {
    const { program } = evaluator;
    for (const file of program.filesWith(hasModules).files) {
      const { form, calls } = program.index(file);
      for (const { node, fn } of calls) {
        if (nameOf(node.callee) !== "Module") continue;
        const frame = evaluator.rootFrame(file, fn);
        if (!evaluator.evaluate(node.callee, frame).some((one) => isOfNest(one, "Module"))) continue;
        const cls = form.classes.findIndex(({ range }) => range[1] > node.range[1]);
        const options = callArguments(evaluator, node, frame)[0]?.() ?? [];
        filling.push({ file, cls, options, at: { file, range: node.range, node, frame } });
      }
    }
  },
);

/** What modules import that HttpModule makes, itself or by a module that exports it. */
function imported(
  evaluator: Evaluator,
  modules: readonly NestModule[],
  options: readonly Value[],
  at: Reading,
  seen: Set<NestModule>,
  depth = 0,
): Value[] {
  if (depth > MOST_STEPS) return [];
  return listed(evaluator, options, "imports", at).flatMap((value): Value[] => {
    if (value.kind === "result") return registered(evaluator, value, at);
    // A dynamic module: `static forRoot() { return { module: KlaviyoModule, imports: [ … ] } }`.
    if (value.kind === "object") return imported(evaluator, modules, [value], at, seen, depth + 1);
    if (value.kind !== "class") return [];
    return modules
      .filter(({ file, cls }) => file === value.file && cls === value.cls)
      .filter((one) =>
        listed(evaluator, one.options, "exports", one.at).some((out) => isOfNest(out, "HttpModule")),
      )
      .flatMap((one) => importedBy(evaluator, modules, one, seen));
  });
}

/** Each module once: they may import each other. */
function importedBy(
  evaluator: Evaluator,
  modules: readonly NestModule[],
  one: NestModule,
  seen: Set<NestModule>,
): Value[] {
  if (seen.has(one)) return [];
  seen.add(one);
  return imported(evaluator, modules, one.options, one.at, seen);
}

/** `HttpModule.register({ … })`, `HttpModule.registerAsync({ useFactory: () => ({ … }) })`. */
function registered(evaluator: Evaluator, { callee, args }: ResultValue, at: Reading): Value[] {
  if (!isOfNest(callee, "HttpModule")) return [];
  const options = args[0]?.() ?? [];
  if (callee.path[1] !== "registerAsync") return options;
  return options.flatMap((one) => {
    const made = functionsIn(getProperty(evaluator, one, "useFactory", at)).flatMap((factory) =>
      madeByContainer(evaluator, factory, getProperty(evaluator, one, "inject", at), at),
    );
    const makers = getProperty(evaluator, one, "useClass", at).flatMap((cls): Value[] =>
      cls.kind === "class" ? [{ ...cls, kind: "instance", args: null, call: null }] : [],
    );
    const told = makers.flatMap((maker) =>
      functionsIn(getProperty(evaluator, maker, "createHttpOptions", at)).flatMap((make) =>
        callFunction(evaluator, make, [], at),
      ),
    );
    return [...made, ...told];
  });
}

function listed(evaluator: Evaluator, options: readonly Value[], key: string, at: Reading): Value[] {
  return options
    .filter((one) => one.kind === "object")
    .flatMap((one) => getProperty(evaluator, one, key, at))
    .flatMap((list) => (list.kind === "list" ? list.items.flatMap((item) => item.values()) : []));
}
