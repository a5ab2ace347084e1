/** Names that other modules export, as values. */
import type { ExportTarget } from "../link/program.js";
import { packageNamed } from "../link/specifier.js";
import type { Evaluator } from "./evaluator.js";
import { getProperty, type Reading } from "./members.js";
import { unknown, type Origin, type Value } from "./values.js";

/** What `name`, exported by `file`, can be. */
export function exportValues(evaluator: Evaluator, file: string, name: string, at: Reading): Value[] {
  const targets = evaluator.program.exported(file, name);
  if (targets.length === 0) {
    return [unknown(`not exported by ${file}`, at)];
  }
  return targets.flatMap((target) => targetValues(evaluator, target, at));
}

export function targetValues(evaluator: Evaluator, target: ExportTarget, at: Reading): Value[] {
  switch (target.kind) {
    case "expression":
      return evaluator.evaluate(target.node, evaluator.moduleFrame(target.file));
    case "namespace":
      return [{ kind: "module", file: target.file }];
    case "external":
      return (
        evaluator.environment.imported(evaluator, target.module, target.name, at) ?? [
          externalName(target.module, target.name),
        ]
      );
    case "member":
      return evaluator
        .evaluate(target.node, evaluator.moduleFrame(target.file))
        .flatMap((value) => getProperty(evaluator, value, target.name, at));
    case "data": {
      const values = evaluator.evaluate(target.node, evaluator.moduleFrame(target.file));
      const { name } = target;
      return name === null ? values : values.flatMap((value) => getProperty(evaluator, value, name, at));
    }
  }
}

/** The default export of a package is the package itself; so is its namespace. */
export function externalName(module: string, name: string): Value {
  return { kind: "external", module, result: null, path: name === "default" || name === "*" ? [] : [name] };
}

export function moduleValues(
  evaluator: Evaluator,
  from: string,
  specifier: string,
  at: Origin & Reading,
): Value[] {
  const file = evaluator.program.resolve(from, specifier);
  if (file === null) return [{ kind: "external", module: packageNamed(specifier), result: null, path: [] }];
  return evaluator.program.required(file).flatMap((target) => targetValues(evaluator, target, at));
}

/** What a file is as a whole: its default export, what it sets `module.exports` to, its data. */
export function moduleOf(evaluator: Evaluator, file: string, at: Reading): Value[] {
  const main = evaluator.program.exported(file, "default");
  const targets = main.length > 0 ? main : evaluator.program.required(file);
  return targets.flatMap((target) => targetValues(evaluator, target, at));
}
