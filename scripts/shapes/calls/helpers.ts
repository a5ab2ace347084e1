/** Through which helper a call goes, and so where its path becomes concrete. */
import type { SourceFile } from "../project.js";
import { called, callingFunction, type Composition, type Path } from "./operation.js";
import { verbOf, type Sender } from "./transports.js";

export interface Helper {
  name: string;
  /** The calls stand in the file that sends, not in files of their own. */
  inPlace?: true;
  /** Declares the helper once; `call` then makes one call in a file. */
  declare: (
    composition: Composition,
    home: SourceFile,
    sender: Sender,
  ) => (file: SourceFile, path: Path, method: Method) => void;
}

export interface Method {
  name: string;
  /** As an expression in the caller's file. */
  code: string;
}

/** Imports a helper where it stands in another file. */
function from(file: SourceFile, home: SourceFile, name: string): string {
  return file === home ? name : file.import(home, name);
}

const POST = /^(?:POST|PATCH|PUT)$/;

/** What a call passes as the body. */
const bodyOf = ({ name }: Method): string => (POST.test(name) ? ", { data: {} }" : "");

function functionHelper(
  name: string,
  make: (
    composition: Composition,
    home: SourceFile,
    sender: Sender,
  ) => { name: string; call: (local: string, path: string, method: Method) => string },
): Helper {
  return {
    name,
    declare(composition, home, sender) {
      const made = make(composition, home, sender);
      home.export(made.name);
      return (file, path, method) => {
        const code = made.call(from(file, home, made.name), path.code, method);
        callingFunction(composition, file, path, called(composition, path, code));
      };
    },
  };
}

const direct: Helper[] = [
  {
    name: "in place",
    inPlace: true,
    declare: (composition, home, sender) => (_file, path, method) => {
      const { headers } = composition.credential;
      const isWritten = method.code === `"${method.name}"`;
      const request = { path: path.code, headers };
      const code = isWritten
        ? sender.verb({ ...request, method: method.name })
        : sender.send({ ...request, method: method.code });
      callingFunction(composition, home, path, called(composition, path, code));
    },
  },
  {
    name: "in a retried callback",
    inPlace: true,
    declare(composition, home, sender) {
      const { project, credential } = composition;
      const file = project.file();
      const name = project.name("function");
      const type = project.isTypeScript ? "<T>" : "";
      file.add(
        `async function ${name}${type}(run${project.typed("() => Promise<T>")})${project.typed("Promise<T>")} {\n  try {\n    return await run();\n  } catch {\n    return run();\n  }\n}`,
      );
      file.export(name);
      home.import(file, name);
      return (_file, path, method) => {
        const code = sender.verb({ path: path.code, method: method.name, headers: credential.headers });
        callingFunction(composition, home, path, `${name}(() => ${called(composition, path, code)})`);
      };
    },
  },
];

