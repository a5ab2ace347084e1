/** How a list travels from where it is written to where it is read: through code, and through files. */
import type { Project, SourceFile } from "../project.js";
import { closed, type Value } from "./value.js";

export interface Path {
  name: string;
  /** Whether it can carry this value; any by default. */
  carries?: (value: Value) => boolean;
  carry: (value: Value) => Value;
}

const isPlain = ({ code }: Value): boolean => !code.includes("await ");
const isList = ({ code, type }: Value): boolean => type === "list" && !code.includes("await ");

/** The name of a constant that holds the value. */
function named({ file, code }: Value): string {
  return /^[\w$]+$/.test(code) ? code : file.constant(code);
}

/** Declares an object and reads the value back from it. */
function inObject(value: Value, object: string, member: string): Value {
  const name = value.file.project.name("object");
  value.file.add(`const ${name} = ${object};`);
  return { ...value, code: `${name}${member}` };
}

const throughCode: Path[] = [
  { name: "nothing", carry: (value) => value },
  {
    name: "constant",
    carries: isPlain,
    carry: (value) => ({ ...value, code: value.file.constant(value.code) }),
  },
  {
    name: "object",
    carries: isPlain,
    carry: (value) =>
      inObject(value, `{ oauth: { scopes: ${value.code}, prompt: "login" } }`, ".oauth.scopes"),
  },
  {
    name: "shorthand property",
    carries: isPlain,
    carry(value) {
      const name = named(value);
      return inObject(value, `{ retries: 3, ${name} }`, `.${name}`);
    },
  },
  {
    name: "computed key",
    carries: isPlain,
    carry(value) {
      const key = value.file.constant('"grants"');
      return inObject(value, `{ [${key}]: ${value.code} }`, `[${key}]`);
    },
  },
  {
    name: "spread and override",
    carries: isPlain,
    carry(value) {
      const base = value.file.project.name("object");
      const empty = value.type === "list" ? '["openid"]' : '"openid"';
      value.file.add(`const ${base} = { scopes: ${empty}, timeout: 10 };`);
      return inObject(value, `{ ...${base}, scopes: ${value.code} }`, ".scopes");
    },
  },
  {
    name: "Object.freeze, Object.assign",
    carries: isPlain,
    carry: (value) =>
      inObject(
        value,
        value.file.project.random.pick([
          `Object.freeze({ scopes: ${value.code} })`,
          `Object.assign({}, { timeout: 10 }, { scopes: ${value.code} })`,
        ]),
        ".scopes",
      ),
  },
  {
    name: "destructuring",
    carries: isPlain,
    carry(value) {
      const object = value.file.project.name("object");
      const local = value.file.project.name("value");
      const pattern = value.file.project.random.pick([
        `{ scopes: ${local} }`,
        `{ scopes: ${local} = ${value.type === "list" ? "[]" : '""'} }`,
        `{ timeout: _wait, scopes: ${local} }`,
      ]);
      value.file.add(
        `const ${object} = { timeout: 10, scopes: ${value.code} };`,
        `const ${pattern} = ${object};`,
      );
      return { ...value, code: local };
    },
  },
  {
    name: "nested destructuring",
    carries: isPlain,
    carry(value) {
      const local = value.file.project.name("value");
      value.file.add(`const { oauth: { scopes: ${local} } } = { oauth: { scopes: ${value.code} } };`);
      return { ...value, code: local };
    },
  },
  {
    name: "list destructuring",
    carries: isPlain,
    carry(value) {
      const local = value.file.project.name("value");
      value.file.add(`const [${local}] = [${value.code}, "unused"];`);
      return { ...value, code: local };
    },
  },
  {
    name: "function",
    carries: isPlain,
    carry(value) {
      const { project } = value.file;
      const name = project.name("function");
      value.file.add(
        project.random.chance(0.5)
          ? `function ${name}() {\n  return ${value.code};\n}`
          : `const ${name} = () => ${value.code};`,
      );
      return { ...value, code: `${name}()` };
    },
  },
  {
    name: "function with a parameter",
    carries: isPlain,
    carry(value) {
      const { project } = value.file;
      const name = project.name("function");
      const type = value.type === "list" ? "readonly string[]" : "string";
      value.file.add(`const ${name} = (input${project.typed(type)}) => input;`);
      return { ...value, code: `${name}(${value.code})` };
    },
  },
  {
    name: "default parameter",
    carries: isPlain,
    carry(value) {
      const name = value.file.project.name("function");
      value.file.add(`function ${name}(input = ${value.code}) {\n  return input;\n}`);
      return { ...value, code: `${name}()` };
    },
  },
  {
    name: "immediate function",
    carries: isPlain,
    carry: (value) => ({ ...value, code: value.file.constant(`(() => ${value.code})()`) }),
  },
  {
    name: "closure",
    carries: isPlain,
    carry(value) {
      const { project } = value.file;
      const make = project.name("function");
      const get = project.name("function");
      const type = value.type === "list" ? "readonly string[]" : "string";
      value.file.add(
        `function ${make}(input${project.typed(type)}) {\n  return { get: () => input };\n}`,
        `const ${get} = ${make}(${value.code});`,
      );
      return { ...value, code: `${get}.get()` };
    },
  },
  {
    name: "constructor",
    carries: isPlain,
    carry(value) {
      const { project } = value.file;
      const cls = project.name("class");
      const type = value.type === "list" ? "readonly string[]" : "string";
      value.file.add(
        project.isTypeScript
          ? `class ${cls} {\n  constructor(readonly input: ${type}) {}\n}`
          : `class ${cls} {\n  constructor(input) {\n    this.input = input;\n  }\n}`,
      );
      return { ...value, code: `new ${cls}(${value.code}).input` };
    },
  },
  {
    name: "super",
    carries: isPlain,
    carry(value) {
      const { project } = value.file;
      const parent = project.name("class");
      const cls = project.name("class");
      const one = project.name("object");
      const field = project.isTypeScript
        ? `  private readonly input: ${value.type === "list" ? "readonly string[]" : "string"};\n`
        : "";
      value.file.add(
        `class ${parent} {\n${field}  constructor(input${project.typed("any")}) {\n    this.input = input;\n  }\n  read() {\n    return this.input;\n  }\n}`,
        `class ${cls} extends ${parent} {\n  constructor() {\n    super(${value.code});\n  }\n}`,
        `const ${one} = new ${cls}();`,
      );
      return { ...value, code: `${one}.read()` };
    },
  },
  {
    name: "registry",
    carries: isPlain,
    carry(value) {
      const empty = value.type === "list" ? '["channels:read"]' : '"channels:read"';
      return inObject(
        value,
        `{\n  slack: { scopes: ${empty} },\n  klaviyo: { scopes: ${value.code} },\n}`,
        value.file.project.random.pick([".klaviyo.scopes", '["klaviyo"].scopes']),
      );
    },
  },
  {
    name: "registry lookup",
    carries: isPlain,
    carry(value) {
      const { project } = value.file;
      const empty = value.type === "list" ? '["channels:read"]' : '"channels:read"';
      const table = project.name("object");
      const find = project.name("function");
      const key = project.isTypeScript ? `key: keyof typeof ${table}` : "key";
      value.file.add(
        `const ${table} = {\n  slack: { scopes: ${empty} },\n  klaviyo: { scopes: ${value.code} },\n};`,
        `const ${find} = (${key}) => ${table}[key];`,
      );
      return { ...value, code: `${find}("klaviyo").scopes` };
    },
  },
  {
    name: "Map",
    carries: isPlain,
    carry(value) {
      const empty = value.type === "list" ? '["channels:read"]' : '"channels:read"';
      const suffix = value.file.project.isTypeScript ? "!" : "";
      return inObject(
        value,
        `new Map([["slack", ${empty}], ["klaviyo", ${value.code}]])`,
        `.get("klaviyo")${suffix}`,
      );
    },
  },
  {
    name: "copy",
    carries: isList,
    carry: (value) => ({
      ...value,
      code: value.file.constant(
        value.file.project.random.pick([
          `[...${closed(value.code)}]`,
          `${closed(value.code)}.slice()`,
          `Array.from(${value.code})`,
          `structuredClone(${value.code})`,
        ]),
      ),
    }),
  },
  {
    name: "joined",
    carries: isList,
    carry: (value) => ({
      ...value,
      type: "text",
      code: value.file.constant(`${closed(value.code)}.join(" ")`),
    }),
  },
  {
    name: "let set later",
    carries: isPlain,
    carry(value) {
      const name = value.file.project.name("value");
      const type = value.type === "list" ? "readonly string[]" : "string";
      value.file.add(`let ${name}${value.file.project.typed(type)};`, `${name} = ${value.code};`);
      return { ...value, code: name };
    },
  },
  {
    name: "set on an object",
    carries: isPlain,
    carry(value) {
      const name = value.file.project.name("object");
      value.file.add(
        `const ${name}${value.file.project.typed("Record<string, any>")} = {};`,
        `${name}.scopes = ${value.code};`,
      );
      return { ...value, code: `${name}.scopes` };
    },
  },
];

