/**
 * Marks in generated code: they say which characters the known answer means, and are taken out when a file is written.
 * So a generator never counts lines and columns, and no formatting can make its answer wrong.
 */

export type Mark =
  /** A whole list as somebody wrote it. */
  | { kind: "list"; request: number }
  /** The characters of one scope. */
  | { kind: "token"; request: number; scope: string }
  /** A part that cannot be known. */
  | { kind: "unknown"; request: number }
  /** Where all requests of the project go to Klaviyo. */
  | { kind: "site" }
  /** An API call. */
  | { kind: "call"; operation: string; method: string; auth: string };

export interface Placed {
  mark: Mark;
  file: string;
  start: string;
  end: string;
}

// Private use characters: an opening and a closing one, each before the number of its mark.
const OPEN = "\uE000";
const CLOSE = "\uE001";
const FIRST = 0xe100;
const ANY = new RegExp(`[${OPEN}${CLOSE}]([\uE100-\uF8FF])`, "g");

export class Marks {
  readonly #marks: Mark[] = [];

  /** The text with a mark around it. */
  around(mark: Mark, text: string): string {
    const number = String.fromCharCode(FIRST + this.#marks.length);
    this.#marks.push(mark);
    return `${OPEN}${number}${text}${CLOSE}${number}`;
  }

  /** Takes the marks out of a file's text and says where each was, as `line:column`. */
  read(file: string, marked: string): { text: string; placed: Placed[] } {
    const placed: Placed[] = [];
    const starts = new Map<number, string>();
    let text = "";
    let from = 0;
    for (const match of marked.matchAll(ANY)) {
      text += marked.slice(from, match.index);
      from = match.index + match[0].length;
      const number = match[0].charCodeAt(1) - FIRST;
      if (match[0].startsWith(OPEN)) {
        starts.set(number, positionAtEnd(text));
        continue;
      }
      const mark = this.#marks[number];
      const start = starts.get(number);
      if (mark === undefined || start === undefined) throw new Error("A mark was closed that is not open.");
      placed.push({ mark, file, start, end: positionAtEnd(text) });
    }
    return { text: text + marked.slice(from), placed };
  }
}

function positionAtEnd(text: string): string {
  const line = text.split("\n").length;
  return `${String(line)}:${String(text.length - text.lastIndexOf("\n"))}`;
}