const functions: Helper[] = [
  functionHelper("path, method", ({ project, credential }, home, sender) => {
    const name = project.name("function");
    home.add(
      `async function ${name}(token${project.typed("string")}, path${project.typed("string")}, method = "GET", body${project.isTypeScript ? "?: unknown" : ""}) {\n  const response = await ${sender.send({ path: "path", method: "method", headers: credential.headers })};\n  return response;\n}`,
    );
    return {
      name,
      call: (local, path, method) =>
        method.name === "GET"
          ? `${local}(token, ${path})`
          : `${local}(token, ${path}, ${method.code}${bodyOf(method)})`,
    };
  }),
  functionHelper("method first", ({ project, credential }, home, sender) => {
    const name = project.name("function");
    home.add(
      `const ${name} = async (method${project.typed("string")}, path${project.typed("string")}, token${project.typed("string")}) =>\n  ${sender.send({ path: "path", method: "method", headers: credential.headers })};`,
    );
    return { name, call: (local, path, method) => `${local}(${method.code}, ${path}, token)` };
  }),
  functionHelper("options with defaults", ({ project, credential }, home, sender) => {
    const name = project.name("function");
    home.add(
      `async function ${name}(path${project.typed("string")}, { method = "GET", token, body }${project.typed("any")} = {}) {\n  return ${sender.send({ path: "path", method: "method", headers: credential.headers })};\n}`,
    );
    return {
      name,
      call: (local, path, method) =>
        method.name === "GET"
          ? `${local}(${path}, { token })`
          : `${local}(${path}, { method: ${method.code}, token, body: {} })`,
    };
  }),
  functionHelper("one object", ({ project, credential }, home, sender) => {
    const name = project.name("function");
    home.add(
      `function ${name}(call${project.typed("any")}) {\n  const { token } = call;\n  return ${sender.send({ path: "call.path", method: 'call.method ?? "GET"', headers: credential.headers })};\n}`,
    );
    return {
      name,
      call: (local, path, method) =>
        method.name === "GET"
          ? `${local}({ path: ${path}, token })`
          : `${local}({ token, method: ${method.code}, path: ${path}, body: {} })`,
    };
  }),
  functionHelper("generic", ({ project, credential }, home, sender) => {
    const name = project.name("function");
    const type = project.isTypeScript ? "<T = unknown>" : "";
    home.add(
      `async function ${name}${type}(path${project.typed("string")}, method${project.typed("string")}, token${project.typed("string")})${project.typed("Promise<T>")} {\n  const response${project.typed("any")} = await ${sender.send({ path: "path", method: "method", headers: credential.headers })};\n  return response.json();\n}`,
    );
    const argument = project.isTypeScript ? "<{ data: unknown[] }>" : "";
    return { name, call: (local, path, method) => `${local}${argument}(${path}, ${method.code}, token)` };
  }),
  functionHelper("helper of a helper", ({ project, credential }, home, sender) => {
    const inner = project.name("function");
    const name = project.name("function");
    const wrapped = project.random.chance(0.5) ? project.file() : home;
    home.add(
      `async function ${inner}(method${project.typed("string")}, path${project.typed("string")}, token${project.typed("string")}) {\n  return ${sender.send({ path: "path", method: "method", headers: credential.headers })};\n}`,
    );
    home.export(inner);
    if (wrapped !== home) wrapped.import(home, inner);
    wrapped.add(
      `const ${name} = (token${project.typed("string")}, path${project.typed("string")}, options${project.typed("any")} = {}) =>\n  ${inner}(options.method ?? "GET", path, token);`,
    );
    if (wrapped !== home) {
      // The outer helper is what is exported from here on.
      wrapped.export(name);
      home.import(wrapped, name);
    }
    return {
      name,
      call: (local, path, method) =>
        method.name === "GET"
          ? `${local}(token, ${path})`
          : `${local}(token, ${path}, { method: ${method.code} })`,
    };
  }),
];

const objects: Helper[] = [
  {
    name: "a method for each verb",
    declare(composition, home, sender) {
      const { project, credential } = composition;
      const name = project.name("object");
      const verbs = ["GET", "POST", "PATCH", "DELETE", "PUT"].map((method) => {
        const body = POST.test(method) ? `, body${project.isTypeScript ? "?: unknown" : ""}` : "";
        return `  ${verbOf(method)}: (token${project.typed("string")}, path${project.typed("string")}${body}) =>\n    ${sender.verb({ path: "path", method, headers: credential.headers })},\n`;
      });
      home.add(`const ${name} = {\n${verbs.join("")}};`);
      home.export(name);
      return (file, path, method) => {
        const code = `${from(file, home, name)}.${verbOf(method.name)}(token, ${path.code}${bodyOf(method)})`;
        callingFunction(composition, file, path, called(composition, path, code));
      };
    },
  },
  {
    name: "closure",
    declare(composition, home, sender) {
      const { project, credential } = composition;
      const name = project.name("function");
      home.add(
        `function ${name}(token${project.typed("string")}) {\n  const request = (path${project.typed("string")}, method = "GET") =>\n    ${sender.send({ path: "path", method: "method", headers: credential.headers })};\n  return { request, get: (path${project.typed("string")}) => request(path) };\n}`,
      );
      home.export(name);
      return (file, path, method) => {
        const local = from(file, home, name);
        const code =
          method.name === "GET"
            ? `client.${project.random.pick(["get", "request"])}(${path.code})`
            : `client.request(${path.code}, ${method.code})`;
        const made = { ...path, before: [`const client = ${local}(token);`, ...path.before] };
        callingFunction(composition, file, made, called(composition, path, code));
      };
    },
  },
  {
    name: "curried",
    declare(composition, home, sender) {
      const { project, credential } = composition;
      const name = project.name("function");
      home.add(
        `const ${name} = (token${project.typed("string")}) => (method${project.typed("string")}, path${project.typed("string")}) =>\n  ${sender.send({ path: "path", method: "method", headers: credential.headers })};`,
      );
      home.export(name);
      return (file, path, method) => {
        const code = `${from(file, home, name)}(token)(${method.code}, ${path.code})`;
        callingFunction(composition, file, path, called(composition, path, code));
      };
    },
  },
];

