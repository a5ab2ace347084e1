/**
 * The prefilter: which files can matter. From those whose text or path says Klaviyo to what they import, to who imports
 * them, and to what sets the environment they read. It may take too many files, never too few.
 */
import {
  dataFilesIn,
  exportedIn,
  identifiersIn,
  mentionsKlaviyo,
  namesSetIn,
  specifiersIn,
  upperNamesIn,
} from "../source/scan.js";
import { kindOf } from "../source/kinds.js";
import { spokenIn } from "../source/other-code.js";
import { defaultName, type AutoImports } from "./auto-imports.js";
import type { Resolve } from "./resolver.js";
import { addTo } from "../source/multimap.js";

/**
 * What a text says for the selection, and no more: plain JSON that depends on the path, the text and the options alone,
 * so that it can be kept while the file does not change. Names are hashes: two that meet take a file too many, and no
 * name of somebody's environment is kept.
 */
export interface Scan {
  /** Code may import; data files are linked by names. */
  code: boolean;
  /** Matters whatever other files say. */
  seed: boolean;
  /** What code may import. */
  specifiers: string[];
  /** Whether a variable of the module may be set from elsewhere. */
  state: boolean;
  /**
   * Upper-case names in code, and data files that it reads; names that a data file sets and its own, unless it
   * matters by itself.
   */
  names: number[];
  /** What a data file calls values of Klaviyo's, and its own name. */
  around: number[];
  /** Whether it hands something down to components that do not import it, and whether it takes such a thing. */
  hands: boolean;
  takes: boolean;
  /** Whether code may set variables for what it starts or deploys, as data files do. */
  sets: boolean;
  /** Where names need no import, all names in code; null elsewhere. */
  said: number[] | null;
  /** How a file offers names there: by what it exports, or as a plugin that provides them; null for most files. */
  offers: "exports" | "plugin" | null;
  /** What it offers; null for `export *`, which may be anything. */
  offered: number[] | null;
}

/** What the config says of the selection. */
export interface SeedOptions {
  /** Words besides Klaviyo's name that make a file matter, such as the helpers of the config. */
  words: readonly string[];
  /** Files that matter whatever they say. */
  files: ReadonlySet<string>;
}

export interface ScanOptions extends SeedOptions {
  autoImports: AutoImports;
}

/** Files that frameworks read by their place, so that nothing imports them: Nuxt's, Next's, Astro's and node-config's. */
const READ_BY_PLACE =
  /(?:^|\/)(?:(?:nuxt|next|astro|app)\.config\.[cm]?[jt]s|config\/[\w.-]+\.(?:json5?|ya?ml|toml|[cm]?[jt]s))$/;
const SAYS_SCOPES = /[a-z]:(?:read|write)\b/i;

/** What a file's text says for the selection. */
export function scanText(file: string, text: string, options: ScanOptions): Scan {
  const says =
    mentionsKlaviyo(text) ||
    mentionsKlaviyo(file) ||
    options.files.has(file) ||
    (READ_BY_PLACE.test(file) && SAYS_SCOPES.test(text)) ||
    options.words.some((word) => text.includes(word));
  const kind = kindOf(file);
  if (kind === "other") return scanOther(text);
  return kind === "code" ? scanCode(file, text, says, options.autoImports) : scanData(file, text, says);
}

