/** How a request is sent: which HTTP client, and how it knows Klaviyo's host. */
import type { SourceFile } from "../project.js";

/** What is needed of a path: what stands before `/lists` in it. */
export interface PathNeeds {
  prefix: "" | "/api";
  slash: boolean;
}

export interface Sender {
  needs: PathNeeds;
  /** A call with a method that is an expression. */
  send: (request: { path: string; method: string; headers: string }) => string;
  /** A call whose method is known where it is written. */
  verb: (request: { path: string; method: string; headers: string }) => string;
}

export interface Transport {
  name: string;
  /** Declares what it needs in the file that sends. */
  declare: (file: SourceFile) => Sender;
}

const API = "https://a.klaviyo.com";

/** A base URL as it is written in a file; `covers` says whether `/api` is in it. */
function baseUrl(file: SourceFile, covers: "" | "/api"): string {
  const { project } = file;
  const { random } = project;
  const url = `"${API}${covers}"`;
  switch (random.integer(0, 6)) {
    case 0:
      return file.constant(url);
    case 1:
      return file.constant(`process.env.API_URL ${random.pick(["??", "||"])} ${url}`);
    case 2: {
      const host = file.constant('"a.klaviyo.com"');
      return file.constant(`\`https://\${${host}}${covers}\``);
    }
    case 3: {
      const name = project.name("object");
      file.add(`const ${name} = { klaviyo: { baseUrl: ${url} }, timeout: 10 };`);
      return `${name}.klaviyo.baseUrl`;
    }
    case 4: {
      const other = project.file();
      const name = other.constant(url);
      other.export(name);
      return file.import(other, name);
    }
    case 5: {
      const name = project.name("class");
      file.add(`class ${name} {\n  static BASE = ${url};\n}`);
      return `${name}.BASE`;
    }
    default:
      return url;
  }
}

/** The whole URL of a path. */
function wholeUrl(file: SourceFile): { needs: PathNeeds; url: (path: string) => string } {
  const { random } = file.project;
  const covers = random.pick(["", "/api"] as const);
  const prefix = covers === "" ? "/api" : "";
  const base = baseUrl(file, covers);
  const inside = base.startsWith('"') ? base.slice(1, -1) : `\${${base}}`;
  switch (random.integer(0, 3)) {
    case 0:
      return { needs: { prefix, slash: true }, url: (path) => `${base} + ${path}` };
    case 1:
      return { needs: { prefix, slash: false }, url: (path) => `\`${inside}/\${${path}}\`` };
    case 2:
      if (covers === "") {
        const wrap = random.pick(["", ".toString()", ".href"]);
        return { needs: { prefix, slash: true }, url: (path) => `new URL(${path}, ${base})${wrap}` };
      }
      return { needs: { prefix, slash: true }, url: (path) => `\`${inside}\${${path}}\`` };
    default:
      return { needs: { prefix, slash: true }, url: (path) => `\`${inside}\${${path}}\`` };
  }
}

/** `POST` as the name of a client's method. */
export function verbOf(method: string): string {
  return method.toLowerCase();
}

/** The second argument of `post` and its like, which `get` and `delete` do not have. */
const body = (method: string): string => (/^(?:GET|DELETE)$/.test(method) ? "" : "{}, ");

