/** What commander leaves to us: where the command stands, and the values of options. */
import { existsSync } from "node:fs";
import path from "node:path";
import { InvalidArgumentError, type CommanderError } from "commander";
import { FORMAT_NAMES } from "./formats.js";
import { UserError } from "../api/errors.js";
import { didYouMean, nearest, quoted } from "../config/nearest.js";
import type { Command } from "commander";
import type { Level } from "../config/types.js";

/**
 * The arguments with the command's name first: `--root app scopes` means what `scopes --root app` does.
 * Commander hands everything after an unknown option to the default command.
 */
export function commandFirst(argv: readonly string[], program: Command): string[] {
  const names = new Set(commandNames(program));
  const at = firstWord(argv, program);
  const word = at === -1 ? undefined : argv[at];
  if (word === undefined || !names.has(word)) return [...argv];
  return [word, ...argv.slice(0, at), ...argv.slice(at + 1)];
}

/**
 * Commander takes a first word that is no command for a path of the default one.
 * @throws UserError where that word is neither, and near a command's name.
 */
export function refuseMistypedCommand(argv: readonly string[], program: Command, cwd: string): void {
  const at = firstWord(argv, program);
  const word = at === -1 ? undefined : argv[at];
  const names = commandNames(program);
  if (word === "help") refuseUnknownTopic(argv[at + 1], names);
  if (word === undefined || !/^[a-z]+$/iu.test(word) || names.includes(word)) return;
  if (existsSync(path.resolve(cwd, word))) return;
  const near = nearest(word, names);
  if (near === null) return;
  throw new UserError(`\`${word}\` is no command and no file.`, `Did you mean the command \`${near}\`?`);
}

/** Commander shows the help of the whole for a command that there is not. */
function refuseUnknownTopic(topic: string | undefined, names: readonly string[]): void {
  if (topic === undefined || topic.startsWith("-") || names.includes(topic)) return;
  throw new UserError(`There is no command ${quoted(topic)}.`, didYouMean(topic, names));
}

/** Some commands print their JSON with `--json`, those that have several formats with `--format json`; null for other mistakes. */
export function otherSpelling(
  { code, message }: CommanderError,
  argv: readonly string[],
  program: Command,
): string | null {
  if (code !== "commander.unknownOption") return null;
  const [name] = commandFirst(argv, program);
  const command =
    program.commands.find((one) => one.name() === name) ??
    program.commands.find((one) => one.name() === "audit");
  const has = (option: string): boolean =>
    command?.options.some(
      ({ long, argChoices }) => long === option && argChoices?.includes("json") !== false,
    ) === true;
  if (/'--format(?:=.*)?'/.test(message) && has("--json")) return "It prints JSON with --json.";
  return message.includes("'--json'") && has("--format") ? "It prints JSON with --format json." : null;
}

function commandNames(program: Command): string[] {
  return [...program.commands.map((command) => command.name()), "help"];
}

/** Index of the first argument that is neither an option nor an option's value; -1 if there is none. */
function firstWord(argv: readonly string[], program: Command): number {
  const options = program.commands.flatMap((command) => command.options);
  const takesValue = new Set(
    options
      .filter(({ required }) => required)
      .flatMap(({ long, short }) => [long, short].filter((name) => name !== undefined)),
  );
  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at] ?? "";
    if (argument === "--") return -1;
    if (!argument.startsWith("-")) return at;
    if (takesValue.has(argument)) at += 1;
  }
  return -1;
}

/** For a repeatable option whose values may also be joined with commas. */
export function listOf(value: string, before: readonly string[] = []): string[] {
  const values = value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  // As from a variable that is not set.
  if (values.length === 0) throw new InvalidArgumentError("It names none.");
  return [...before, ...values];
}

/** For a repeatable option. */
export function repeated(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** ESLint's numbers and other tools' words, and typos. */
function meantLevel(level: string): Level | null {
  const word = level.toLowerCase();
  const others: Record<string, Level> = {
    "0": "off",
    "1": "warn",
    "2": "error",
    none: "off",
    warning: "warn",
  };
  return (
    (Object.hasOwn(others, word) ? others[word] : undefined) ??
    LEVELS.find((one) => one === nearest(word, LEVELS)) ??
    null
  );
}

const LEVELS: readonly Level[] = ["off", "warn", "error"];

/** `name=level` */
export function ruleLevel(value: string, before: readonly [string, Level][] = []): [string, Level][] {
  const at = value.indexOf("=");
  const level = value.slice(at + 1);
  if (at < 1 || (level !== "off" && level !== "warn" && level !== "error")) {
    const near = at < 1 ? null : meantLevel(level);
    const hint = near === null ? "" : ` Did you mean ${value.slice(0, at)}=${near}?`;
    throw new InvalidArgumentError(`Write it as name=level, with the level off, warn or error.${hint}`);
  }
  return [...before, [value.slice(0, at), level]];
}

/** `format=file` */
export function formatFile(
  value: string,
  before: readonly { format: string; file: string }[] = [],
): { format: string; file: string }[] {
  const at = value.indexOf("=");
  if (at < 1 || at === value.length - 1)
    throw new InvalidArgumentError(`Write it as format=file, with the format ${FORMAT_NAMES.join(", ")}.`);
  const [format, file] = [value.slice(0, at), value.slice(at + 1)];
  const other = before.find((one) => path.normalize(one.file) === path.normalize(file));
  if (other !== undefined && other.format !== format)
    throw new InvalidArgumentError(`The same file is to hold ${other.format}.`);
  return [...before, { format, file }];
}

/** `i/n` */
export function shardOf(value: string): { index: number; count: number } {
  const [, index, count] = (/^(\d{1,9})\/(\d{1,9})$/.exec(value) ?? []).map(Number);
  if (index === undefined || count === undefined || index < 1 || index > count) {
    throw new InvalidArgumentError("Write it as i/n, from 1/n to n/n.");
  }
  return { index, count };
}

/** A whole number, not below zero. */
export function wholeNumber(value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !Number.isSafeInteger(number) || number < 0) {
    throw new InvalidArgumentError("It must be a whole number, not below zero.");
  }
  return number;
}