/** Makes the value importable and gives the name it is exported by. */
function exported(value: Value): string {
  const name = named(value);
  value.file.export(name);
  return name;
}

function next({ file }: Value): SourceFile {
  return file.project.file();
}

const throughFiles: Path[] = [
  {
    name: "named import",
    carries: isPlain,
    carry(value) {
      const file = next(value);
      return { ...value, file, code: file.import(value.file, exported(value)) };
    },
  },
  {
    name: "renamed import",
    carries: isPlain,
    carry(value) {
      const file = next(value);
      return { ...value, file, code: file.import(value.file, exported(value), file.project.name("value")) };
    },
  },
  {
    name: "renamed export",
    carries: isPlain,
    carry(value) {
      const file = next(value);
      const as = file.project.name("value");
      value.file.export(named(value), as);
      return { ...value, file, code: file.import(value.file, as) };
    },
  },
  {
    name: "default import",
    carries: isPlain,
    carry(value) {
      const file = next(value);
      value.file.exportDefault(value.code);
      return { ...value, file, code: file.importDefault(value.file, file.project.name("value")) };
    },
  },
  {
    name: "default object",
    carries: isPlain,
    carry(value) {
      const file = next(value);
      value.file.exportDefault(`{ scopes: ${value.code}, timeout: 10 }`);
      return {
        ...value,
        file,
        code: `${file.importDefault(value.file, file.project.name("object"))}.scopes`,
      };
    },
  },
  {
    name: "namespace import",
    carries: isPlain,
    carry(value) {
      const file = next(value);
      const name = exported(value);
      return {
        ...value,
        file,
        code: `${file.importNamespace(value.file, file.project.name("object"))}.${name}`,
      };
    },
  },
  {
    name: "exported function",
    carries: isPlain,
    carry(value) {
      const { project } = value.file;
      const name = project.name("function");
      value.file.add(`function ${name}() {\n  return ${value.code};\n}`);
      value.file.export(name);
      const file = next(value);
      return { ...value, file, code: `${file.import(value.file, name)}()` };
    },
  },
  {
    name: "exported async function",
    carries: isPlain,
    carry(value) {
      const { project } = value.file;
      const name = project.name("function");
      value.file.add(`async function ${name}() {\n  return ${value.code};\n}`);
      value.file.export(name);
      const file = next(value);
      return { ...value, file, code: `await ${file.import(value.file, name)}()` };
    },
  },
  {
    name: "dynamic import",
    carries: isPlain,
    carry(value) {
      const name = exported(value);
      const file = next(value);
      const source = file.specifier(value.file.path);
      return { ...value, file, code: `(await import("${source}")).${name}` };
    },
  },
  {
    name: "exported class",
    carries: isPlain,
    carry(value) {
      const { project } = value.file;
      const name = project.name("class");
      value.file.add(`class ${name} {\n  static scopes = ${value.code};\n}`);
      value.file.export(name);
      const file = next(value);
      return { ...value, file, code: `${file.import(value.file, name)}.scopes` };
    },
  },
];

