/**
 * NestJS' configuration: `registerAs("klaviyo", () => ({ … }))` and `ConfigModule.forRoot({ load: [() => ({ … })] })` make
 * what `config.get("klaviyo.scopes")` and a parameter of type `ConfigType<typeof x>` hold. https://docs.nestjs.com/techniques/configuration
 */
import type { TypeForm } from "../lower/form.js";
import { calleesOf } from "./calls.js";
import { below } from "./config-files.js";
import type { Evaluator } from "./evaluator.js";
import { callArguments, callBack } from "./functions.js";
import { objectEntries } from "./literals.js";
import { nameOf, type Reading } from "./members.js";
import { knownTexts } from "./text.js";
import type { Value } from "./values.js";

const MODULE = "@nestjs/config";

/** What a dotted key holds; null where no factory of the project says. */
export function nestConfig(evaluator: Evaluator, key: string, at: Reading): Value[] | null {
  const [first, ...rest] = key.split(".");
  if (first === undefined || rest.length === 0) return null;
  const found = factories(evaluator).flatMap(({ namespace, make }) =>
    namespace === null || namespace === first
      ? make(at).flatMap((value) => below(evaluator, value, namespace === null ? [first, ...rest] : rest, at))
      : [],
  );
  return found.length > 0 ? found : null;
}

/** `ConfigType<typeof klaviyoConfig>`: what the factory behind the name makes. */
export function configTypeValues(evaluator: Evaluator, type: TypeForm, file: string): Value[] {
  if (type.kind !== "typeof") return [];
  const frame = evaluator.moduleFrame(file);
  const at: Reading = { file, range: type.name.range, node: type.name, frame };
  return evaluator
    .evaluate(type.name, frame)
    .flatMap((value) =>
      value.kind === "result" && isRegistration(value.callee.module, value.callee.path.at(-1))
        ? made(evaluator, value.args[1]?.() ?? [], at)
        : [],
    );
}

export function isConfigType(value: Value): boolean {
  return value.kind === "external" && value.module === MODULE && value.path.at(-1) === "ConfigType";
}

function isRegistration(module: string, name: string | undefined): boolean {
  return module === MODULE && name === "registerAs";
}

function made(evaluator: Evaluator, functions: readonly Value[], at: Reading): Value[] {
  return functions.flatMap((one) => (one.kind === "function" ? callBack(evaluator, one, [], at) : []));
}

interface Factory {
  /** Null: what it makes is the whole configuration. */
  namespace: string | null;
  make: (at: Reading) => Value[];
}

function factories(evaluator: Evaluator): Factory[] {
  const { program } = evaluator;
  return program.files().flatMap((file) => {
    const { calls, form } = program.index(file);
    if (!form.imports.some(({ source }) => source === MODULE)) return [];
    return calls.flatMap(({ node, fn }): Factory[] => {
      if (!/^(?:registerAs|forRoot|forFeature)$/.test(nameOf(node.callee))) return [];
      const frame = evaluator.rootFrame(file, fn);
      const isNests = calleesOf(evaluator, node, frame).some(
        ({ callee }) => callee?.kind === "external" && callee.module === MODULE,
      );
      if (!isNests) return [];
      const [first, second] = callArguments(evaluator, node, frame);
      if (nameOf(node.callee) === "registerAs") {
        const [namespace] = knownTexts(first?.() ?? []).texts;
        return namespace === undefined
          ? []
          : [{ namespace, make: (at) => made(evaluator, second?.() ?? [], at) }];
      }
      const loaded = (first?.() ?? []).flatMap((options) => {
        if (options.kind !== "object") return [];
        const load = objectEntries(evaluator, options).find((entry) => entry.key === "load");
        return (load?.get() ?? []).flatMap((list) =>
          list.kind === "list" ? list.items.flatMap((item) => item.values()) : [],
        );
      });
      return [{ namespace: null, make: (at) => made(evaluator, loaded, at) }];
    });
  });
}
