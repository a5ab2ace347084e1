import type { TSESTree } from "@typescript-eslint/utils";
import { parseSync, type OxcError, type ParseResult, type ParserOptions } from "oxc-parser";

import { tooDeepAt } from "./nesting.js";

/** A place that could not be read, and why. */
export interface ParseProblem {
  range: readonly [start: number, end: number];
  message: string;
}

export interface ParsedJs {
  program: TSESTree.Program;
  comments: { value: string; range: readonly [number, number] }[];
  /** Syntax errors; what the parser could not recover from leaves the program empty. */
  problems: ParseProblem[];
}

type Attempt = Pick<ParserOptions, "lang" | "sourceType">;

/**
 * Parses JavaScript or TypeScript, by the file's extension: `.js` may hold JSX, `.ts` may not. A file that is no module
 * is read as CommonJS or as a script. Never throws for what is in the text; ranges are UTF-16 offsets into it.
 */
export function parseJs(file: string, text: string): ParsedJs {
  const deep = tooDeepAt(text);
  if (deep >= 0) return notParsed(file, { range: [deep, deep], message: "Nested too deeply to be parsed" });
  let best: ParseResult | null = null;
  for (const attempt of attemptsFor(file)) {
    const result = parseSync(file, text, { ...attempt, astType: "ts", range: true, preserveParens: false });
    if (!result.errors.some(isError)) return toParsed(result);
    if (!best || best.program.body.length === 0) best = result;
  }
  if (!best) throw new Error(`No way to parse ${file}`);
  return toParsed(best);
}

/** The ways to read the file, likeliest first. */
function attemptsFor(file: string): Attempt[] {
  const extension = /(?:\.d)?\.[^./]*$/.exec(file.toLowerCase())?.[0] ?? "";
  const script = { sourceType: "commonjs" } as const;
  const module = { sourceType: "module" } as const;
  switch (extension) {
    case ".ts":
    case ".mts":
    case ".cts":
      return [
        { lang: "ts", ...module },
        { lang: "ts", ...script },
      ];
    case ".tsx":
      return [
        { lang: "tsx", ...module },
        { lang: "tsx", ...script },
      ];
    case ".d.ts":
    case ".d.mts":
    case ".d.cts":
      return [{ lang: "dts", ...module }];
    case ".cjs":
      return [
        { lang: "jsx", ...script },
        { lang: "jsx", ...module },
      ];
    default:
      // Types in a `.js` file, Flow's among them, mostly read as TypeScript.
      return [
        { lang: "jsx", ...module },
        { lang: "jsx", ...script },
        { lang: "tsx", ...module },
      ];
  }
}

/** The parse of nothing, which keeps the problem. */
function notParsed(file: string, problem: ParseProblem): ParsedJs {
  return { ...toParsed(parseSync(file, "", { astType: "ts", range: true })), problems: [problem] };
}

function isError(error: OxcError): boolean {
  return error.severity.toString() === "Error";
}

function toParsed(result: ParseResult): ParsedJs {
  return {
    // The parser's own types differ from TSESTree in name only.
    program: result.program as unknown as TSESTree.Program,
    comments: result.comments.map(({ value, start, end }) => ({ value, range: [start, end] as const })),
    problems: result.errors.filter(isError).map(toProblem),
  };
}

function toProblem(error: OxcError): ParseProblem {
  const [label] = error.labels;
  return { range: label ? [label.start, label.end] : [0, 0], message: error.message };
}
