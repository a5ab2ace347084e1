/** The code of a small project while it is composed: files that import from each other, written in one random style. */
import { Marks, type Placed } from "./marks.js";
import type { Random } from "./random.js";

export interface Style {
  language: "ts" | "js";
  modules: "esm" | "cjs";
  quote: '"' | "'";
  semicolons: boolean;
  /** How TypeScript and CommonJS name the file of a relative import. */
  extension: boolean;
}

/** Names that say nothing of Klaviyo. */
const NAMES: Readonly<Record<NameKind, readonly string[]>> = {
  value: [
    "SCOPES",
    "perms",
    "wanted",
    "access",
    "grants",
    "PERMISSIONS",
    "needed",
    "list",
    "ALL",
    "items",
    "rights",
  ],
  object: ["cfg", "settings", "options", "CONFIG", "oauth", "data", "env", "defaults", "table"],
  function: [
    "start",
    "connect",
    "begin",
    "install",
    "authorize",
    "link",
    "build",
    "make",
    "load",
    "resolve",
    "prepare",
  ],
  class: ["Connector", "OAuthFlow", "Handler", "Settings", "Base", "Manager", "Store"],
  file: [
    "constants",
    "settings",
    "oauth",
    "auth",
    "permissions",
    "flow",
    "config",
    "install",
    "routes",
    "service",
    "handlers",
    "setup",
    "main",
  ],
};

const FOLDERS = ["src", "src/lib", "src/server", "app", "src/integrations"];

export type NameKind = "value" | "object" | "function" | "class" | "file";

export class Project {
  readonly marks = new Marks();
  readonly style: Style;
  readonly #files = new Map<string, SourceFile | string>();
  readonly #taken = new Set<string>();

  constructor(
    readonly random: Random,
    style: Partial<Style> = {},
  ) {
    const language = random.chance(0.6) ? "ts" : "js";
    this.style = {
      language,
      modules: language === "js" && random.chance(0.4) ? "cjs" : "esm",
      quote: random.chance(0.5) ? '"' : "'",
      semicolons: random.chance(0.8),
      extension: random.chance(0.5),
      ...style,
    };
  }

  get isTypeScript(): boolean {
    return this.style.language === "ts";
  }

  /** A type annotation, where the project is in TypeScript. */
  typed(type: string): string {
    return this.isTypeScript ? `: ${type}` : "";
  }

