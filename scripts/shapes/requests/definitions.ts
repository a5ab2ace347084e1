/** Where and how a list of scopes is written. Each writes it once and gives the expression that holds it. */
import type { SourceFile } from "../project.js";
import type { Composition, Value } from "./value.js";

export interface Definition {
  name: string;
  typeScriptOnly?: true;
  write: (writer: Writer) => Omit<Value, "file">;
}

/** What a definition writes with: its file and the scopes, marked. */
export class Writer {
  constructor(
    readonly file: SourceFile,
    private readonly composition: Composition,
  ) {}

  get project(): Composition["project"] {
    return this.composition.project;
  }

  /** How many scopes there are. */
  get scopes(): readonly string[] {
    return this.composition.scopes;
  }

  /** One scope's characters; `written` where they are only a part of its name. */
  token(
    scope: string,
    { request = 0, written = scope }: { request?: number; written?: string } = {},
  ): string {
    this.expect(request);
    return this.project.marks.around({ kind: "token", request, scope }, written);
  }

  /** The scopes as string literals. */
  strings(scopes: readonly string[] = this.scopes, request = 0): string[] {
    return scopes.map((scope) => `"${this.token(scope, { request })}"`);
  }

  /** `"a", "b"`, over one line or several, perhaps with comments. */
  items(scopes: readonly string[] = this.scopes, request = 0): string {
    const items = this.strings(scopes, request);
    const { random } = this.project;
    if (random.chance(0.6)) return items.join(", ");
    const comments = ["", " // what we show", " // needed by the sync"];
    return `\n${items.map((item) => `  ${item},${random.pick(comments)}\n`).join("")}`;
  }

  /** The list literal of the scopes, marked as the list. */
  list(scopes: readonly string[] = this.scopes, request = 0): string {
    return this.whole(`[${this.items(scopes, request)}]`, request);
  }

  /** The scopes as one string literal, marked as the list. */
  literal(scopes: readonly string[] = this.scopes, request = 0, separator = " "): string {
    return this.whole(`"${scopes.map((scope) => this.token(scope, { request })).join(separator)}"`, request);
  }

  /** Marks code as the list. */
  whole(code: string, request = 0): string {
    this.expect(request);
    return this.project.marks.around({ kind: "list", request }, code);
  }

  unknown(code: string, request = 0): string {
    this.composition.requests.set(request, { kind: null, complete: false });
    return this.project.marks.around({ kind: "unknown", request }, code);
  }

  expect(request: number, kind: "env" | null = null): void {
    if (!this.composition.requests.has(request))
      this.composition.requests.set(request, { kind, complete: true });
  }

  /** The resource and the access of a scope. */
  parts(scope: string): [resource: string, access: string] {
    const [resource = "", access = ""] = scope.split(":");
    return [resource, access];
  }

  /** The scopes in two halves, neither empty. */
  halves(): [string[], string[]] {
    return [this.scopes.slice(0, 1), this.scopes.slice(1)];
  }

  constant(value: string, type: string | null = null): string {
    return this.file.constant(value, type);
  }
}

const list = (code: string): Omit<Value, "file"> => ({ code, type: "list" });
const text = (code: string): Omit<Value, "file"> => ({ code, type: "text" });