/** `provide(key, shop)` and `setContext` of Vue and Svelte, `Vue.prototype.$shop = …`. */
const HANDS = /\b(?:provide|setContext)\s*\(|\b(?:prototype|globalProperties)\.\$/;
const TAKES = /\b(?:inject|getContext)\s*[(<]|\bthis\.\$/;

/** Code that sets variables for others by its place: pm2's, SST's and Next's. */
const SETS_BY_PLACE = /(?:^|\/)(?:ecosystem|pm2|sst|next)\.config\.[cm]?[jt]s$/;
/** And by its keys: `environment: {` of a stack. */
const SETS = /\b(?:extra)?env(?:ironment)?_?(?:var(?:iable)?s)?["']?\s{0,20}:\s{0,20}\{/i;

function scanCode(file: string, text: string, seed: boolean, autoImports: AutoImports): Scan {
  return {
    code: true,
    seed,
    specifiers: [...specifiersIn(text)].map(detached),
    state: hasModuleState(text),
    hands: HANDS.test(text),
    takes: TAKES.test(text),
    sets: SETS_BY_PLACE.test(file) || (SAYS_SCOPES.test(text) && SETS.test(text)),
    names: [...upperNamesIn(text), ...dataFilesIn(text)].map(hash),
    around: [],
    said: autoImports.packageOf(file) === null ? null : [...identifiersIn(text)].map(hash),
    offers: offersOf(file, autoImports),
    offered: offeredBy(file, text, autoImports),
  };
}

const SAYS_NOTHING: Scan = {
  code: false,
  seed: false,
  specifiers: [],
  state: false,
  names: [],
  around: [],
  hands: false,
  takes: false,
  sets: false,
  said: null,
  offers: null,
  offered: [],
};

function scanData(file: string, text: string, says: boolean): Scan {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const around = mentionsKlaviyo(text) ? [...namesAround(file, text), name].map(hash) : [];
  const base = { ...SAYS_NOTHING, around };
  if (says || kindOf(file) === "env") return { ...base, seed: true, names: [] };
  const names = settingNames(text);
  if ([...names].some((name) => name.includes("SCOPE"))) return { ...base, seed: true, names: [] };
  return { ...base, seed: false, names: [...names, name].map(hash) };
}

/** Of code that is not read it matters whether it speaks to Klaviyo. */
function scanOther(text: string): Scan {
  const { api, authorize } = spokenIn(text);
  return { ...SAYS_NOTHING, seed: api !== null || authorize !== null };
}

/** Whether two scans of a file lead to the same selection. */
export function sameScan(a: Scan, b: Scan): boolean {
  return (
    a.seed === b.seed &&
    a.state === b.state &&
    a.hands === b.hands &&
    a.takes === b.takes &&
    a.sets === b.sets &&
    a.offers === b.offers &&
    sameList(a.specifiers, b.specifiers) &&
    sameList(a.names, b.names) &&
    sameList(a.around, b.around) &&
    sameList(a.said ?? [], b.said ?? []) &&
    (a.offered === null || b.offered === null ? a.offered === b.offered : sameList(a.offered, b.offered))
  );
}

/** Whether a kept scan has all that is asked of the file, whose names may have come to need no import by a config. */
export function isWhole(scan: Scan, file: string, autoImports: AutoImports): boolean {
  if (!scan.code) return true;
  return (
    (scan.said === null) === (autoImports.packageOf(file) === null) &&
    scan.offers === offersOf(file, autoImports)
  );
}

function offersOf(file: string, autoImports: AutoImports): Scan["offers"] {
  if (autoImports.isPlugin(file)) return "plugin";
  return autoImports.offeredTo(file) === null ? null : "exports";
}

function offeredBy(file: string, text: string, autoImports: AutoImports): number[] | null {
  const offers = offersOf(file, autoImports);
  if (offers === "plugin") return [...identifiersIn(text)].map((name) => hash(`$${name}`));
  if (offers === null) return [];
  const names = exportedIn(text);
  return names === null ? null : [...names, defaultName(file)].map(hash);
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

/** Holds each file's scan, and answers with the files that matter. */
export class Selector {
  readonly #scans = new Map<string, Scan>();
  /** What each file of code imports, while neither it nor the resolver changes. */
  readonly #targets = new Map<string, readonly string[]>();
  /** Names beside Klaviyo in the data files so far. */
  readonly #around = new Set<number>();

  constructor(
    private resolve: Resolve,
    private autoImports: AutoImports,
  ) {}

  /** @returns Whether the file matters by what is known so far: data files come before code. */
  add(file: string, scan: Scan): boolean {
    this.#scans.set(file, scan);
    this.#targets.delete(file);
    for (const name of scan.around) this.#around.add(name);
    return isSeed(scan, this.#around);
  }

  get(file: string): Scan | undefined {
    return this.#scans.get(file);
  }

  delete(file: string): void {
    this.#scans.delete(file);
    this.#targets.delete(file);
  }

  /** After files have come or gone, imports may lead elsewhere. */
  resolveWith(resolve: Resolve, autoImports: AutoImports): void {
    this.resolve = resolve;
    this.autoImports = autoImports;
    this.#targets.clear();
  }

  /** The files that matter. @param instead A scan to take in place of a file's own. */
  select(instead?: { file: string; scan: Scan }): Set<string> {
    const scans = instead === undefined ? this.#scans : new Map(this.#scans).set(instead.file, instead.scan);
    const around = new Set([...scans.values()].flatMap((scan) => scan.around));
    const seeds = new Set([...scans].filter(([, scan]) => isSeed(scan, around)).map(([file]) => file));
    if (seeds.size === 0) return seeds;
    const handing = [...scans].filter(([, { hands }]) => hands).map(([file]) => file);
    const bare = bareTargets(scans, this.autoImports);
    const imports = new Map<string, readonly string[]>();
    const importers = new Map<string, string[]>();
    for (const [file, scan] of scans) {
      if (!scan.code) continue;
      const written = file === instead?.file ? this.#resolveAll(file, scan) : this.#targetsOf(file, scan);
      const targets = [...written, ...bare(file, scan), ...(scan.takes ? handing : [])];
      imports.set(file, targets);
      for (const target of targets) {
        const known = importers.get(target);
        if (known === undefined) importers.set(target, [file]);
        else known.push(file);
      }
    }
    const selected = spread(seeds, imports, importers, (file) => scans.get(file)?.state === true);
    for (const file of settersOf(selected, scans)) selected.add(file);
    return selected;
  }

  #targetsOf(file: string, scan: Scan): readonly string[] {
    let targets = this.#targets.get(file);
    if (targets === undefined) {
      targets = this.#resolveAll(file, scan);
      this.#targets.set(file, targets);
    }
    return targets;
  }

  #resolveAll(file: string, { specifiers }: Scan): string[] {
    return specifiers.flatMap((specifier) => this.resolve(file, specifier) ?? []);
  }
}

/** Which files a file may name without an import. */
function bareTargets(
  scans: ReadonlyMap<string, Scan>,
  autoImports: AutoImports,
): (file: string, scan: Scan) => string[] {
  const anyName = new Map<string, string[]>();
  const byName = new Map<string, Map<number, string[]>>();
  const add = (folder: string, name: number, file: string): void => {
    const own = byName.get(folder) ?? new Map<number, string[]>();
    byName.set(folder, own);
    addTo(own, name, file);
  };
  for (const [file, { code, said, offered }] of scans) {
    const folder = code && said !== null ? autoImports.packageOf(file) : null;
    if (folder === null) continue;
    if (!byName.has(folder)) {
      byName.set(folder, new Map());
      for (const [name, target] of autoImports.declaredFor(file)) add(folder, hash(name), target.file);
    }
    if (offered === null) addTo(anyName, folder, file);
    else for (const name of offered) add(folder, name, file);
  }
  return (file, { said }) => {
    const folder = said === null ? null : autoImports.packageOf(file);
    if (folder === null || said === null) return [];
    const own = byName.get(folder);
    const found = new Set([...said.flatMap((name) => own?.get(name) ?? []), ...(anyName.get(folder) ?? [])]);
    found.delete(file);
    return [...found];
  };
}

function isSeed(scan: Scan, around: ReadonlySet<number>): boolean {
  return scan.seed || (scan.code && around.size > 0 && scan.names.some((name) => around.has(name)));
}

/** Files that set a name which selected code may read, and do not matter by themselves. */
function settersOf(selected: ReadonlySet<string>, scans: ReadonlyMap<string, Scan>): string[] {
  const read = new Set<number>();
  for (const file of selected) {
    const scan = scans.get(file);
    if (scan?.code === true) for (const name of scan.names) if (!COMMON_HASHES.has(name)) read.add(name);
  }
  return [...scans]
    .filter(([, scan]) => (!scan.code || scan.sets) && scan.names.some((name) => read.has(name)))
    .map(([file]) => file);
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

const COMMON_HASHES: ReadonlySet<number> = new Set([...COMMON].map(hash));

/** What environment variables may be called in a text. */
function settingNames(text: string): Set<string> {
  const names = upperNamesIn(text);
  for (const name of COMMON) names.delete(name);
  return names;
}

/** FNV-1a, 32 bits. */
function hash(name: string): number {
  let value = 0x81_1c_9d_c5;
  for (let at = 0; at < name.length; at++) value = Math.imul(value ^ name.charCodeAt(at), 0x01_00_01_93);
  return value >>> 0;
}

/** A copy that does not hold on to the text it was cut from, as V8's substrings do. */
function detached(part: string): string {
  return Buffer.from(part).toString();
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
