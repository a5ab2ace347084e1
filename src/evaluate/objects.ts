/** The methods of Map, and of objects that are read like one. */
import type { Evaluator } from "./evaluator.js";
import { flatten, listOf, objectEntries, keyText, pairItem } from "./literals.js";
import { subjectOf } from "./conditions.js";
import { getProperty, tagged, type Reading } from "./members.js";
import { knownTexts } from "./text.js";
import { heldBy } from "./containers.js";
import { always, unknown, type ObjectValue, type Thunk, type Value } from "./values.js";

export function objectMethod(
  evaluator: Evaluator,
  object: ObjectValue,
  method: string,
  args: readonly Thunk[],
  at: Reading,
): Value[] | null {
  switch (method) {
    case "get": {
      if (!object.map) return null;
      const { texts, complete } = knownTexts(args[0]?.() ?? []);
      if (!complete || texts.length === 0) {
        const { entries, open } = flatten(evaluator, object, 0);
        const [key] = at.node.kind === "call" ? at.node.args : [];
        const subject = key === undefined ? null : subjectOf(evaluator, key, at.frame);
        const values = [...entries.flatMap((entry) => tagged(entry.get(), subject, entry.key)), ...open];
        return values.length > 0 ? values : heldBy(evaluator, object, at);
      }
      return texts.flatMap((key) => getProperty(evaluator, object, key, at));
    }
    case "keys":
      return [
        listOf(
          objectEntries(evaluator, object).map((entry) => always([keyText(entry)])),
          at.file,
        ),
      ];
    case "values":
      return [
        listOf(
          objectEntries(evaluator, object).map((entry) => entry.get),
          at.file,
        ),
      ];
    case "entries":
      return [
        {
          kind: "list",
          items: objectEntries(evaluator, object).map((entry) => pairItem(at.file, entry)),
          node: null,
          file: at.file,
          set: false,
        },
      ];
    case "toString":
    case "has":
    case "hasOwnProperty":
      return [unknown("computed at run time", at)];
    default:
      return null;
  }
}
