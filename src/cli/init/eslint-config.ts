/** An ESLint config that has our rules read all of a project's code: written whole, or what one that is there lacks. */

/** What of a project ESLint does not read by itself. */
export interface Languages {
  /** The code is TypeScript, or `typescript-eslint` is there to parse it. */
  typescript: boolean;
  jsx: boolean;
  vue: boolean;
  svelte: boolean;
  /** Env files. */
  env: boolean;
}

interface Entry {
  /** Its lines in the exported list. */
  lines: string[];
  /** What it takes: the name that its lines use, and the package. */
  imports: (readonly [name: string, from: string])[];
}

const PLUGIN = "eslint-plugin-klaviyo-scopes";

/** Text for a config, and the packages that it imports. */
export interface ConfigText {
  text: string;
  packages: string[];
}

/** Packages in a config that leave other languages than JavaScript to others. */
const JAVASCRIPT_ALONE = /^(?:eslint\/config|@eslint\/(?:js|json|markdown|css|compat)|globals|node:.*)$/u;

/** As in the README and docs/editors.md: a test compares them. */
export function eslintConfig(languages: Languages): ConfigText {
  return render(
    entriesFor(languages, () => true),
    { first: null, commonJs: false },
  );
}

/** Whether it is of the syntax before ESLint 9, which knows no plugin of today's. */
export function isOldConfig(file: string): boolean {
  return file.startsWith(".eslintrc");
}

/**
 * What to add to a config.
 * @returns Null where our plugin is in it, and where it cannot be.
 */
export function eslintAddition(
  languages: Languages,
  { file, text }: { file: string; text: string },
): ConfigText | null {
  if (isOldConfig(file) || text.includes(PLUGIN)) return null;
  const others = importsOf(text).filter((name) => !JAVASCRIPT_ALONE.test(name));
  // Somebody's whole set of rules may read anything; a plugin of rules alone does not.
  const some = others.some((name) => !/(?:^|\/)eslint-plugin(?:$|-)/u.test(name));
  const isRead = (language: string): boolean => some || others.some((name) => name.includes(language));
  return render(
    entriesFor(languages, (language) => !isRead(language)),
    { first: "// … what is there already", commonJs: /\bmodule\.exports\b/u.test(text) },
  );
}

/** @param wanted Whether ESLint has to be told how to read a language. */
function entriesFor(languages: Languages, wanted: (language: string) => boolean): Entry[] {
  const { typescript, jsx, vue, svelte, env } = languages;
  const ours: readonly [string, string] = ["klaviyoScopes", PLUGIN];
  const config = (name: string): Entry => ({ lines: [`klaviyoScopes.configs.${name},`], imports: [ours] });
  const entries: Entry[] = [];
  if (typescript && wanted("typescript"))
    entries.push({
      lines: ['{ files: ["**/*.{ts,tsx,mts,cts}"], languageOptions: { parser: tseslint.parser } },'],
      imports: [["tseslint", "typescript-eslint"]],
    });
  if (jsx && wanted("react"))
    entries.push({
      lines: [
        '{ files: ["**/*.{js,jsx}"], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },',
      ],
      imports: [],
    });
  entries.push(config("recommended"));
  if (env) entries.push(config("env"));
  for (const [language, has] of [
    ["vue", vue],
    ["svelte", svelte],
  ] as const) {
    if (!has) continue;
    if (wanted(language)) entries.push(componentEntry(language, typescript));
    entries.push(config(language));
  }
  return entries;
}

function componentEntry(language: "vue" | "svelte", typescript: boolean): Entry {
  const parser = `${language}Parser`;
  const scripts = typescript ? ", parserOptions: { parser: tseslint.parser }" : "";
  const files = `files: ["**/*.${language}"]`;
  const options = `languageOptions: { parser: ${parser}${scripts} }`;
  const line = `{ ${files}, ${options} },`;
  return {
    // As prettier writes it.
    lines: line.length <= 108 ? [line] : ["{", `  ${files},`, `  ${options},`, "},"],
    imports: [
      ...(typescript ? [["tseslint", "typescript-eslint"] as const] : []),
      [parser, `${language}-eslint-parser`],
    ],
  };
}

function render(
  entries: readonly Entry[],
  { first, commonJs }: { first: string | null; commonJs: boolean },
): ConfigText {
  const imports = new Map(
    entries.flatMap(({ imports }) => imports).sort(([, one], [, other]) => (one < other ? -1 : 1)),
  );
  const head = [...imports].map(([name, from]) =>
    commonJs ? `const ${name} = require("${from}");` : `import ${name} from "${from}";`,
  );
  const lines = [...(first === null ? [] : [first]), ...entries.flatMap(({ lines }) => lines)];
  const [only] = lines;
  const start = commonJs ? "module.exports = " : "export default ";
  const list =
    lines.length === 1 && only !== undefined
      ? [`${start}[${only.replace(/,$/u, "")}];`]
      : [`${start}[`, ...lines.map((line) => `  ${line}`), "];"];
  return { text: [...head, "", ...list, ""].join("\n"), packages: [...imports.values()] };
}

/** The modules that a config takes, as far as its text says. */
function importsOf(text: string): string[] {
  const found = text.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["']([^"'\n]+)["']/gu);
  return [...found].map(([, name]) => name ?? "");
}
