/** How a path is written where it becomes concrete. */
import type { Operation } from "../../../src/catalog/types.js";
import type { SourceFile } from "../project.js";
import type { Path } from "./operation.js";
import type { PathNeeds } from "./transports.js";

export interface PathForm {
  name: string;
  /** How many operations one call is; two take two of the same method. */
  operations: 1 | 2;
  /** Whether the form can write the path. */
  writes?: (operation: Operation) => boolean;
  write: (file: SourceFile, operations: readonly Operation[], needs: PathNeeds) => Omit<Path, "operations">;
}

const ID = /\{[^}]*\}/g;

const hasNoId = ({ path }: Operation): boolean => !path.includes("{");
const hasOneId = ({ path }: Operation): boolean => (path.match(ID) ?? []).length === 1;

/** `/api/lists/{id}` as the client wants it, the ids replaced in turn. */
function written({ path }: Operation, { prefix, slash }: PathNeeds, ids: readonly [string, string]): string {
  let count = 0;
  const filled = path
    .replace(/\/$/, "")
    .replace(/^\/api/, prefix)
    .replaceAll(ID, () => ids[count++ % 2] ?? "");
  return slash ? filled : filled.replace(/^\//, "");
}

const template = (
  operation: Operation,
  needs: PathNeeds,
  ids: readonly [string, string] = ["${id}", "${other}"],
): string => {
  const text = written(operation, needs, ids);
  return text.includes("${") ? `\`${text}\`` : `"${text}"`;
};

const simple = (code: string): Omit<Path, "operations"> => ({ before: [], code });

const one: PathForm[] = [
  {
    name: "literal",
    operations: 1,
    write: (_file, [operation], needs) => simple(template(known(operation), needs)),
  },
  {
    name: "concatenation",
    operations: 1,
    writes: hasOneId,
    write(_file, [operation], needs) {
      const [head = "", tail = ""] = written(known(operation), needs, ["\n", "\n"]).split("\n");
      return simple(`"${head}" + id${tail === "" ? "" : ` + "${tail}"`}`);
    },
  },
  {
    name: "constant",
    operations: 1,
    writes: hasNoId,
    write: (file, [operation], needs) => simple(file.constant(template(known(operation), needs))),
  },
  {
    name: "local variable",
    operations: 1,
    write: (_file, [operation], needs) => ({
      before: [`const path = ${template(known(operation), needs)};`],
      code: "path",
    }),
  },
  {
    name: "table",
    operations: 1,
    write(file, [operation], needs) {
      const { project } = file;
      const home = project.random.chance(0.5) ? project.file() : file;
      const table = project.name("object");
      const text = template(known(operation), needs);
      const entry = text.startsWith("`")
        ? `(id${project.typed("string")}, other${project.typed("string")}) => ${text}`
        : text;
      home.add(`const ${table} = {\n  unused: "${needs.prefix}/nothing",\n  wanted: ${entry},\n};`);
      if (home !== file) {
        home.export(table);
        file.import(home, table);
      }
      return simple(`${table}.wanted${text.startsWith("`") ? "(id, other)" : ""}`);
    },
  },
  {
    name: "function",
    operations: 1,
    write(file, [operation], needs) {
      const { project } = file;
      const name = project.name("function");
      file.add(
        `function ${name}(id${project.typed("string")}, other${project.typed("string")}) {\n  return ${template(known(operation), needs)};\n}`,
      );
      return simple(`${name}(id, other)`);
    },
  },
  {
    name: "query",
    operations: 1,
    write(file, [operation], needs) {
      const query = file.project.random.pick([
        "?page[size]=100",
        "?sort=-created&fields[list]=name",
        '?filter=${encodeURIComponent(`equals(id,"${other}")`)}',
        "?${new URLSearchParams({ sort: other })}",
        "?${other}",
      ]);
      return simple(`\`${written(known(operation), needs, ["${id}", "${other}"])}${query}\``);
    },
  },
  {
    name: "trailing slash",
    operations: 1,
    write: (_file, [operation], needs) =>
      simple(`\`${written(known(operation), needs, ["${id}", "${other}"])}/\``),
  },
  {
    name: "encoded ids",
    operations: 1,
    write: (_file, [operation], needs) =>
      simple(template(known(operation), needs, ["${encodeURIComponent(id)}", "${String(other)}"])),
  },
  {
    name: "segments joined",
    operations: 1,
    write(_file, [operation], needs) {
      const text = written(known(operation), { ...needs, slash: false }, ["\n", "\v"]);
      const parts = text
        .split("/")
        .map((part) => (part === "\n" ? "id" : part === "\v" ? "other" : `"${part}"`));
      return simple(`[${needs.slash ? '"", ' : ""}${parts.join(", ")}].join("/")`);
    },
  },
  {
    name: "placeholder replaced",
    operations: 1,
    writes: hasOneId,
    write: (_file, [operation], needs) =>
      simple(`"${written(known(operation), needs, [":id", ":id"])}".replace(":id", id)`),
  },
  {
    name: "optional query",
    operations: 1,
    write: (_file, [operation], needs) => ({
      before: [`let path = ${template(known(operation), needs)};`, `if (flag) path += "?sort=name";`],
      code: "path",
    }),
  },
];

const two: PathForm[] = [
  {
    name: "one of two",
    operations: 2,
    write: (_file, [first, second], needs) =>
      simple(`(flag ? ${template(known(first), needs)} : ${template(known(second), needs)})`),
  },
  {
    name: "variable set in a branch",
    operations: 2,
    write: (_file, [first, second], needs) => ({
      before: [
        `let path = ${template(known(first), needs)};`,
        `if (flag) {`,
        `  path = ${template(known(second), needs)};`,
        `}`,
      ],
      code: "path",
    }),
  },
  {
    name: "switch",
    operations: 2,
    write(file, [first, second], needs) {
      const { project } = file;
      const name = project.name("function");
      file.add(
        `function ${name}(kind${project.typed('"a" | "b"')}, id${project.typed("string")}, other${project.typed("string")}) {\n  switch (kind) {\n    case "a":\n      return ${template(known(first), needs)};\n    default:\n      return ${template(known(second), needs)};\n  }\n}`,
      );
      return simple(`${name}(flag ? "a" : "b", id, other)`);
    },
  },
  {
    name: "loop over a list",
    operations: 2,
    writes: hasNoId,
    write: (_file, [first, second], needs) => ({
      before: [],
      code: "path",
      around: (statement) =>
        `for (const path of [${template(known(first), needs)}, ${template(known(second), needs)}]) {\n    ${statement}\n  }`,
    }),
  },
];

export const pathForms: readonly PathForm[] = [...one, ...one, ...two];

function known(operation: Operation | undefined): Operation {
  if (operation === undefined) throw new Error("A path form got fewer operations than it asked for.");
  return operation;
}
