/** JSON and JSONC (`tsconfig.json` has comments too): comments and trailing commas are never a problem here. */
import { visit, type ParseError, type JSONVisitor } from "jsonc-parser";
import type { Expression, ListExpression, MapEntry, MapExpression, Problem, Range, StringExpression } from "../form.js";
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
import { decodeJsonString } from "./json-strings.js";
import { interpolate } from "./interpolation.js";

interface Frame {
  node: MapExpression | ListExpression;
  /** The key whose value comes next, in a map. */
  key: StringExpression | null;
}

/** What jsonc-parser reports, by `ParseErrorCode`, in words: its own messages are only codes. */
const WRONG = new Map<ParseError["error"], string>([
  [1, "there is a character or word that JSON does not have"],
  [2, "a number is malformed"],
  [3, "a property name in double quotes is expected"],
  [4, "a value is expected"],
  [5, "a colon is expected"],
  [6, "a comma is expected"],
  [7, "a closing brace is expected"],
  [8, "a closing bracket is expected"],
  [9, "the file goes on after its value"],
  [11, "a comment is not closed"],
  [12, "a string is not closed"],
  [13, "a number breaks off"],
  [14, "a `\\u` escape is malformed"],
  [15, "an escape is malformed"],
  [16, "a control character must be escaped"],
]);

export function lowerJson(text: string): Content {
  const reader = new JsonReader(text);
  try {
    visit(text.replace(/^\uFEFF/, " "), reader.visitor, { allowTrailingComma: true, allowEmptyContent: true });
  } catch {
    // The parser recurses; what it read before the stack ran out is kept.
    addProblem(reader.problems, text, [0, text.length], `the file is ${TOO_DEEP}`, "Nest it less.");
  }
  return reader.finish();
}

class JsonReader {
  readonly problems: Problem[] = [];
  private readonly comments: Comment[] = [];
  private readonly frames: Frame[] = [];
  private readonly budget = new Budget();
  private data: Expression | null = null;
  /** Containers open below the deepest level we keep. */
  private skipped = 0;

  constructor(private readonly text: string) {}

  readonly visitor: JSONVisitor = {
    onObjectBegin: (offset, length) => {
      this.open({ kind: "map", range: [offset, offset + length], entries: [] });
    },
    onObjectEnd: (offset, length) => {
      this.close("map", offset + length);
    },
    onArrayBegin: (offset, length) => {
      this.open({ kind: "list", range: [offset, offset + length], items: [] });
    },
    onArrayEnd: (offset, length) => {
      this.close("list", offset + length);
    },
    onObjectProperty: (_name, offset, length) => {
      const frame = this.frames.at(-1);
      if (this.skipped === 0 && frame) frame.key = decodeJsonString(this.text, [offset, offset + length]);
    },
    onLiteralValue: (value: unknown, offset, length) => {
      if (this.skipped === 0) this.attach(this.scalar(value, [offset, offset + length]));
    },
    onComment: (offset, length) => {
      this.comments.push({ range: [offset, offset + length], text: this.text.slice(offset, offset + length) });
    },
    onError: (error, offset, length) => {
      const wrong = WRONG.get(error) ?? "the JSON is malformed";
      addProblem(this.problems, this.text, [offset, offset + length], wrong, "Correct it; the rest of the file was read.");
    },
  };

  finish(): Content {
    for (const frame of this.frames) endAt(frame.node, this.text.length);
    this.closeEntries();
    return { data: this.data, problems: this.problems, comments: this.comments };
  }

  private scalar(value: unknown, range: Range): Expression {
    if (typeof value === "string") return interpolate(decodeJsonString(this.text, range));
    if (typeof value === "number") return numberNode(range, value);
    return { kind: "literal", range, value: typeof value === "boolean" ? value : null };
  }

  private open(node: Frame["node"]): void {
    if (this.skipped > 0 || this.frames.length >= MAX_DEPTH) {
      if (this.skipped === 0) this.attach(unknown(node.range, TOO_DEEP));
      this.skipped++;
      return;
    }
    if (this.attach(node)) this.frames.push({ node, key: null });
    else this.skipped++;
  }

  private close(kind: Frame["node"]["kind"], end: number): void {
    if (this.skipped > 0) {
      this.skipped--;
      return;
    }
    // A container that the parser gave up on has no end of its own: it ends with the one around it.
    if (!this.frames.some((frame) => frame.node.kind === kind)) return;
    for (let frame = this.frames.pop(); frame; frame = this.frames.pop()) {
      endAt(frame.node, end);
      this.extendEntry(end);
      if (frame.node.kind === kind) return;
    }
  }

  /** Puts a value where it belongs; false when the budget is spent. */
  private attach(value: Expression): boolean {
    if (!this.budget.take()) {
      if (this.budget.spent && this.problems.every((problem) => !problem.message.includes(TOO_MANY)))
        addProblem(this.problems, this.text, value.range, `the file has ${TOO_MANY}`, "The rest was not read.");
      return false;
    }
    const frame = this.frames.at(-1);
    if (!frame) {
      this.data ??= value;
    } else if (frame.node.kind === "list") {
      frame.node.items.push(value);
    } else if (frame.key) {
      const { key } = frame;
      frame.key = null;
      frame.node.entries.push({ kind: "value", range: [key.range[0], value.range[1]], key, value });
    }
    return true;
  }

  private extendEntry(end: number): void {
    const entry = lastEntry(this.frames.at(-1)?.node);
    if (entry) entry.range = [entry.range[0], end];
  }

  private closeEntries(): void {
    for (const frame of this.frames.slice(0, -1)) {
      const entry = lastEntry(frame.node);
      if (entry) entry.range = [entry.range[0], this.text.length];
    }
  }
}

function endAt(node: Frame["node"], end: number): void {
  node.range = [node.range[0], end];
}

function lastEntry(node: Frame["node"] | undefined): MapEntry | undefined {
  return node?.kind === "map" ? node.entries.at(-1) : undefined;
}