const literals: Definition[] = [
  { name: "string", write: (w) => text(w.constant(w.literal())) },
  { name: "string where it is used", write: (w) => text(w.literal()) },
  {
    name: "template without parts",
    write: (w) => text(w.constant(w.whole(`\`${w.scopes.map((s) => w.token(s)).join(" ")}\``))),
  },
  { name: "list", write: (w) => list(w.constant(w.list(), "string[]")) },
  { name: "list where it is used", write: (w) => list(w.list()) },
  { name: "list as const", typeScriptOnly: true, write: (w) => list(w.constant(`${w.list()} as const`)) },
  {
    name: "list that satisfies",
    typeScriptOnly: true,
    write: (w) => list(w.constant(`${w.list()} satisfies readonly string[]`)),
  },
  { name: "joined list", write: (w) => text(w.constant(`${w.list()}.join(" ")`)) },
  { name: "frozen list", write: (w) => list(w.constant(`Object.freeze(${w.list()})`)) },
  {
    name: "String.raw",
    write: (w) =>
      text(w.constant(`String.raw${w.whole(`\`${w.scopes.map((s) => w.token(s)).join(" ")}\``)}`)),
  },
  {
    name: "string behind a conversion",
    write: (w) =>
      text(w.constant(w.project.random.pick([`String(${w.literal()})`, `${w.literal()}.toString()`]))),
  },
];

const arrays: Definition[] = [
  {
    name: "spread of two lists",
    write(w) {
      const [first, rest] = w.halves();
      const a = w.constant(`[${w.items(first)}]`);
      return list(w.constant(w.whole(`[...${a}, ${w.items(rest)}]`)));
    },
  },
  {
    name: "optional part",
    write(w) {
      const [first, rest] = w.halves();
      return list(
        w.constant(w.whole(`[${w.items(first)}, ...(process.env.BETA ? [${w.items(rest)}] : [])]`)),
      );
    },
  },
  {
    name: "optional item and filter(Boolean)",
    write(w) {
      const [first, rest] = w.halves();
      const items = [...w.strings(first), ...w.strings(rest).map((one) => `process.env.BETA && ${one}`)];
      return list(w.constant(`${w.whole(`[${items.join(", ")}]`)}.filter(Boolean)`));
    },
  },
  {
    name: "filter with a predicate",
    write: (w) => list(w.constant(`${w.list()}.filter((one) => one.includes(":"))`)),
  },
  {
    name: "push",
    write(w) {
      const [first, rest] = w.halves();
      const name = w.constant(w.whole(`[${w.items(first)}]`), "string[]");
      w.file.add(`${name}.push(${w.strings(rest).join(", ")});`);
      return list(name);
    },
  },
  {
    name: "push in a loop",
    write(w) {
      const from = w.constant(w.list());
      const name = w.constant("[]", "string[]");
      w.file.add(`for (const one of ${from}) {\n  ${name}.push(one);\n}`);
      return list(name);
    },
  },
  {
    name: "push in forEach",
    write(w) {
      const from = w.constant(w.list());
      const name = w.constant("[]", "string[]");
      w.file.add(`${from}.forEach((one) => ${name}.push(one));`);
      return list(name);
    },
  },
  {
    name: "map with a template",
    write(w) {
      const [, access] = w.parts(w.scopes[0] ?? "");
      const same = w.scopes.filter((scope) => w.parts(scope)[1] === access);
      const items = same.map((scope) => `"${w.token(scope, { written: w.parts(scope)[0] })}"`);
      const from = w.constant(w.whole(`[${items.join(", ")}]`));
      return list(w.constant(`${from}.map((resource) => \`\${resource}:${access}\`)`));
    },
  },
  {
    name: "map that tidies",
    write: (w) =>
      list(
        w.constant(
          w.project.random.pick([
            `${w.list()}.map((one) => one.trim())`,
            `${w.list()}.map((one) => one.toLowerCase())`,
            `${w.list()}.map(String)`,
          ]),
        ),
      ),
  },
  {
    name: "flat",
    write(w) {
      const [first, rest] = w.halves();
      return list(w.constant(`${w.whole(`[[${w.items(first)}], [${w.items(rest)}]]`)}.flat()`));
    },
  },
  {
    name: "flatMap",
    write(w) {
      const [resource] = w.parts(w.scopes[0] ?? "");
      // One text, two scopes: both are written where the resource is.
      const item = w.token(`${resource}:read`, {
        written: w.token(`${resource}:write`, { written: resource }),
      });
      const from = w.constant(w.whole(`["${item}"]`));
      return list(w.constant(`${from}.flatMap((one) => [\`\${one}:read\`, \`\${one}:write\`])`));
    },
  },
  {
    name: "reordered",
    write: (w) =>
      list(
        w.constant(
          `${w.list()}.${w.project.random.pick(["slice()", "sort()", "reverse()", "slice(0)", "toSorted()"])}`,
        ),
      ),
  },
  { name: "Set", write: (w) => list(`[...${w.constant(`new Set(${w.list()})`)}]`) },
  { name: "Array.from(Set)", write: (w) => list(w.constant(`Array.from(new Set(${w.list()}))`)) },
  {
    name: "Set with add",
    write(w) {
      const [first, rest] = w.halves();
      const name = w.constant(`new Set(${w.whole(`[${w.items(first)}]`)})`);
      for (const one of w.strings(rest)) w.file.add(`${name}.add(${one});`);
      return list(`Array.from(${name})`);
    },
  },
  {
    name: "reduce to a text",
    write: (w) => text(w.constant(`${w.list()}.reduce((all, one) => (all ? \`\${all} \${one}\` : one), "")`)),
  },
];