/** A class that sends; gives its name. */
function classWith(
  { project, credential }: Composition,
  home: SourceFile,
  sender: Sender,
  request: string,
): string {
  const name = project.name("class");
  const constructor = project.isTypeScript
    ? "  constructor(private readonly token: string) {}\n"
    : "  constructor(token) {\n    this.token = token;\n  }\n";
  home.add(
    `class ${name} {\n${constructor}  async ${request}(method${project.typed("string")}, path${project.typed("string")}, body${project.isTypeScript ? "?: unknown" : ""}) {\n    const { token } = this;\n    return ${sender.send({ path: "path", method: "method", headers: credential.headers })};\n  }\n}`,
  );
  return name;
}

const classes: Helper[] = [
  {
    name: "instance made in place",
    declare(composition, home, sender) {
      const name = classWith(composition, home, sender, "request");
      home.export(name);
      return (file, path, method) => {
        const local = from(file, home, name);
        const made = { ...path, before: [`const client = new ${local}(token);`, ...path.before] };
        const code = `client.request(${method.code}, ${path.code}${bodyOf(method)})`;
        callingFunction(composition, file, made, called(composition, path, code));
      };
    },
  },
  {
    name: "exported instance",
    declare(composition, home, sender) {
      const name = classWith(composition, home, sender, "send");
      const one = home.constant(`new ${name}(process.env.TOKEN)`);
      home.export(one);
      return (file, path, method) => {
        const code = `${from(file, home, one)}.send(${method.code}, ${path.code}${bodyOf(method)})`;
        callingFunction(composition, file, path, called(composition, path, code));
      };
    },
  },
  {
    name: "injected instance",
    declare(composition, home, sender) {
      const { project } = composition;
      const name = classWith(composition, home, sender, "request");
      home.export(name);
      return (file, path, method) => {
        const code = `client.request(${method.code}, ${path.code}${bodyOf(method)})`;
        const inner = callingFunction(composition, file, path, called(composition, path, code), ["client"]);
        const other = project.file();
        const outer = project.name("function");
        const arguments_ = `"1", "2", flag, new ${other.import(home, name)}(token)`;
        other.add(
          `async function ${outer}(token${project.typed("string")}, flag${project.typed("boolean")}) {\n  return ${other.import(file, inner)}(${arguments_});\n}`,
        );
        other.export(outer);
      };
    },
  },
  methodHelper("methods", "request", false),
  methodHelper("private method", "#request", false),
  methodHelper("inherited", "request", true),
];

/** A class whose own methods fix the paths; what calls them is no call of ours. */
function methodHelper(label: string, request: string, inherits: boolean): Helper {
  return {
    name: label,
    // Without inheritance the class sends itself.
    ...(inherits ? {} : { inPlace: true as const }),
    declare(composition, home, sender) {
      const { project, credential } = composition;
      const parent = inherits ? classWith(composition, home, sender, request) : null;
      if (parent !== null) home.export(parent);
      return (file, path, method) => {
        const name = project.name("class");
        const code = `this.${request}(${method.code}, ${path.code}${bodyOf(method)})`;
        const statement =
          path.around === undefined
            ? `return ${called(composition, path, code)};`
            : path.around(`await ${called(composition, path, code)};`);
        const lines = [...path.before, statement].map((line) => `    ${line}`).join("\n");
        const operation = `  async run(id${project.typed("string")}, other${project.typed("string")}, flag${project.typed("boolean")}) {\n${lines}\n  }\n`;
        if (parent === null) {
          const head = project.isTypeScript
            ? "  constructor(private token: string) {}\n"
            : "  constructor(token) {\n    this.token = token;\n  }\n";
          file.add(
            `class ${name} {\n${head}  async ${request}(method${project.typed("string")}, path${project.typed("string")}, body${project.isTypeScript ? "?: unknown" : ""}) {\n    const token = this.token;\n    return ${sender.send({ path: "path", method: "method", headers: credential.headers })};\n  }\n${operation}}`,
          );
        } else {
          file.add(`class ${name} extends ${from(file, home, parent)} {\n${operation}}`);
        }
        file.export(name);
        const user = project.file();
        const use = project.name("function");
        user.add(
          `async function ${use}(token${project.typed("string")}, flag${project.typed("boolean")}) {\n  return new ${user.import(file, name)}(token).run("1", "2", flag);\n}`,
        );
        user.export(use);
      };
    },
  };
}

export const helpers: readonly Helper[] = [...direct, ...functions, ...objects, ...classes];