const esmOnly: Path[] = [
  {
    name: "barrel",
    carries: isPlain,
    carry(value) {
      const barrel = next(value);
      const name = exported(value);
      barrel.reExport("*", value.file);
      const file = next(value);
      return { ...value, file, code: file.import(barrel, name) };
    },
  },
  {
    name: "renamed re-export",
    carries: isPlain,
    carry(value) {
      const barrel = next(value);
      const as = value.file.project.name("value");
      barrel.reExport(`{ ${exported(value)} as ${as} }`, value.file);
      const file = next(value);
      return { ...value, file, code: file.import(barrel, as) };
    },
  },
  {
    name: "namespace re-export",
    carries: isPlain,
    carry(value) {
      const barrel = next(value);
      const as = value.file.project.name("object");
      const name = exported(value);
      barrel.reExport(`* as ${as}`, value.file);
      const file = next(value);
      return { ...value, file, code: `${file.import(barrel, as)}.${name}` };
    },
  },
  {
    name: "default re-export",
    carries: isPlain,
    carry(value) {
      const barrel = next(value);
      const as = value.file.project.name("value");
      value.file.exportDefault(value.code);
      barrel.reExport(`{ default as ${as} }`, value.file);
      const file = next(value);
      return { ...value, file, code: file.import(barrel, as) };
    },
  },
  {
    name: "cycle",
    carries: isPlain,
    carry(value) {
      const file = next(value);
      const name = exported(value);
      const back = value.file.project.name("value");
      file.add(`const ${back} = 1;`);
      file.export(back);
      value.file.import(file, back);
      return { ...value, file, code: file.import(value.file, name) };
    },
  },
  {
    name: "package imports",
    carries: ({ file, code }) => !code.includes("await ") && !file.project.has("package.json"),
    carry(value) {
      const file = next(value);
      const name = exported(value);
      file.project.write(
        "package.json",
        `${JSON.stringify({ type: "module", imports: { "#shared": `./${value.file.path}` } })}\n`,
      );
      file.importFrom("#shared", { named: name });
      return { ...value, file, code: name };
    },
  },
  {
    name: "workspace package",
    carries: ({ file, code }) => !code.includes("await ") && !file.project.has("package.json"),
    carry(value) {
      const { project } = value.file;
      const name = exported(value);
      const inner = project.file("", "packages/shared/src");
      inner.importFrom(inner.specifier(value.file.path), { named: name });
      inner.export(name);
      project.write("package.json", `${JSON.stringify({ private: true, workspaces: ["packages/*"] })}\n`);
      project.write(
        "packages/shared/package.json",
        `${JSON.stringify({ name: "@acme/shared", type: "module", main: inner.path.slice("packages/shared/".length) })}\n`,
      );
      const file = next(value);
      file.importFrom("@acme/shared", { named: name });
      return { ...value, file, code: name };
    },
  },
];

