/**
 * Pictures from readable text: a project as path → text, with its requests and calls named by the code they are.
 * Every place is found by searching, so that what a test says and where it points cannot drift apart.
 */
import { loadCatalog } from "../../src/catalog/index.js";
import type { Operation } from "../../src/catalog/types.js";
import { lineStarts, positionOf } from "../../src/audit/lines.js";
import { judgesNeed } from "../../src/audit/need.js";
import type {
  ApiCall,
  App,
  AuthorizationRequest,
  Malformation,
  MalformationKind,
  Picture,
  Place,
  RequestedToken,
  ScopeRequest,
  Unresolved,
} from "../../src/audit/picture.js";
import type { Config } from "../../src/config/types.js";

export type Files = Record<string, string>;

/** Code and why it is unknown. */
type UnknownPart = readonly [text: string, reason: string];

interface RequestOptions {
  kind?: ScopeRequest["kind"];
  /** The code of the site, in the same file or in `[file, code]`; null for an entry that only its name tells. */
  site?: string | readonly [file: string, text: string] | null;
  unresolved?: UnknownPart[];
  /** Kind, offending text, and what to write in its stead; null where a person must mend it. */
  malformed?: (readonly [kind: MalformationKind, text: string, instead: string | null])[];
  pkce?: AuthorizationRequest["pkce"];
  /** The code of `code_challenge_method`. */
  method?: string;
  /** Code before which the edit that adds PKCE inserts text. */
  pkceEdit?: { before: string; insert: string; description: string };
  /** Why there is no challenge. */
  because?: string;
  /** The list is code of which nothing is known. */
  opaque?: boolean;
  /** False for lists into which nothing can be inserted in one clean edit. */
  editable?: boolean;
  /** Further tokens, written elsewhere: `...BASE`. */
  also?: { file: string; list: string };
}

interface CallOptions {
  via?: ApiCall["via"];
  auth?: ApiCall["auth"];
  note?: ApiCall["note"];
  method?: string | null;
  path?: string | null;
  unresolved?: UnknownPart[];
  methodText?: string;
  pathText?: string;
  /** Class, written name, and the method it is near. */
  mistaken?: readonly [className: string, name: string, meant: string];
}

export function project(files: Files): PictureBuilder {
  return new PictureBuilder(files);
}

export class PictureBuilder {
  readonly #files: Files;
  readonly #apps: App[] = [];
  #config: Config | null = null;
  #configFile: string | null = null;

  constructor(files: Files) {
    this.#files = files;
  }

