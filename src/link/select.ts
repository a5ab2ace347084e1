/**
 * The prefilter: which files can matter. From those whose text or path says Klaviyo to what they import, to who imports
 * them, and to what sets the environment they read. It may take too many files, never too few.
 */
import { mentionsKlaviyo, namesSetIn, specifiersIn, upperNamesIn } from "../source/scan.js";
import { kindOf } from "../source/kinds.js";
import type { Resolve } from "./resolver.js";

export interface Candidate {
  file: string;
  text: string;
  /** Code may import; data files are linked by names. */
  code: boolean;
}

export interface SelectOptions {
  /** Words besides Klaviyo's name that make a file matter, such as the helpers of the config. */
  words: readonly string[];
  /** Files that matter whatever they say. */
  files: ReadonlySet<string>;
  resolve: Resolve;
}

interface Scan {
  specifiers: string[];
  state: boolean;
}

/** Takes each file's text once, data files before code, and keeps little of it. */
export class Selector {
  readonly #seeds = new Set<string>();
  readonly #code = new Map<string, Scan>();
  /** Names that data files set, for those that do not say Klaviyo. */
  readonly #settings = new Map<string, ReadonlySet<string>>();
  /** What configuration calls values of Klaviyo's. */
  readonly #names = new Set<string>();

  constructor(private readonly options: SelectOptions) {}

  /** @returns Whether the file matters by itself. Data files come before code. */
  add({ file, text, code }: Candidate): boolean {
    const seed = code ? this.#addCode(file, text) : this.#addData(file, text);
    if (seed) this.#seeds.add(file);
    return seed;
  }

  #addData(file: string, text: string): boolean {
    if (mentionsKlaviyo(text)) for (const name of namesAround(file, text)) this.#names.add(name);
    if (mentionsKlaviyo(text) || this.#matters(file, text) || kindOf(file) === "env") return true;
    const names = settingNames(text);
    if ([...names].some((name) => name.includes("SCOPE"))) return true;
    if (names.size > 0) this.#settings.set(file, names);
    return false;
  }

  #addCode(file: string, text: string): boolean {
    this.#code.set(file, { specifiers: [...specifiersIn(text)], state: hasModuleState(text) });
    return mentionsKlaviyo(text) || this.#matters(file, text) || this.#saysName(text);
  }

  #saysName(text: string): boolean {
    return this.#names.size > 0 && [...upperNamesIn(text)].some((name) => this.#names.has(name));
  }

  #matters(file: string, text: string): boolean {
    return (
      mentionsKlaviyo(file) ||
      this.options.files.has(file) ||
      this.options.words.some((word) => text.includes(word))
    );
  }

  /** All code that matters, and the data files that matter by themselves or are imported. */
  select(): Set<string> {
    const imports = new Map<string, string[]>();
    const importers = new Map<string, string[]>();
    if (this.#seeds.size > 0) {
      for (const [file, { specifiers }] of this.#code) {
        const targets = specifiers.flatMap((specifier) => this.options.resolve(file, specifier) ?? []);
        imports.set(file, targets);
        for (const target of targets) {
          const known = importers.get(target);
          if (known === undefined) importers.set(target, [file]);
          else known.push(file);
        }
      }
    }
    return spread(this.#seeds, imports, importers, (file) => this.#code.get(file)?.state === true);
  }

  /** Data files that set one of these names, and do not matter by themselves. */
  settersOf(names: ReadonlySet<string>): string[] {
    return [...this.#settings]
      .filter(([, set]) => [...set].some((name) => names.has(name)))
      .map(([file]) => file);
  }
}

/** Up from what matters to who imports it; down from all to what is imported; up again where a module keeps state. */
function spread(
  seeds: ReadonlySet<string>,
  imports: ReadonlyMap<string, readonly string[]>,
  importers: ReadonlyMap<string, readonly string[]>,
  keepsState: (file: string) => boolean,
): Set<string> {
  const files = new Set<string>();
  const upward = new Set<string>(seeds);
  const work = [...upward];
  for (let file = work.pop(); file !== undefined; file = work.pop()) {
    files.add(file);
    for (const target of imports.get(file) ?? []) {
      if (files.has(target)) continue;
      files.add(target);
      if (keepsState(target)) upward.add(target);
      work.push(target);
    }
    if (!upward.has(file)) continue;
    for (const importer of importers.get(file) ?? []) {
      if (upward.has(importer)) continue;
      upward.add(importer);
      work.push(importer);
    }
  }
  return files;
}

/** A variable of the module may be set from elsewhere: imports alone do not tell what reaches it. */
function hasModuleState(text: string): boolean {
  return /^(?:export )?(?:let|var) /m.test(text);
}

/** Names that nearly every project has, for other things. */
const COMMON = new Set([
  ...["NODE_ENV", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"],
  ...["JSON", "HTTP", "HTTPS", "TODO", "API", "URL", "UTF", "UTC", "ID"],
]);

/** What environment variables may be called in a text. */
export function settingNames(text: string): Set<string> {
  const names = upperNamesIn(text);
  for (const name of COMMON) names.delete(name);
  return names;
}

/** Kubernetes, Terraform and Compose write a variable's name some lines before its value. */
const NEAR_LINES = 3;

/** What a configuration that speaks of Klaviyo calls the values around it: `CRM_URL=https://a.klaviyo.com`. */
function namesAround(file: string, text: string): string[] {
  const before = kindOf(file) === "env" ? 0 : NEAR_LINES;
  const lines = text.split(/\r\n|\r|\n/);
  const near = new Set<number>();
  lines.forEach((line, number) => {
    if (!mentionsKlaviyo(line)) return;
    for (let i = number - before; i <= number + Math.min(1, before); i++) near.add(i);
  });
  return [...near].flatMap((number) => namesSetIn(lines[number] ?? ""));
}