const whole: Transport[] = [
  {
    name: "fetch",
    declare(file) {
      const { needs, url } = wholeUrl(file);
      const send: Sender["send"] = ({ path, method, headers }) =>
        `fetch(${url(path)}, { method: ${method}, headers: { ${headers} } })`;
      return {
        needs,
        send,
        verb: ({ path, method, headers }) =>
          method === "GET"
            ? `fetch(${url(path)}, { headers: { ${headers} } })`
            : send({ path, method: `"${method}"`, headers }),
      };
    },
  },
  {
    name: "axios",
    declare(file) {
      file.importFrom("axios", { whole: "axios" });
      const { needs, url } = wholeUrl(file);
      return {
        needs,
        send: ({ path, method, headers }) =>
          file.project.random.pick([
            `axios({ url: ${url(path)}, method: ${method}, headers: { ${headers} } })`,
            `axios.request({ method: ${method}, url: ${url(path)}, headers: { ${headers} } })`,
          ]),
        verb: ({ path, method, headers }) =>
          `axios.${verbOf(method)}(${url(path)}, ${body(method)}{ headers: { ${headers} } })`,
      };
    },
  },
  {
    name: "got",
    declare(file) {
      file.importFrom("got", { whole: "got" });
      const { needs, url } = wholeUrl(file);
      return {
        needs,
        send: ({ path, method, headers }) =>
          `got(${url(path)}, { method: ${method}, headers: { ${headers} } })`,
        verb: ({ path, method, headers }) =>
          `got.${verbOf(method)}(${url(path)}, { headers: { ${headers} } })`,
      };
    },
  },
  {
    name: "undici",
    declare(file) {
      file.importFrom("undici", { named: "request as send" });
      const { needs, url } = wholeUrl(file);
      const send: Sender["send"] = ({ path, method, headers }) =>
        `send(${url(path)}, { method: ${method}, headers: { ${headers} } })`;
      return {
        needs,
        send,
        verb: ({ path, method, headers }) => send({ path, method: `"${method}"`, headers }),
      };
    },
  },
  {
    name: "ofetch",
    declare(file) {
      file.importFrom("ofetch", { named: "ofetch" });
      const { needs, url } = wholeUrl(file);
      const send: Sender["send"] = ({ path, method, headers }) =>
        `ofetch(${url(path)}, { method: ${method}, headers: { ${headers} } })`;
      return {
        needs,
        send,
        verb: ({ path, method, headers }) => send({ path, method: `"${method}"`, headers }),
      };
    },
  },
];

const instances: Transport[] = [
  {
    name: "axios.create",
    declare(file) {
      const { random } = file.project;
      file.importFrom("axios", { whole: "axios" });
      const covers = random.pick(["", "/api"] as const);
      const client = file.constant(`axios.create({ baseURL: ${baseUrl(file, covers)}, timeout: 5000 })`);
      return {
        needs: { prefix: covers === "" ? "/api" : "", slash: true },
        send: ({ path, method, headers }) =>
          random.pick([
            `${client}.request({ url: ${path}, method: ${method}, headers: { ${headers} } })`,
            `${client}({ url: ${path}, method: ${method}, headers: { ${headers} } })`,
          ]),
        verb: ({ path, method, headers }) =>
          `${client}.${verbOf(method)}(${path}, ${body(method)}{ headers: { ${headers} } })`,
      };
    },
  },
  {
    name: "got.extend",
    declare(file) {
      file.importFrom("got", { whole: "got" });
      const client = file.constant(`got.extend({ prefixUrl: ${baseUrl(file, "/api")} })`);
      return {
        needs: { prefix: "", slash: false },
        send: ({ path, method, headers }) =>
          `${client}(${path}, { method: ${method}, headers: { ${headers} } })`,
        verb: ({ path, method, headers }) =>
          `${client}.${verbOf(method)}(${path}, { headers: { ${headers} } })`,
      };
    },
  },
  {
    name: "ky.create",
    declare(file) {
      file.importFrom("ky", { whole: "ky" });
      const client = file.constant(`ky.create({ prefixUrl: ${baseUrl(file, "/api")} })`);
      return {
        needs: { prefix: "", slash: false },
        send: ({ path, method, headers }) =>
          `${client}(${path}, { method: ${method}, headers: { ${headers} } })`,
        verb: ({ path, method, headers }) =>
          `${client}.${verbOf(method)}(${path}, { headers: { ${headers} } })`,
      };
    },
  },
  {
    name: "undici Client",
    declare(file) {
      file.importFrom("undici", { named: "Client" });
      const client = file.constant(`new Client(${baseUrl(file, "")})`);
      const send: Sender["send"] = ({ path, method, headers }) =>
        `${client}.request({ path: ${path}, method: ${method}, headers: { ${headers} } })`;
      return {
        needs: { prefix: "/api", slash: true },
        send,
        verb: ({ path, method, headers }) => send({ path, method: `"${method}"`, headers }),
      };
    },
  },
  {
    name: "https",
    declare(file) {
      file.importFrom("node:https", { whole: "https" });
      const send: Sender["send"] = ({ path, method, headers }) =>
        `https.request({ hostname: "a.klaviyo.com", path: ${path}, method: ${method}, headers: { ${headers} } })`;
      return {
        needs: { prefix: "/api", slash: true },
        send,
        verb: ({ path, method, headers }) => send({ path, method: `"${method}"`, headers }),
      };
    },
  },
];

export const transports: readonly Transport[] = [...whole, ...whole.slice(0, 2), ...instances];