  /** A name that is not taken yet in the whole project. */
  name(kind: NameKind): string {
    const base = this.random.pick(NAMES[kind]);
    let name = base;
    for (let count = 2; this.#taken.has(name); count++) name = base + String(count);
    this.#taken.add(name);
    return name;
  }

  /** A new source file. */
  file(extension = "", folder = this.random.pick(FOLDERS)): SourceFile {
    const suffix = `${this.style.language}${extension}`;
    const file = new SourceFile(this, `${folder}/${this.name("file")}.${suffix}`);
    this.#files.set(file.path, file);
    return file;
  }

  /** A file that is no code of the project's style: JSON, `.env`, or code as it stands. */
  write(path: string, text: string): void {
    this.#files.set(path, text);
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** The files as they are written, and the places of the marks. */
  finish(): { files: Record<string, string>; placed: Placed[] } {
    const files: Record<string, string> = {};
    const placed: Placed[] = [];
    for (const [path, content] of this.#files) {
      const read = this.marks.read(path, typeof content === "string" ? content : content.text());
      files[path] = read.text;
      placed.push(...read.placed);
    }
    return { files, placed };
  }
}

/** One code file. Statements are written with `"` and `;`; the project's style is put on at the end. */
export class SourceFile {
  readonly #imports: string[] = [];
  readonly #statements: string[] = [];
  readonly #exports: { local: string; as: string }[] = [];
  readonly #reExports: string[] = [];
  #default: string | null = null;

  constructor(
    readonly project: Project,
    readonly path: string,
  ) {}

  add(...statements: string[]): void {
    this.#statements.push(...statements);
  }

  /** Declares a constant and gives its name. */
  constant(value: string, type: string | null = null): string {
    const name = this.project.name("value");
    this.add(`const ${name}${type === null ? "" : this.project.typed(type)} = ${value};`);
    return name;
  }

  export(local: string, as = local): void {
    if (!this.#exports.some((one) => one.as === as)) this.#exports.push({ local, as });
  }

  exportDefault(code: string): void {
    this.#default = code;
  }

  /** An export of another file's: `export { a as b } from "./x"`, `export * from "./x"`. */
  reExport(what: string, from: SourceFile): void {
    this.#reExports.push(`export ${what} from "${this.specifier(from.path)}";`);
  }

  /** Imports a package or a file by a written specifier. */
  importFrom(source: string, names: { named?: string; whole?: string; namespace?: string }): void {
    const { named, whole, namespace } = names;
    const local = named ?? whole ?? `* as ${String(namespace)}`;
    const line =
      this.project.style.modules === "cjs"
        ? `const ${named === undefined ? String(whole ?? namespace) : `{ ${named.replace(" as ", ": ")} }`} = require("${source}");`
        : `import ${named === undefined ? local : `{ ${named} }`} from "${source}";`;
    if (!this.#imports.includes(line)) this.#imports.push(line);
  }

  /** Imports what a file exports under a name and gives the local name. */
  import(from: SourceFile, exported: string, local = exported): string {
    const named = local === exported ? exported : `${exported} as ${local}`;
    this.importFrom(this.specifier(from.path), { named });
    return local;
  }

  importDefault(from: SourceFile, local: string): string {
    this.importFrom(this.specifier(from.path), { whole: local });
    return local;
  }

  importNamespace(from: SourceFile, local: string): string {
    this.importFrom(this.specifier(from.path), { namespace: local });
    return local;
  }

  /** The relative specifier by which this file names another. */
  specifier(path: string): string {
    const { style } = this.project;
    const own = this.path.split("/").slice(0, -1);
    const other = path.split("/");
    let shared = 0;
    while (shared < own.length && own[shared] === other[shared]) shared += 1;
    const up = own.length - shared;
    const relative = `${up === 0 ? "./" : "../".repeat(up)}${other.slice(shared).join("/")}`;
    if (!/\.[tj]sx?$/.test(relative)) return relative;
    const bare = relative.replace(/\.[tj]sx?$/, "");
    const isNode = style.language === "js" && style.modules === "esm";
    return isNode || style.extension ? `${bare}.${/x$/.test(path) ? "jsx" : "js"}` : bare;
  }

  text(): string {
    const { style } = this.project;
    const statements = [...this.#statements];
    const tail: string[] = [];
    if (style.modules === "cjs") {
      const pairs = this.#exports.map(({ local, as }) => (local === as ? local : `${as}: ${local}`));
      if (this.#default !== null) tail.push(`module.exports = ${this.#default};`);
      else if (pairs.length > 0 && this.path.length % 2 === 0)
        tail.push(`module.exports = { ${pairs.join(", ")} };`);
      else tail.push(...this.#exports.map(({ local, as }) => `exports.${as} = ${local};`));
    } else {
      const apart: string[] = [];
      for (const { local, as } of this.#exports) {
        const index = statements.findIndex((one) =>
          new RegExp(`^(?:const|let|async function|function|class|enum|const enum) ${local}\\b`).test(one),
        );
        const found = statements[index];
        if (found !== undefined && local === as && (this.path.length + as.length) % 3 !== 0)
          statements[index] = `export ${found}`;
        else apart.push(local === as ? local : `${local} as ${as}`);
      }
      if (apart.length > 0) tail.push(`export { ${apart.join(", ")} };`);
      if (this.#default !== null) tail.push(`export default ${this.#default};`);
    }
    const blocks = [this.#imports.join("\n"), ...statements, ...this.#reExports, tail.join("\n")];
    return styled(blocks.filter((block) => block !== "").join("\n"), style);
  }
}

function styled(text: string, style: Style): string {
  let out = text;
  if (style.quote === "'")
    out = out.replaceAll(/"((?:[^"\\\n]|\\.)*)"/g, (whole, inner: string) =>
      inner.includes("'") ? whole : `'${inner}'`,
    );
  // A line that begins with a bracket would go on with the one before it.
  if (!style.semicolons) out = out.replaceAll(/;\n(?!\s*[[(`+\-/*])/g, "\n").replace(/;$/, "");
  return `${out}\n`;
}
