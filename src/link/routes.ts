/**
 * Routes that frameworks make of files by their place: Next's, Vercel's, Astro's, SvelteKit's, Nuxt's, Remix', Netlify's
 * and Supabase's functions. Syntax of paths alone.
 */

/** Whether a path, or a piece of one, says Klaviyo. */
export function isKlaviyosPath(text: string): boolean {
  return /klaviyo/i.test(text);
}

/** A piece of a route's path; a rest takes all that is left. */
export interface RouteSegment {
  kind: "literal" | "param" | "rest";
  /** The text, or the name of what stands there. */
  text: string;
}

/**
 * How a handler is called: with a `Request`, with a request and a response, with what holds a request and more, with an
 * event of h3's or of a function's, with data alone.
 */
export type RouteStyle = "web" | "node" | "context" | "event" | "lambda" | "callable";

/** A function that a file exports for a route. */
export interface FileRoute {
  path: RouteSegment[];
  style: RouteStyle;
  /** The export; null for what is handed to `serve`. */
  name: string | null;
  /** What it answers; null for any method. */
  methods: readonly string[] | null;
}

const VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const WRITES = VERBS.slice(1);

/** Where a function is that Firebase lets be called by its name. */
export function callablePath(name: string): RouteSegment[] {
  return bracketed(`callable/${name}`);
}

/** By place: where the path begins, and what of the file answers. */
const PLACES: readonly [RegExp, (found: RegExpExecArray) => FileRoute[]][] = [
  [/(?:^|\/)app\/(.+)\/route\.[cm]?[jt]sx?$/, ([, at = ""]) => byVerb(bracketed(withoutGroups(at)), "web")],
  [
    /(?:^|\/)src\/routes\/(.+)\/\+server\.[cm]?[jt]s$/,
    ([, at = ""]) => byVerb(bracketed(withoutGroups(at)), "context"),
  ],
  [/(?:^|\/)server\/(?:routes\/(.+)|(api\/.+))\.[cm]?[jt]s$/, ([, route, api]) => nitro(route ?? api ?? "")],
  [/(?:^|\/)app\/routes\/(.+)\.[cm]?[jt]sx?$/, ([, at = ""]) => remix(at)],
  [
    /(?:^|\/)pages\/(.+)\.[cm]?[jt]s$/,
    ([, at = ""]) => [
      ...byVerb(bracketed(at), "context"),
      { path: bracketed(at), style: "node", name: "default", methods: null },
    ],
  ],
  [
    /(?:^|\/)netlify\/functions\/([\w-]+)(?:\/index|\/\1)?\.[cm]?[jt]s$/,
    ([, at = ""]) => {
      const path = [...bracketed(`.netlify/functions/${at}`), rest("splat")];
      return [
        { path, style: "lambda", name: "handler", methods: null },
        { path, style: "web", name: "default", methods: null },
      ];
    },
  ],
  [
    /(?:^|\/)supabase\/functions\/([\w-]+)\/index\.[jt]s$/,
    ([, at = ""]) => [
      { path: [...bracketed(`functions/v1/${at}`), rest("rest")], style: "web", name: null, methods: null },
    ],
  ],
  [
    /^(?:(?:apps|packages)\/[^/]+\/|(?!(?:src|lib|app|server)\/)[^/]+\/)?(api\/.+)\.[cm]?[jt]s$/,
    ([, at = ""]) => [
      ...byVerb(bracketed(at), "web"),
      { path: bracketed(at), style: "node", name: "default", methods: null },
    ],
  ],
];

/** The routes that a file answers by its place. */
export function routesOfFile(file: string): FileRoute[] {
  for (const [pattern, make] of PLACES) {
    const found = pattern.exec(file);
    if (found !== null) return make(found);
  }
  return [];
}

function byVerb(path: RouteSegment[], style: RouteStyle): FileRoute[] {
  return [
    ...VERBS.map((verb): FileRoute => ({ path, style, name: verb, methods: [verb] })),
    { path, style, name: "ALL", methods: null },
  ];
}

/** `klaviyo/[...path].post` */
function nitro(at: string): FileRoute[] {
  const [, path = "", verb] = /^(.+?)(?:\.(get|post|put|patch|delete))?$/.exec(at) ?? [];
  const methods = verb === undefined ? null : [verb.toUpperCase()];
  return [{ path: bracketed(path), style: "event", name: "default", methods }];
}

/** `api.klaviyo.$` of Remix' flat routes. */
function remix(at: string): FileRoute[] {
  const path = at
    .replace(/\/(?:index|route)$/, "")
    .split(/[./]/)
    .filter((part) => part !== "" && !part.startsWith("_"))
    .map((part): RouteSegment => {
      const text = part.replace(/_$/, "");
      if (text === "$") return rest("*");
      return text.startsWith("$")
        ? { kind: "param", text: text.slice(1) }
        : { kind: "literal", text: text.replace(/[[\]]/g, "") };
    });
  return [
    { path, style: "context", name: "loader", methods: ["GET"] },
    { path, style: "context", name: "action", methods: WRITES },
  ];
}

/** `(shop)` and `@modal` of Next's and SvelteKit's folders are no part of a path. */
function withoutGroups(at: string): string {
  return at
    .split("/")
    .filter((part) => !/^(?:\(.*\)|@.*)$/.test(part))
    .join("/");
}

/** `klaviyo/[id]/[...path]`, `klaviyo/index`. */
function bracketed(at: string): RouteSegment[] {
  return at
    .replace(/\/index$/, "")
    .split("/")
    .map((part): RouteSegment => {
      const spread = /^\[{1,2}\.\.\.(\w*)\]{1,2}$/.exec(part);
      if (spread !== null) return rest(spread[1] ?? "");
      const [, name] = /^\[{1,2}(\w+)(?:=\w+)?\]{1,2}$/.exec(part) ?? [];
      return name === undefined ? { kind: "literal", text: part } : { kind: "param", text: name };
    });
}

function rest(text: string): RouteSegment {
  return { kind: "rest", text };
}

/** `/api/klaviyo/:id/*` of Express, Hono and Fastify. */
export function writtenPath(path: string): RouteSegment[] {
  return path
    .split("/")
    .filter((part) => part !== "")
    .map((part): RouteSegment => {
      const [, name, many] = /^\{?:(\w+)(?:\{\.[*+]\}|\((?:\.\*|\*)\))?([*+])?\??\}?$/.exec(part) ?? [];
      if (name !== undefined)
        return many === undefined && !/[({]\.?\*/.test(part) ? { kind: "param", text: name } : rest(name);
      const splat = /^\{?\*(\w*)\}?$|^\(\.\*\)$/.exec(part);
      return splat === null ? { kind: "literal", text: part } : rest(splat[1] ?? "");
    });
}
