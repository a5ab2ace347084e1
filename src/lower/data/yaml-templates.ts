/**
 * Template actions in YAML (Helm and Jinja `{{ … }}`, `{% … %}`, GitHub `${{ … }}`) are hidden from the YAML parser, to
 * which they would be flow maps or errors: each character of an action becomes `MASK`, line breaks stay, and lines that
 * hold only actions become blank. Offsets do not change, so the original text is there to read the action from.
 */

/** A private-use character: printable to YAML, and nothing that configuration is written with. */
export const MASK = "\uE000";

interface Action {
  start: number;
  end: number;
  /** Stands for text (`{{ }}`), as opposed to a statement (`{% %}`). */
  output: boolean;
  github: boolean;
}

/** The text with its actions hidden; the text itself where it has none. */
export function maskActions(text: string): string {
  if (text.includes(MASK)) return text;
  const actions = findActions(text);
  if (actions.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < actions.length; i++) {
    const first = actions[i];
    if (!first) break;
    // Actions that follow each other on one line are judged together.
    let last = first;
    let github = first.github;
    for (let next = actions[i + 1]; next && onlyBlanks(text, last.end, next.start); next = actions[i + 1]) {
      last = next;
      github ||= next.github;
      i++;
    }
    const alone = !github && isLineStart(text, first.start) && isLineEnd(text, last.end);
    parts.push(text.slice(from, first.start), replaced(text.slice(first.start, last.end), alone ? " " : MASK));
    from = last.end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

function replaced(action: string, filler: string): string {
  return action.replace(/[^\r\n]/g, filler);
}

function findActions(text: string): Action[] {
  const actions: Action[] = [];
  let i = 0;
  while (i < text.length) {
    const open = nextOpening(text, i);
    if (open === -1) break;
    const output = text[open + 1] === "{";
    const close = text.indexOf(output ? "}}" : "%}", open + 2);
    if (close === -1) break;
    const github = output && text[open - 1] === "$";
    actions.push({ start: github ? open - 1 : open, end: close + 2, output, github });
    i = close + 2;
  }
  return actions;
}

function nextOpening(text: string, from: number): number {
  for (let i = text.indexOf("{", from); i !== -1; i = text.indexOf("{", i + 1))
    if (text[i + 1] === "{" || text[i + 1] === "%") return i;
  return -1;
}

function onlyBlanks(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (text[i] !== " " && text[i] !== "\t") return false;
  return true;
}

function isLineStart(text: string, offset: number): boolean {
  let i = offset - 1;
  while (i >= 0 && (text[i] === " " || text[i] === "\t")) i--;
  return i < 0 || text[i] === "\n" || text[i] === "\r";
}

function isLineEnd(text: string, offset: number): boolean {
  let i = offset;
  while (i < text.length && (text[i] === " " || text[i] === "\t")) i++;
  return i >= text.length || text[i] === "\n" || text[i] === "\r";
}
