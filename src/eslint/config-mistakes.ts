/**
 * A config with mistakes is told at their places where ESLint reads the config itself, and once elsewhere: in the first
 * file that it concerns, not in each of a run. A file that is linted again later is open in an editor, and has it too.
 */
import path from "node:path";
import type { ConfigError } from "../config/document.js";
import type { Range } from "../lower/form.js";
import { holdsConfig, locate, withText, type FileRoot, type Where } from "./root-of.js";

export interface Told {
  message: string;
  /** In the linted file; null for its top. */
  range: Range | null;
}

/** @param concerned Whether the file has a part in the project: others keep silent. */
export function mistakesIn(text: string, where: Where, concerned: boolean): Told[] {
  const located = locate(where);
  const { file, saved } = located;
  if (holdsConfig(file, text, saved)) {
    if (saved.mistakes.length > 0) isTeller(saved, file);
    return withText(located, text).mistakes.map((one) => ({ message: sentence(one), range: one.range }));
  }
  const [first, ...others] = saved.mistakes;
  if (first === undefined || !concerned || !isTeller(saved, file)) return [];
  const name = path.relative(where.cwd, first.file).split(path.sep).join("/");
  const place = `${name}:${String(first.line)}:${String(first.column)}`;
  const more = others.length === 0 ? "" : ` (and ${String(others.length)} more)`;
  return [
    {
      message: `${place}: ${sentence(first)}${more} Until it is mended, the project is judged without it.`,
      range: null,
    },
  ];
}

function sentence({ message, help }: ConfigError): string {
  return help === null ? message : `${message} ${help}`;
}

interface Telling {
  first: string;
  /** In which turn each file was first linted. */
  turns: Map<string, number>;
}

/** By the state of the config: an edit of it makes another. */
const tellings = new WeakMap<FileRoot, Telling>();

function isTeller(saved: FileRoot, file: string): boolean {
  const now = currentTurn();
  const telling = tellings.get(saved) ?? { first: file, turns: new Map<string, number>() };
  tellings.set(saved, telling);
  const turn = telling.turns.get(file) ?? now;
  telling.turns.set(file, turn);
  return telling.first === file || turn !== now;
}

let turn = 0;
let over = true;

/** The passes of one `--fix` follow each other without a pause: they are one turn. */
function currentTurn(): number {
  if (over) {
    over = false;
    turn++;
    queueMicrotask(() => {
      over = true;
    });
  }
  return turn;
}
