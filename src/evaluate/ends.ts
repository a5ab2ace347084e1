/** What a variable holds once its function has run to the end. */
import { changedValues } from "./flow.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { declaredValues } from "./variables.js";
import type { NameExpression } from "../lower/form.js";
import type { Value } from "./values.js";

/** The values of `binding` when the activation `home` has run. */
export function valuesAtEnd(evaluator: Evaluator, binding: number, home: Frame): Value[] {
  const variable = evaluator.program.index(home.file).variable(binding);
  const form = evaluator.program.form(home.file);
  const range = form.bindings[binding]?.range ?? [0, 0];
  const read: NameExpression = { kind: "name", name: form.bindings[binding]?.name ?? "", binding, range };
  if (variable.effects.length === 0) {
    return declaredValues(evaluator, variable, binding, home, {
      file: home.file,
      range,
      node: read,
      frame: home,
    });
  }
  return changedValues(evaluator, variable, { binding, read, frame: home, home, atEnd: true });
}
