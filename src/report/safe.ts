/** Makes text of analyzed code harmless to print: names and lines may hold anything. */

// Controls (with ESC), format characters (with bidi overrides and zero-width ones), lone surrogates, line separators.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
const SHORT = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escapeVisibly(character: string): string {
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

function escapeForJson(character: string): string {
  if (character === "\n") return character; // Only the indentation has raw ones: strings escape them.
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}

/** One line of text in which every control, bidi or invisible character is spelled out: `\x1b`, `\u202e`. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, escapeVisibly);
}

/** JSON that reads back to the same value and holds no raw control, bidi or invisible character but its own newlines. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(INVISIBLE, escapeForJson);
}

/** `text` without lone surrogates, which UTF-8 and URIs cannot carry. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}

/** A relative path with `/` as a relative URI reference. */
export function pathToUri(path: string): string {
  return wellFormed(path).split("/").map(encodeURIComponent).join("/");
}

/** A line that GitHub's and Azure's runners would take for a command of ours; they skip spaces before it. */
const COMMAND = /^([^\S\n]*)(::|##)(?=[\w[-])/gmu;

/** Text for a log in which no line that quotes analyzed code is a command to the runner that reads it. */
export function noCommands(text: string): string {
  return text.replace(
    COMMAND,
    (_, space: string, mark: string) => `${space}${mark === "::" ? "\\x3a:" : "\\x23#"}`,
  );
}