const typeScriptOnly: Path[] = [
  {
    name: "tsconfig paths",
    carries: ({ file, code }) => !code.includes("await ") && !file.project.has("tsconfig.json"),
    carry(value) {
      const file = next(value);
      const name = exported(value);
      file.project.write(
        "tsconfig.json",
        `{\n  // paths\n  "compilerOptions": { "baseUrl": ".", "paths": { "~shared/*": ["*"] } }\n}\n`,
      );
      file.importFrom(`~shared/${value.file.path.replace(/\.ts$/, "")}`, { named: name });
      return { ...value, file, code: name };
    },
  },
  {
    name: "as and non-null",
    carries: isPlain,
    carry: (value) => ({
      ...value,
      code: value.file.constant(
        `${closed(value.code)}${value.file.project.random.pick(["!", " as any", " as const"].slice(0, 2))}`,
      ),
    }),
  },
  {
    name: "namespace",
    carries: isPlain,
    carry(value) {
      const name = value.file.project.name("class");
      value.file.add(`namespace ${name} {\n  export const scopes = ${value.code};\n}`);
      return { ...value, code: `${name}.scopes` };
    },
  },
];

/** The paths that a project's style allows: within a file, and from one file to another. */
export function pathsFor(project: Project): { inFile: readonly Path[]; toFile: readonly Path[] } {
  const { style } = project;
  return {
    inFile: [...throughCode, ...(project.isTypeScript ? typeScriptOnly.slice(1) : [])],
    toFile: [
      ...throughFiles,
      ...(style.modules === "esm" ? esmOnly : []),
      ...(project.isTypeScript ? typeScriptOnly.slice(0, 1) : []),
    ],
  };
}

