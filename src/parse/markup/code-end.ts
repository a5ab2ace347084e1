import { afterRegex, afterString, afterTemplateText, startsRegex } from "../nesting.js";
import type { Span } from "./types.js";

const TOKEN = /\/\/.*|\/\*|["'`]|=>|<\/|\/>|[()[\]{}]|\/|[\w$]+|\S/g;

/** Where the code from `from` on meets the `}` that its braces leave over; -1 where nothing closes it. */
export function braceEnd(text: string, from: number): number {
  /** For each open brace whether it is the `${` of a template. */
  const braces: boolean[] = [];
  let previous = "";
  const token = new RegExp(TOKEN);
  token.lastIndex = from;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match;
    if (found.startsWith("//")) continue;
    if (found === "/*") {
      const close = text.indexOf("*/", token.lastIndex);
      if (close < 0) return -1;
      token.lastIndex = close + 2;
      continue;
    }
    if (startsString(text, found, match.index)) token.lastIndex = afterString(text, found, token.lastIndex);
    if (found === "/" && startsRegex(previous)) token.lastIndex = afterRegex(text, token.lastIndex);
    let inTemplate = found === "`";
    if (found === "{") braces.push(false);
    if (found === "}") {
      const opened = braces.pop();
      if (opened === undefined) return match.index;
      inTemplate = opened;
    }
    if (inTemplate) {
      token.lastIndex = afterTemplateText(text, token.lastIndex);
      if (text.startsWith("${", token.lastIndex - 2)) braces.push(true);
    }
    previous = found;
  }
  return -1;
}

/** The apostrophe of `don't`, in the text of JSX, starts none. */
function startsString(text: string, token: string, at: number): boolean {
  return (token === '"' || token === "'") && !/\w/.test(text.charAt(at - 1));
}

/** The last `as` or `then` that stands outside of all brackets and strings of the code; null where there is none. */
export function lastWord(text: string, [start, end]: Span, word: string): Span | null {
  let depth = 0;
  let found: Span | null = null;
  const token = new RegExp(TOKEN);
  token.lastIndex = start;
  for (let match = token.exec(text); match && match.index < end; match = token.exec(text)) {
    const [piece] = match;
    if (startsString(text, piece, match.index)) token.lastIndex = afterString(text, piece, token.lastIndex);
    else if (piece === "`") token.lastIndex = afterTemplateText(text, token.lastIndex);
    else if (/^[([{]$/.test(piece)) depth++;
    else if (/^[)\]}]$/.test(piece)) depth--;
    else if (piece === word && depth === 0) found = [match.index, match.index + word.length];
  }
  return found;
}