const objects: Definition[] = [
  {
    name: "table mapped to ids",
    write(w) {
      const key = w.project.random.pick(["id", "scope", "value", "name"]);
      const rows = w.strings().map((one) => `  { ${key}: ${one}, label: "What we use it for" },\n`);
      const table = w.constant(w.whole(`[\n${rows.join("")}]`));
      const how = w.project.random.pick([
        `(row) => row.${key}`,
        `({ ${key} }) => ${key}`,
        `(row) => row["${key}"]`,
      ]);
      return list(w.constant(`${table}.map(${how})`));
    },
  },
  {
    name: "table filtered and mapped",
    write(w) {
      const rows = w.strings().map((one) => `  { id: ${one}, on: true },\n`);
      const table = w.constant(w.whole(`[\n${rows.join("")}]`));
      return list(w.constant(`${table}.filter((row) => row.on).map((row) => row.id)`));
    },
  },
  {
    name: "Object.values",
    write(w) {
      const entries = w.strings().map((one, index) => `  part${String(index)}: ${one},\n`);
      const table = w.constant(w.whole(`{\n${entries.join("")}}`));
      return list(w.constant(`Object.values(${table})`));
    },
  },
  {
    name: "Object.keys",
    write(w) {
      const entries = w.strings().map((one) => `  ${one}: "why we need it",\n`);
      const table = w.constant(w.whole(`{\n${entries.join("")}}`));
      return list(w.constant(`Object.keys(${table})`));
    },
  },
  {
    name: "Object.entries",
    write(w) {
      const kept = w.scopes.filter(
        (scope, index) => w.scopes.findIndex((other) => w.parts(other)[0] === w.parts(scope)[0]) === index,
      );
      const entries = kept.map((scope) => {
        const [resource, access] = w.parts(scope);
        return `  "${w.token(scope, { written: resource })}": "${access}",\n`;
      });
      const table = w.constant(w.whole(`{\n${entries.join("")}}`));
      return list(
        w.constant(`Object.entries(${table}).map(([resource, access]) => \`\${resource}:\${access}\`)`),
      );
    },
  },
  {
    name: "members of a table",
    write(w) {
      const entries = w.strings().map((one, index) => `  part${String(index)}: ${one},\n`);
      const table = w.constant(`{\n${entries.join("")}}`);
      const members = w.scopes.map((_, index) => `${table}.part${String(index)}`);
      return list(w.constant(w.whole(`[${members.join(", ")}]`)));
    },
  },
  {
    name: "enum",
    typeScriptOnly: true,
    write(w) {
      const name = w.project.name("class");
      const members = w.strings().map((one, index) => `  Part${String(index)} = ${one},\n`);
      w.file.add(`${w.project.random.chance(0.4) ? "const " : ""}enum ${name} {\n${members.join("")}}`);
      const read = w.scopes.map((_, index) => `${name}.Part${String(index)}`);
      return list(w.constant(w.whole(`[${read.join(", ")}]`)));
    },
  },
  {
    name: "values of an enum",
    typeScriptOnly: true,
    write(w) {
      const name = w.project.name("class");
      const members = w.strings().map((one, index) => `  Part${String(index)} = ${one},\n`);
      w.file.add(`enum ${name} ${w.whole(`{\n${members.join("")}}`)}`);
      return list(w.constant(`Object.values(${name})`));
    },
  },
];

