/** JSON inside a text: what `JSON.parse` makes of it, with every part where the text is written. */
import { lowerJson } from "../lower/data/json.js";
import type { Expression, Range, StringExpression } from "../lower/form.js";
import type { Evaluator } from "./evaluator.js";
import { offsetAt } from "./text.js";
import type { TextChunk, Value } from "./values.js";

/** @returns Null for what is no text, is not all known, or is no JSON. */
export function jsonInText(evaluator: Evaluator, value: Value): Value[] | null {
  const [chunk, ...more] = value.kind === "string" ? value.chunks : [];
  if (chunk?.kind !== "text" || chunk.at === null || more.length > 0) return null;
  const { data, problems } = lowerJson(chunk.text);
  if (data === null || problems.length > 0) return null;
  return evaluator.evaluate(placed(data, chunk), evaluator.moduleFrame(chunk.file));
}

/** The same where the text is a list: an entry of the environment whose reader parses it. */
export function listInText(evaluator: Evaluator, value: Value): Value {
  const [chunk] = value.kind === "string" ? value.chunks : [];
  if (chunk?.kind !== "text" || !/^\s*\[/.test(chunk.text)) return value;
  const [list] = jsonInText(evaluator, value) ?? [];
  return list?.kind === "list" ? list : value;
}

/** A node of the JSON text, moved to where that text is written. */
function placed(node: Expression, chunk: TextChunk): Expression {
  const range: Range = [offsetIn(chunk, node.range[0]), offsetIn(chunk, node.range[1])];
  switch (node.kind) {
    case "list":
      return { ...node, range, items: node.items.map((item) => placed(item, chunk)) };
    case "map":
      return {
        ...node,
        range,
        entries: node.entries.map((entry) => ({
          ...entry,
          range: [offsetIn(chunk, entry.range[0]), offsetIn(chunk, entry.range[1])],
          key: entry.key === null ? null : placed(entry.key, chunk),
          value: placed(entry.value, chunk),
        })),
      };
    case "string":
      return placedString(node, range, chunk);
    default:
      return { ...node, range };
  }
}

function placedString(node: StringExpression, range: Range, chunk: TextChunk): StringExpression {
  const { at } = node;
  const isWord = chunk.owners.some((owner) => owner.node.kind === "string" && owner.node.isWord === true);
  const [quote] = node.range;
  // `"[\"lists:read\"]"`: what is put in is escaped as what is there.
  const isEscaped = offsetIn(chunk, quote + 1) - offsetIn(chunk, quote) > 1;
  return {
    ...node,
    range,
    quote: isEscaped ? `\\${node.quote}` : node.quote,
    at:
      typeof at === "number" && typeof chunk.at === "number"
        ? chunk.at + at
        : Array.from({ length: node.value.length + 1 }, (_, index) =>
            offsetIn(chunk, typeof at === "number" ? at + index : (at[index] ?? 0)),
          ),
    ...(isWord && { isWord: true }),
  };
}

function offsetIn(chunk: TextChunk, index: number): number {
  return offsetAt(chunk, index) ?? 0;
}