/** How a list is handed to the function that sends it; each gives the call's code in the caller. */
export interface Handing {
  name: string;
  /** Declares, in `file`, something that takes the list and runs `body` with it; gives how another file calls it. */
  declare: (
    file: SourceFile,
    type: string,
    body: (parameter: string) => string,
  ) => { exported: string; call: (local: string, argument: string) => string };
}

const REST = "clientId, redirectUri, state, challenge";

function restTyped(project: Project): string {
  return REST.split(", ")
    .map((name) => `${name}${project.typed("string")}`)
    .join(", ");
}

export const handings: readonly Handing[] = [
  {
    name: "first parameter",
    declare(file, type, body) {
      const { project } = file;
      const name = project.name("function");
      const parameter = project.name("value");
      file.add(
        `async function ${name}(${parameter}${project.typed(type)}, ${restTyped(project)}) {\n${body(parameter)}\n}`,
      );
      return { exported: name, call: (local, argument) => `${local}(${argument}, ${REST})` };
    },
  },
  {
    name: "last parameter",
    declare(file, type, body) {
      const { project } = file;
      const name = project.name("function");
      const parameter = project.name("value");
      file.add(
        `const ${name} = async (${restTyped(project)}, ${parameter}${project.typed(type)}) => {\n${body(parameter)}\n};`,
      );
      return { exported: name, call: (local, argument) => `${local}(${REST}, ${argument})` };
    },
  },
  {
    name: "object parameter taken apart",
    declare(file, _type, body) {
      const { project } = file;
      const name = project.name("function");
      const parameter = project.name("value");
      file.add(
        `async function ${name}({ scopes: ${parameter}, ${REST} }${project.typed("any")}) {\n${body(parameter)}\n}`,
      );
      return { exported: name, call: (local, argument) => `${local}({ ${REST}, scopes: ${argument} })` };
    },
  },
  {
    name: "object parameter",
    declare(file, _type, body) {
      const { project } = file;
      const name = project.name("function");
      file.add(
        `async function ${name}(input${project.typed("any")}) {\n  const { ${REST} } = input;\n${body("input.scopes")}\n}`,
      );
      return { exported: name, call: (local, argument) => `${local}({ ${REST}, scopes: ${argument} })` };
    },
  },
  {
    name: "default of a parameter",
    declare(file, _type, body) {
      const { project } = file;
      const name = project.name("function");
      const parameter = project.name("value");
      file.add(
        `async function ${name}({ ${REST}, scopes: ${parameter} = undefined }${project.typed("any")} = {}) {\n${body(parameter)}\n}`,
      );
      return { exported: name, call: (local, argument) => `${local}({ scopes: ${argument}, ${REST} })` };
    },
  },
  {
    name: "constructor and method",
    declare(file, type, body) {
      const { project } = file;
      const name = project.name("class");
      const head = project.isTypeScript
        ? `  constructor(private readonly granted: ${type}) {}\n`
        : `  constructor(granted) {\n    this.granted = granted;\n  }\n`;
      file.add(
        `class ${name} {\n${head}  async url(${restTyped(project)}) {\n${body("this.granted")}\n  }\n}`,
      );
      return { exported: name, call: (local, argument) => `new ${local}(${argument}).url(${REST})` };
    },
  },
  {
    name: "method's parameter",
    declare(file, type, body) {
      const { project } = file;
      const name = project.name("class");
      const parameter = project.name("value");
      file.add(
        `class ${name} {\n  static async url(${restTyped(project)}, ${parameter}${project.typed(type)}) {\n${body(parameter)}\n  }\n}`,
      );
      return { exported: name, call: (local, argument) => `${local}.url(${REST}, ${argument})` };
    },
  },
  {
    name: "curried",
    declare(file, type, body) {
      const { project } = file;
      const name = project.name("function");
      const parameter = project.name("value");
      file.add(
        `const ${name} = (${parameter}${project.typed(type)}) => async (${restTyped(project)}) => {\n${body(parameter)}\n};`,
      );
      return { exported: name, call: (local, argument) => `${local}(${argument})(${REST})` };
    },
  },
];

/** The parameters that every function on the way needs for the rest of the request. */
export function flowParameters(project: Project): string {
  return restTyped(project);
}
