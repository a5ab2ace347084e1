/**
 * A config with mistakes is told at their places where ESLint reads the config itself, and once elsewhere: in the first
 * file that it concerns, not in each of a run. A file that is linted again later is open in an editor, and has it too.
 */
import type { Picture } from "../audit/picture.js";
import type { ConfigError } from "../config/document.js";
import type { Range } from "../lower/form.js";
import { holdsConfig, locate, withText, type FileRoot, type Where } from "./root-of.js";
import { seenFrom } from "../config/paths.js";

export interface Told {
  message: string;
  /** In the linted file; null for its top. */
  range: Range | null;
}

const MUTES = /\b(?:eslint|oxlint)-disable(?![-\w])/;

/** @param picture What the file is judged by; null where it has no part in the project: it keeps silent then. */
export function mistakesIn(text: string, where: Where, picture: Picture | null): Told[] {
  const located = locate(where);
  const { file, saved } = located;
  if (holdsConfig(file, text, saved)) {
    const mistakes = [...withText(located, text).mistakes, ...lostPointers(picture)];
    if (mistakes.length > 0) isTeller(saved, file);
    return mistakes.map((one) => ({ message: sentence(one), range: one.range }));
  }
  if (picture === null) return [];
  const broken = saved.mistakes.length > 0;
  const [first, ...others] = broken ? saved.mistakes : lostPointers(picture);
  // A file whose comments mute our rules would tell nobody.
  if (first === undefined || MUTES.test(text) || !isTeller(saved, file)) return [];
  const name = seenFrom(where.cwd, first.file);
  const place = `${name}:${String(first.line)}:${String(first.column)}`;
  const more = others.length === 0 ? "" : ` (and ${String(others.length)} more)`;
  const effect = broken ? " Until it is mended, the project is judged without it." : "";
  return [{ message: `${place}: ${sentence(first)}${more}${effect}`, range: null }];
}

/** A `configured` that leads nowhere: nothing is compared with it, which must not go unsaid. */
function lostPointers(picture: Picture | null): ConfigError[] {
  const config = picture?.config ?? null;
  if (picture === null || config === null || picture.configFile === null) return [];
  const { configFile } = picture;
  const sources =
    config.apps.length === 0
      ? [config.configured]
      : config.apps.map(({ configured }) => configured ?? config.configured);
  const lost = sources.filter((_, at) => picture.apps[at]?.configured === null);
  return [...new Set(lost)].flatMap((source): ConfigError[] => {
    if (source?.kind !== "file") return [];
    const message = `\`${source.file}\` has no list of scopes under \`${source.key}\`, so nothing is compared with the configured set.`;
    const at = picture.position(configFile, source.range[0]);
    return [{ file: config.file, range: source.range, ...at, message, help: null }];
  });
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