const lookups: Definition[] = [
  {
    name: "keys looked up in a table",
    write(w) {
      const entries = w.strings().map((one, index) => `  part${String(index)}: ${one},\n`);
      const table = w.constant(`{\n${entries.join("")}}`);
      const keys = w.scopes.map((_, index) => `"part${String(index)}"`);
      const type = w.project.isTypeScript ? " as const" : "";
      const from = w.constant(w.whole(`[${keys.join(", ")}]`) + type);
      return list(w.constant(`${from}.map((key) => ${table}[key])`));
    },
  },
  {
    name: "nested table",
    write(w) {
      const names = w.scopes.map((scope) => w.parts(scope).map((part) => part.replaceAll("-", "_")));
      const table = w.constant(
        `{\n${w.scopes
          .map(
            (scope, index) =>
              `  ${names[index]?.join("_") ?? ""}: { label: "x", scope: "${w.token(scope)}" },\n`,
          )
          .join("")}}`,
      );
      const members = names.map((parts) => `${table}.${parts.join("_")}.scope`);
      return list(w.constant(w.whole(`[${members.join(", ")}]`)));
    },
  },
  {
    name: "entries of pairs",
    write(w) {
      const pairs = w.scopes.map((scope) => {
        const [resource, access] = w.parts(scope);
        return `["${w.token(scope, { written: resource })}", "${access}"]`;
      });
      const from = w.constant(w.whole(`[${pairs.join(", ")}]`));
      return list(w.constant(`${from}.map(([resource, access]) => \`\${resource}:\${access}\`)`));
    },
  },
  {
    name: "keys of a Map",
    write(w) {
      const pairs = w.strings().map((one) => `[${w.whole(one)}, "why"]`);
      return list(`[...${w.constant(`new Map([${pairs.join(", ")}])`)}.keys()]`);
    },
  },
  {
    name: "concat of lists",
    write(w) {
      const [first, rest] = w.halves();
      // As with push, the list is the one that others are put to.
      return list(w.constant(`${w.whole(`[${w.items(first)}]`)}.concat([${w.items(rest)}])`));
    },
  },
  {
    name: "unshift and push",
    write(w) {
      const [first, rest] = w.halves();
      const name = w.constant(w.whole(`[${w.items(rest)}]`), "string[]");
      w.file.add(`${name}.unshift(${w.strings(first).join(", ")});`);
      return list(name);
    },
  },
  {
    name: "dedent",
    write(w) {
      w.file.importFrom("dedent", { whole: "dedent" });
      const inside = w.scopes.map((scope) => w.token(scope)).join(" ");
      return text(w.constant(`dedent${w.whole(`\`\n  ${inside}\n\``)}`));
    },
  },
  {
    name: "??= on a let",
    write(w) {
      const name = w.project.name("value");
      w.file.add(`let ${name}${w.project.typed("string | undefined")};`, `${name} ??= ${w.literal()};`);
      return text(name);
    },
  },
];

const strings: Definition[] = [
  {
    name: "template of parts",
    write(w) {
      const names = w.strings().map((one) => w.constant(one));
      return text(w.constant(w.whole(`\`${names.map((name) => `\${${name}}`).join(" ")}\``)));
    },
  },
  {
    name: "concatenation",
    write(w) {
      const parts = w.scopes.map((scope, index) => `"${index === 0 ? "" : " "}${w.token(scope)}"`);
      return text(w.constant(w.whole(parts.join(w.project.random.pick([" + ", " +\n  "])))));
    },
  },
  {
    name: "computed access",
    write(w) {
      const access = w.constant('"read"');
      const [resource] = w.parts(w.scopes[0] ?? "");
      const scope = `${resource}:read`;
      return text(w.constant(w.whole(`\`${w.token(scope, { written: `${resource}:` })}\${${access}}\``)));
    },
  },
  {
    name: "+=",
    write(w) {
      const [first, rest] = w.halves();
      const name = w.project.name("value");
      w.file.add(
        `let ${name} = ${w.whole(`"${w.token(first[0] ?? "")}"`)};`,
        ...rest.map((scope) => `${name} += ${w.whole(`" ${w.token(scope)}"`)};`),
      );
      return text(name);
    },
  },
  {
    name: "+= in a loop",
    write(w) {
      const from = w.constant(w.list());
      const name = w.project.name("value");
      w.file.add(`let ${name} = "";`, `for (const one of ${from}) ${name} += one + " ";`);
      return text(`${name}.trim()`);
    },
  },
  { name: "split", write: (w) => list(w.constant(`${w.literal(w.scopes, 0, ",")}.split(",")`)) },
  {
    name: "split and joined again",
    write: (w) => text(w.constant(`${w.literal(w.scopes, 0, ",")}.split(",").join(" ")`)),
  },
  {
    name: "commas replaced",
    write: (w) =>
      text(
        w.constant(
          `${w.literal(w.scopes, 0, ",")}.${w.project.random.pick(['replaceAll(",", " ")', 'replace(/,/g, " ")', 'replace(/[,;]+/g, " ")'])}`,
        ),
      ),
  },
  {
    name: "lines made one",
    write: (w) =>
      text(
        w.constant(
          `${w.whole(`\`\n  ${w.scopes.map((s) => w.token(s)).join("\n  ")}\n\``)}.${w.project.random.pick([
            'replace(/\\s+/g, " ").trim()',
            'trim().split(/\\s+/).join(" ")',
            'split("\\n").map((line) => line.trim()).filter(Boolean).join(" ")',
          ])}`,
        ),
      ),
  },
  {
    name: "trimmed",
    write: (w) => text(w.constant(`${w.whole(`" ${w.scopes.map((s) => w.token(s)).join(" ")} "`)}.trim()`)),
  },
  {
    name: "concat of strings",
    write(w) {
      const [first, rest] = w.halves();
      const parts = rest.map((scope) => w.whole(`" ${w.token(scope)}"`));
      return text(w.constant(`${w.whole(`"${w.token(first[0] ?? "")}"`)}.concat(${parts.join(", ")})`));
    },
  },
];

const control: Definition[] = [
  {
    name: "two whole lists",
    write(w) {
      const [first] = w.halves();
      return list(w.constant(`process.env.BETA ? ${w.list()} : ${w.list(first, 1)}`));
    },
  },
  {
    name: "let by if",
    write(w) {
      const [first] = w.halves();
      const name = w.project.name("value");
      w.file.add(
        `let ${name} = ${w.literal(first)};`,
        `if (process.env.BETA) {\n  ${name} = ${w.literal(w.scopes, 1)};\n}`,
      );
      return text(name);
    },
  },
  {
    name: "let by switch",
    write(w) {
      const [first] = w.halves();
      const name = w.project.name("value");
      w.file.add(
        `let ${name}${w.project.typed("string[]")} = ${w.list()};`,
        `switch (process.env.PLAN) {\n  case "small":\n    ${name} = ${w.list(first, 1)};\n    break;\n}`,
      );
      return list(name);
    },
  },
  {
    name: "early return",
    write(w) {
      const [first] = w.halves();
      const name = w.project.name("function");
      w.file.add(
        `function ${name}(plan${w.project.typed("string | undefined")}) {\n  if (plan === "small") return ${w.list(first, 1)};\n  return ${w.list()};\n}`,
      );
      return list(`${name}(process.env.PLAN)`);
    },
  },
  {
    name: "function by a known argument",
    write(w) {
      const name = w.project.name("function");
      w.file.add(
        `function ${name}(provider${w.project.typed("string")})${w.project.typed("string[]")} {\n  switch (provider) {\n    case "klaviyo":\n      return ${w.list()};\n    case "hubspot":\n      return ["crm.objects.contacts.read"];\n    default:\n      return [];\n  }\n}`,
      );
      return list(`${name}("klaviyo")`);
    },
  },
  {
    name: "default after undefined",
    write(w) {
      const cfg = w.project.name("object");
      w.file.add(`const ${cfg}${w.project.typed("{ scopes?: string[] }")} = {};`);
      return list(w.constant(`${cfg}.scopes ?? ${w.list()}`));
    },
  },
];

const settings: Definition[] = [
  {
    name: "env default",
    write(w) {
      const operator = w.project.random.pick(["??", "||"]);
      return text(w.constant(`process.env.${w.project.random.pick(ENV_NAMES)} ${operator} ${w.literal()}`));
    },
  },
  {
    name: "env default and .env",
    write(w) {
      const name = w.project.random.pick(ENV_NAMES);
      const [first] = w.halves();
      envFile(w, ".env", name, first);
      return text(w.constant(`process.env.${name} || ${w.literal()}`));
    },
  },
  {
    name: "env alone",
    write(w) {
      const name = w.project.random.pick(ENV_NAMES);
      envFile(w, w.project.random.pick([".env", ".env.example"]), name, w.scopes, 0);
      return text(w.constant(`process.env.${name}`));
    },
  },
  {
    name: "env taken apart",
    write(w) {
      const name = w.project.random.pick(ENV_NAMES);
      envFile(w, ".env.example", name, w.scopes, 0);
      w.file.add(`const { ${name}: fromEnv = "" } = process.env;`);
      return text("fromEnv");
    },
  },
  {
    name: "unknown rest",
    write: (w) =>
      text(
        w.constant(
          w.whole(`\`${w.scopes.map((s) => w.token(s)).join(" ")} \${${w.unknown("process.env.EXTRA")}}\``),
        ),
      ),
  },
  {
    name: "JSON",
    write(w) {
      const items = w.scopes.map((scope) => `"${w.token(scope)}"`);
      const content = `{\n  "oauth": { "scopes": ${w.whole(`[${items.join(", ")}]`)} }\n}\n`;
      return list(`${dataFile(w, "json", content)}.oauth.scopes`);
    },
  },
  {
    name: "YAML",
    write(w) {
      const items = w.scopes.map((scope) => `    - ${w.token(scope)}\n`);
      // The list goes from its first dash to the end of its last item.
      const block = w.whole(items.join("").trim());
      return list(`${dataFile(w, "yaml", `oauth:\n  scopes:\n    ${block}\n`)}.oauth.scopes`);
    },
  },
];