  /** What follows belongs to this app. Without one there is a single app at the root. */
  app(name: string, root = "."): this {
    this.#apps.push({
      name,
      root,
      configured: null,
      requests: [],
      calls: [],
      requested: [],
      needed: [],
      requestsComplete: true,
      callsComplete: true,
    });
    return this;
  }

  /** A request whose list is `list` in `file`: a string (with or without quotes) or an array of string literals. */
  request(file: string, list: string, options: RequestOptions = {}): this {
    const place = this.at(file, list);
    const unresolved = this.#unresolved(file, options.unresolved);
    const elsewhere = options.also;
    const tokens = options.opaque === true ? [] : this.#tokens(place);
    const start = list.startsWith("[") || /^["'`]/.test(list) ? place.range[0] + 1 : place.range[0];
    const array = list.startsWith("[");
    const authorization = this.#authorization(file, options);
    const site = options.site === undefined ? null : options.site;
    this.#app().requests.push({
      ...place,
      app: this.#app().name,
      deployment: null,
      isNeutral: false,
      site: site === null ? null : typeof site === "string" ? this.at(file, site) : this.at(...site),
      kind: options.kind ?? "authorize-url",
      evidence: "authorize-url",
      complete: unresolved.length === 0,
      tokens: elsewhere ? [...this.#tokens(this.at(elsewhere.file, elsewhere.list)), ...tokens] : tokens,
      unresolved,
      instead: [],
      malformations: (options.malformed ?? []).map(([kind, text, instead]) =>
        this.#malformation(place, kind, text, instead),
      ),
      insertion:
        options.editable === false || options.opaque === true
          ? null
          : {
              file,
              offset: start,
              prefix: array ? '"' : "",
              suffix: array ? '", ' : tokens.length > 0 ? " " : "",
            },
      authorization,
      flow: [],
    });
    return this;
  }

  #mistaken(file: string, mistaken: CallOptions["mistaken"]): Pick<ApiCall, "mistaken"> {
    if (mistaken === undefined) return {};
    const [className, name, meant] = mistaken;
    return { mistaken: { className, name, meant, place: this.at(file, name) } };
  }

  /** An API call: `text` in `file` calls the operations (ids), all of which it can be. */
  call(file: string, text: string, ids: string | readonly string[], options: CallOptions = {}): this {
    const operations = (typeof ids === "string" ? [ids] : ids).map(operation);
    const [first, ...others] = operations;
    const single = first !== undefined && others.length === 0 ? first : null;
    const auth = options.auth ?? "oauth";
    this.#app().calls.push({
      ...this.at(file, text),
      app: this.#app().name,
      operation: single,
      candidates: operations,
      method: options.method === undefined ? (single?.method ?? null) : options.method,
      path: options.path === undefined ? (single?.path.replaceAll(/\{\w+\}/g, "{}") ?? null) : options.path,
      scopes: auth === "private-key" || auth === "public" ? [] : commonScopes(operations),
      via: options.via ?? "http",
      auth,
      note: options.note ?? null,
      unresolved: this.#unresolved(file, options.unresolved),
      methodPlace: options.methodText === undefined ? null : this.at(file, options.methodText),
      pathPlace: options.pathText === undefined ? null : this.at(file, options.pathText),
      flow: [],
      ...this.#mistaken(file, options.mistaken),
    });
    return this;
  }

  /** A part of the app's calls is out of view, without a call to show for it. */
  callsIncomplete(): this {
    this.#app().callsComplete = false;
    return this;
  }

  /** The configured set: `list` in `file`, written as for a request. */
  configured(file: string, list: string): this {
    const place = this.at(file, list);
    const array = list.startsWith("[");
    this.#app().configured = {
      ...place,
      scopes: this.#tokens(place).map(({ name, place: at, removal }) => ({ name, place: at, removal })),
      insertion: {
        file,
        offset: place.range[0] + 1,
        prefix: array ? '"' : "",
        suffix: array ? '", ' : " ",
      },
    };
    return this;
  }

  /** The project's config, at `file`; parts that the rules read. */
  config(
    file: string,
    { scopes = [], justify = {} }: { scopes?: string[]; justify?: Record<string, string> },
  ): this {
    this.#configFile = file;
    this.#config = {
      file: `/project/${file}`,
      root: "/project",
      configured: null,
      include: [],
      ignore: [],
      rules: {},
      overrides: [],
      justify: Object.fromEntries(
        Object.entries(justify).map(([name, reason]) => [name, { reason, range: [0, 0] as const }]),
      ),
      scopes,
      uses: [],
      helpers: [],
      apps: [],
    };
    return this;
  }

  picture(): Picture {
    for (const app of this.#apps) settle(app);
    const starts = new Map(Object.entries(this.#files).map(([file, text]) => [file, lineStarts(text)]));
    return {
      apps: this.#apps,
      config: this.#config,
      configFile: this.#configFile,
      catalog: loadCatalog(),
      text: (file) => (Object.hasOwn(this.#files, file) ? this.#files[file] : undefined),
      position: (file, offset) => positionOf(starts.get(file) ?? [0], offset),
    };
  }

  /** @throws Error unless the file holds the text exactly once. */
  at(file: string, text: string): Place {
    const source = this.#files[file];
    if (source === undefined) throw new Error(`The project has no ${file}.`);
    const start = source.indexOf(text);
    if (start === -1) throw new Error(`${file} does not hold ${text}.`);
    if (source.includes(text, start + 1)) throw new Error(`${file} holds ${text} more than once.`);
    return { file, range: [start, start + text.length] };
  }

  #app(): App {
    if (this.#apps.length === 0) this.app("app");
    const app = this.#apps.at(-1);
    if (app === undefined) throw new Error("There is no app.");
    return app;
  }

  #unresolved(file: string, parts: readonly UnknownPart[] = []): Unresolved[] {
    return parts.map(([text, reason]) => ({ ...this.at(file, text), reason }));
  }

  #text({ file, range }: Place): string {
    return (this.#files[file] ?? "").slice(range[0], range[1]);
  }

  #tokens(list: Place): RequestedToken[] {
    const text = this.#text(list);
    const array = text.startsWith("[");
    const { file } = list;
    return [...text.matchAll(array ? /"([^"]*)"/g : /[^\s,;|"'`]+/g)].map((match) => {
      const written = match[1] ?? match[0];
      const start = list.range[0] + match.index + (array ? 1 : 0);
      const end = start + written.length;
      return {
        name: written.toLowerCase(),
        text: written,
        place: { file, range: [start, end] },
        optional: false,
        removal: this.#removal(list, array ? [start - 1, end + 1] : [start, end]),
        replacement: { file, range: [start, end] },
      };
    });
  }

  /** Takes the separator after the token with it, or the one before where it is the last. */
  #removal({ file, range }: Place, [start, end]: readonly [number, number]) {
    const source = this.#files[file] ?? "";
    const after = /^(?:,\s*|\s+)(?=[^\s\]])/.exec(source.slice(end, range[1]))?.[0] ?? "";
    const isLast = after === "" || /^\s*["'`]?$/.test(source.slice(end + after.length, range[1]));
    const before = isLast ? (/(?:,\s*|\s+)$/.exec(source.slice(range[0], start))?.[0] ?? "") : "";
    return {
      file,
      range: [start - before.length, isLast ? end : end + after.length] as const,
      text: "",
    };
  }

  #malformation(list: Place, kind: MalformationKind, text: string, instead: string | null): Malformation {
    const start = this.#text(list).lastIndexOf(text);
    if (start === -1) throw new Error(`The list does not hold ${text}.`);
    const range = [list.range[0] + start, list.range[0] + start + text.length] as const;
    const place = { file: list.file, range };
    return { kind, place, text, edits: instead === null ? [] : [{ ...place, text: instead }] };
  }

  #authorization(file: string, options: RequestOptions): AuthorizationRequest | null {
    const { pkce, site, pkceEdit } = options;
    if (pkce === undefined || site === undefined || site === null) return null;
    const place = typeof site === "string" ? this.at(file, site) : this.at(...site);
    const before = pkceEdit && this.at(place.file, pkceEdit.before).range[0];
    return {
      ...place,
      ...(options.because === undefined ? {} : { because: options.because }),
      pkce,
      methodPlace: options.method === undefined ? null : this.at(place.file, options.method),
      pkceEdit:
        pkceEdit === undefined || before === undefined
          ? null
          : {
              edit: { file: place.file, range: [before, before], text: pkceEdit.insert },
              description: pkceEdit.description,
            },
    };
  }
}

function operation(id: string): Operation {
  const found = loadCatalog().operation(id);
  if (found === undefined) throw new Error(`The catalog has no operation ${id}.`);
  return found;
}

function commonScopes([first, ...others]: readonly Operation[]): string[] {
  return (first?.scopes ?? []).filter((scope) => others.every(({ scopes }) => scopes.includes(scope)));
}

/** The unions that the picture holds beside the lists, by their definitions. */
function settle(app: App): void {
  const union = (names: string[]) => [...new Set(names)].sort();
  app.requested = union(app.requests.flatMap(({ tokens }) => tokens.map(({ name }) => name)));
  app.needed = judgesNeed(app) ? union(["accounts:read", ...app.calls.flatMap(({ scopes }) => scopes)]) : [];
  app.requestsComplete = app.requests.every(({ complete }) => complete);
  app.callsComplete &&= app.calls.every(
    ({ note, unresolved }) => note !== "dynamic" && unresolved.length === 0,
  );
}
