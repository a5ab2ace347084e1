/** The options of `audit`, which a caller without types may misspell: a slip must not change what is audited in silence. */
import { asQuestion, meant, quoted } from "../config/nearest.js";
import { LEVELS } from "../config/levels.js";
import { UserError } from "./errors.js";
import type { AuditOptions } from "./audit.js";

type Check = readonly [wanted: string, holds: (value: unknown) => boolean];

const TEXT: Check = ["a string", (value) => typeof value === "string"];
const TEXTS: Check = [
  "an array of strings",
  (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
];
const CONFIDENCE: Check = ['"low" or "high"', (value) => value === "low" || value === "high"];
const FLAG: Check = ["true or false", (value) => typeof value === "boolean"];
const RULES: Check = [
  'an object of rule names with "off", "warn" or "error"',
  (value) => isObject(value) && Object.values(value).every((level) => LEVELS.some((one) => one === level)),
];

const OPTIONS: Readonly<Record<keyof AuditOptions, Check>> = {
  cwd: TEXT,
  root: TEXT,
  config: TEXT,
  paths: TEXTS,
  rules: RULES,
  minConfidence: CONFIDENCE,
  cache: FLAG,
  facts: TEXTS,
};

/** @throws UserError for an option that there is not, and for a value of another kind. */
export function checkOptions(options: unknown): void {
  if (!isObject(options)) {
    throw new UserError("The options of `audit` must be an object.", 'Such as { root: "." }.');
  }
  const known = new Map(Object.entries<Check>(OPTIONS));
  for (const [name, value] of Object.entries(options)) {
    const check = known.get(name);
    if (check === undefined) {
      const names = [...known.keys()];
      throw new UserError(
        `\`audit\` has no option ${quoted(name)}.`,
        asQuestion(meant(name, names)) ?? `Its options are ${names.join(", ")}.`,
      );
    }
    const [wanted, holds] = check;
    if (value !== undefined && !holds(value)) {
      throw new UserError(`The option \`${name}\` of \`audit\` must be ${wanted}.`);
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