const ENV_NAMES = ["KLAVIYO_SCOPES", "KLAVIYO_SCOPE", "OAUTH_SCOPES", "SCOPE", "APP_SCOPES"];

function envFile(w: Writer, path: string, name: string, scopes: readonly string[], request = 1): void {
  w.expect(request, "env");
  const quote = w.project.random.pick(["", '"', "'"]);
  const value = `${quote}${scopes.map((scope) => w.token(scope, { request })).join(" ")}${quote}`;
  w.project.write(path, `PORT=3000\n# for the install\n${name}=${w.whole(value, request)}\nDEBUG=1\n`);
}

/** Writes a data file beside the code and gives the name it is imported by. */
function dataFile(w: Writer, extension: string, content: string): string {
  const key = w.project.name("object");
  const folder = w.file.path.split("/").slice(0, -1).join("/");
  const path = `${folder}/${w.project.name("file")}.${extension}`;
  w.project.write(path, content);
  w.file.importFrom(w.file.specifier(path), { whole: key });
  return key;
}

const classes: Definition[] = [
  {
    name: "static field",
    write(w) {
      const name = w.project.name("class");
      const access = w.project.isTypeScript ? w.project.random.pick(["", "readonly ", "public "]) : "";
      const field = access === "public " ? "public static" : `static ${access}`.trim();
      w.file.add(`class ${name} {\n  ${field} SCOPES = ${w.list()};\n}`);
      return list(`${name}.SCOPES`);
    },
  },
  {
    name: "class field",
    write(w) {
      const name = w.project.name("class");
      w.file.add(`class ${name} {\n  scopes = ${w.list()};\n}`);
      return list(`new ${name}().scopes`);
    },
  },
  {
    name: "private field behind a getter",
    write(w) {
      const name = w.project.name("class");
      w.file.add(
        `class ${name} {\n  #scopes = ${w.list()};\n  get scopes() {\n    return this.#scopes;\n  }\n}`,
      );
      return list(`new ${name}().scopes`);
    },
  },
  {
    name: "getter",
    write(w) {
      const name = w.project.name("class");
      const prefix = w.project.random.pick(["", "static "]);
      w.file.add(`class ${name} {\n  ${prefix}get scope() {\n    return ${w.literal()};\n  }\n}`);
      return text(prefix === "" ? `new ${name}().scope` : `${name}.scope`);
    },
  },
  {
    name: "method",
    write(w) {
      const name = w.project.name("class");
      w.file.add(`class ${name} {\n  scopes() {\n    return ${w.list()};\n  }\n}`);
      return list(`new ${name}().scopes()`);
    },
  },
  {
    name: "field of the parent class",
    write(w) {
      const parent = w.project.name("class");
      const name = w.project.name("class");
      w.file.add(
        `class ${parent} {\n  scopes${w.project.typed("string[]")} = [];\n}`,
        `class ${name} extends ${parent} {\n  scopes = ${w.list()};\n}`,
      );
      return list(`new ${name}().scopes`);
    },
  },
  {
    name: "set in the constructor",
    write(w) {
      const name = w.project.name("class");
      const field = w.project.isTypeScript ? "  scopes: string[];\n" : "";
      w.file.add(`class ${name} {\n${field}  constructor() {\n    this.scopes = ${w.list()};\n  }\n}`);
      return list(`new ${name}().scopes`);
    },
  },
  {
    name: "getter of an object",
    write(w) {
      const name = w.project.name("object");
      w.file.add(`const ${name} = {\n  get scopes() {\n    return ${w.list()};\n  },\n};`);
      return list(`${name}.scopes`);
    },
  },
];

export const definitions: readonly Definition[] = [
  ...literals,
  ...arrays,
  ...objects,
  ...lookups,
  ...strings,
  ...control,
  ...settings,
  ...classes,
];
