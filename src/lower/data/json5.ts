/** JSON5, read by Momoa: the parser has no recovery, so a broken file yields its problem and no data. */
import type { DocumentNode, Token, ValueNode } from "@humanwhocodes/momoa";
import { momoa } from "./parsers.js";
import type { Expression, MapEntry, Problem, Range } from "../form.js";
import {
  addProblem,
  Budget,
  MAX_DEPTH,
  numberNode,
  TOO_DEEP,
  TOO_MANY,
  unknown,
  type Comment,
  type Content,
} from "./content.js";
import { interpolate } from "./interpolation.js";
import { decodeIdentifier, decodeJsonString } from "./json-strings.js";

export function lowerJson5(text: string): Content {
  const problems: Problem[] = [];
  if (text.trim() === "") return { data: null, problems, comments: [] };
  let document: DocumentNode;
  try {
    // Momoa 3.3 runs past the end of a text that ends in a backslash, and never stops: a line break keeps it inside.
    document = momoa().parse(`${text.replace(/^\uFEFF/, " ")}\n`, { mode: "json5", ranges: true, tokens: true });
  } catch (error) {
    const offset = errorOffset(error);
    if (offset === null) addProblem(problems, text, [0, text.length], `the file is ${TOO_DEEP}`, "Nest it less.");
    else
      addProblem(problems, text, [offset, offset + 1], "this is not JSON5", "Correct it; nothing of the file was read.");
    return { data: null, problems, comments: [] };
  }
  const budget = new Budget();
  const data = lower(document.body, text, budget, 0);
  if (budget.spent) addProblem(problems, text, [0, text.length], `the file has ${TOO_MANY}`, "The rest was not read.");
  return { data, problems, comments: (document.tokens ?? []).flatMap((token) => commentOf(token, text)) };
}

/** Momoa's errors carry the offset; a stack overflow does not. */
function errorOffset(error: unknown): number | null {
  return error instanceof Error && "offset" in error && typeof error.offset === "number" ? error.offset : null;
}

function commentOf(token: Token, text: string): Comment[] {
  if (token.type !== "LineComment" && token.type !== "BlockComment") return [];
  const range = rangeOf(token);
  return [{ range, text: text.slice(range[0], range[1]) }];
}

function rangeOf(node: { loc: ValueNode["loc"] }): Range {
  return [node.loc.start.offset, node.loc.end.offset];
}

function lower(node: ValueNode, text: string, budget: Budget, depth: number): Expression {
  const range = rangeOf(node);
  if (!budget.take()) return unknown(range, TOO_MANY);
  if (depth >= MAX_DEPTH) return unknown(range, TOO_DEEP);
  switch (node.type) {
    case "Object":
      return {
        kind: "map",
        range,
        entries: node.members.map(
          (member): MapEntry => ({
            kind: "value",
            range: rangeOf(member),
            key:
              member.name.type === "Identifier"
                ? decodeIdentifier(text, rangeOf(member.name))
                : decodeJsonString(text, rangeOf(member.name), true),
            value: lower(member.value, text, budget, depth + 1),
          }),
        ),
      };
    case "Array":
      return {
        kind: "list",
        range,
        items: node.elements.map((element) => lower(element.value, text, budget, depth + 1)),
      };
    case "String":
      return interpolate(decodeJsonString(text, range, true));
    case "Number":
      return numberNode(range, node.value);
    case "Boolean":
      return { kind: "literal", range, value: node.value };
    case "Null":
      return { kind: "literal", range, value: null };
    default:
      return unknown(range, "not a finite number");
  }
}
