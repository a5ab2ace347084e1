/** Realistic reports for the formats' tests. Positions are found in the sources, so that code and place agree. */
import type { FormatContext } from "../../src/report/context.js";
import type {
  Report,
  ReportApp,
  ReportCall,
  ReportFinding,
  ReportRequest,
  Span,
} from "../../src/report/types.js";

export type Sources = Record<string, string>;

/** A report with the text of its files. */
export interface Sample {
  report: Report;
  sources: Sources;
}

/** The place of the `nth` occurrence of `text` in a file. */
export function at(
  sources: Sources,
  file: string,
  text: string,
  nth = 1,
): Span & { range: [number, number] } {
  const source = sources[file];
  if (source === undefined) throw new Error(`no such file: ${file}`);
  let start = -1;
  for (let index = 0; index < nth; index += 1) start = source.indexOf(text, start + 1);
  if (start < 0) throw new Error(`${file} does not hold ${text}`);
  const position = (offset: number): [number, number] => {
    const lines = source.slice(0, offset).split("\n");
    return [lines.length, (lines.at(-1) ?? "").length + 1];
  };
  const [line, column] = position(start);
  const [endLine, endColumn] = position(start + text.length);
  return { file, line, column, endLine, endColumn, range: [start, start + text.length] };
}

export function spanOf(place: Span): Span {
  const { file, line, column, endLine, endColumn } = place;
  return { file, line, column, endLine, endColumn };
}

export function pointOf(place: Span): { file: string; line: number; column: number } {
  const { file, line, column } = place;
  return { file, line, column };
}

export function app(fields: Partial<ReportApp> = {}): ReportApp {
  return {
    name: "app",
    root: ".",
    configured: null,
    requested: [],
    needed: [],
    unused: [],
    missing: [],
    requestsComplete: true,
    callsComplete: true,
    note: null,
    ...fields,
  };
}

export function request(place: Span, fields: Partial<ReportRequest> = {}): ReportRequest {
  return {
    app: "app",
    ...spanOf(place),
    site: null,
    kind: "authorize-url",
    evidence: "authorize-url",
    complete: true,
    scopes: [],
    unresolved: [],
    flow: [],
    ...fields,
  };
}

export function call(place: Span, fields: Partial<ReportCall> = {}): ReportCall {
  return {
    app: "app",
    ...spanOf(place),
    operation: null,
    method: null,
    path: null,
    scopes: [],
    via: "sdk",
    auth: "oauth",
    candidates: [],
    note: null,
    unresolved: [],
    ...fields,
  };
}

export function finding(place: Span, fields: Partial<ReportFinding>): ReportFinding {
  return {
    app: "app",
    rule: "no-unused-scope",
    severity: "error",
    confidence: "high",
    message: "Something is wrong.",
    ...spanOf(place),
    scope: null,
    operation: null,
    fix: null,
    suggestions: [],
    related: [],
    suppressed: false,
    suppressionReason: null,
    ...fields,
  };
}

export function report(fields: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    tool: { name: "klaviyo-scope-audit", version: "0.1.0", catalogRevision: "2026-07-15" },
    apps: [app()],
    requests: [],
    apiCalls: [],
    findings: [],
    skipped: [],
    stats: { files: 12, parsed: 3, bytes: 4096 },
    ...fields,
  };
}

export function contextOf(sample: Sample, fields: Partial<FormatContext> = {}): FormatContext {
  const sources = new Map(Object.entries(sample.sources));
  return {
    source: (file) => sources.get(file),
    color: false,
    width: 80,
    hyperlinks: false,
    hasScope: (scope) => scope !== "list:read" && scope !== HOSTILE,
    ruleDocs: (name) => ({
      description: `What ${name} is about`,
      url: `https://example.com/rules/${name}`,
      help: `# ${name}\n\nRead **this**.`,
      level: name === "no-unused-scope" ? "warn" : "error",
    }),
    ...fields,
  };
}

const AUTH = "src/auth.ts";
const SYNC = "src/sync.ts";
const LOGIN = "src/login.ts";
const CONFIG = "klaviyo-scopes.json";

/** One app with a fault of most kinds. */
export function faulty(): Sample {
  const sources: Sources = {
    [AUTH]: [
      "// What we ask of a merchant.",
      "export const SCOPES =",
      '\t"list:read profiles:read metrics:read images:write";',
      "",
    ].join("\n"),
    [LOGIN]: [
      'import { SCOPES } from "./auth.js";',
      "export function login(clientId: string) {",
      '  const url = new URL("https://www.klaviyo.com/oauth/authorize");',
      '  url.searchParams.set("scope", SCOPES);',
      "  return url;",
      "}",
      "",
    ].join("\n"),
    [SYNC]: [
      'import { EventsApi, ProfilesApi } from "klaviyo-api";',
      "export async function sync(session: Session, path: string) {",
      "  await new ProfilesApi(session).getProfiles();",
      "  await new EventsApi(session).createEvent(purchase);",
      "  await fetch(`https://a.klaviyo.com${path}`);",
      "}",
      "",
    ].join("\n"),
    [CONFIG]: '{\n  "configured": "accounts:read profiles:read events:write tags:read images:write"\n}\n',
  };
  const place = (file: string, text: string): ReturnType<typeof at> => at(sources, file, text);
  const list = place(AUTH, '"list:read profiles:read metrics:read images:write"');
  const site = place(LOGIN, "SCOPES);");
  const requested = ["images:write", "list:read", "metrics:read", "profiles:read"];
  const unknownPath = { ...pointOf(place(SYNC, "path}")), reason: "a parameter that no known caller gives" };
  const head = {
    ...place(AUTH, "list:read"),
    range: [list.range[0] + 1, list.range[0] + 1] as [number, number],
  };
  const insertion = { ...head, endLine: head.line, endColumn: head.column };
  return {
    sources,
    report: report({
      apps: [
        app({
          configured: ["accounts:read", "events:write", "images:write", "profiles:read", "tags:read"],
          requested,
          needed: ["accounts:read", "events:write", "profiles:read"],
          unused: ["images:write", "metrics:read"],
          missing: ["events:write"],
          callsComplete: false,
        }),
      ],
      requests: [
        request(list, {
          site: pointOf(site),
          scopes: requested.map((name) => ({ name, ...pointOf(place(AUTH, name)) })),
          flow: [{ ...pointOf(place(LOGIN, "SCOPES")), message: "imported here" }],
        }),
      ],
      apiCalls: [
        call(place(SYNC, "new ProfilesApi(session).getProfiles()"), {
          operation: "get_profiles",
          method: "GET",
          path: "/api/profiles",
          scopes: ["profiles:read"],
          candidates: ["get_profiles"],
        }),
        call(place(SYNC, "new EventsApi(session).createEvent(purchase)"), {
          operation: "create_event",
          method: "POST",
          path: "/api/events",
          scopes: ["events:write"],
          candidates: ["create_event"],
        }),
        call(place(SYNC, "fetch(`https://a.klaviyo.com${path}`)"), {
          method: "GET",
          via: "http",
          auth: "unknown",
          note: "dynamic",
          unresolved: [unknownPath],
        }),
      ],
      findings: [
        finding(place(CONFIG, "tags:read"), {
          rule: "no-unrequested-scope",
          severity: "warning",
          message: "`tags:read` is configured in Klaviyo, but no request asks for it.",
          scope: "tags:read",
          suggestions: [
            { description: "Remove `tags:read`.", edits: [{ ...place(CONFIG, "tags:read "), text: "" }] },
          ],
        }),
        finding(list, {
          rule: "require-accounts-read",
          message: "The request lacks `accounts:read`, which Klaviyo requires of every app.",
          scope: "accounts:read",
          fix: [{ ...insertion, text: "accounts:read " }],
          related: [{ ...pointOf(site), message: "goes to Klaviyo here" }],
        }),
        finding(place(AUTH, "list:read"), {
          rule: "no-unknown-scope",
          message: "Klaviyo has no scope `list:read`. Did you mean `lists:read`?",
          scope: "list:read",
          suggestions: [
            {
              description: "Replace with `lists:read`.",
              edits: [{ ...place(AUTH, "list:read"), text: "lists:read" }],
            },
          ],
          related: [{ ...pointOf(site), message: "goes to Klaviyo here" }],
        }),
        finding(place(AUTH, "metrics:read"), {
          rule: "no-unconfigured-scope",
          message:
            "`metrics:read` is requested, but is not in the Scopes field of the app: Klaviyo ignores it silently, and calls that need it answer 403.",
          scope: "metrics:read",
          related: [{ ...pointOf(place(CONFIG, '"accounts:read')), message: "the configured set" }],
        }),
        finding(place(AUTH, "images:write"), {
          rule: "no-unused-scope",
          severity: "warning",
          confidence: "low",
          message:
            "No API call that we know of needs `images:write`. One API call could not be resolved and may need it.",
          scope: "images:write",
          suggestions: [
            { description: "Remove `images:write`.", edits: [{ ...place(AUTH, " images:write"), text: "" }] },
          ],
          related: [{ ...pointOf(place(SYNC, "path}")), message: "this path is not known" }],
        }),
        finding(place(LOGIN, "url.searchParams"), {
          rule: "require-pkce",
          message: "The authorization request sends no `code_challenge`.",
          suppressed: true,
          suppressionReason: "the gateway adds it",
        }),
        finding(place(SYNC, "createEvent"), {
          rule: "no-missing-scope",
          message: "`create_event` needs `events:write`, which is not requested: it will answer 403.",
          scope: "events:write",
          operation: "create_event",
          related: [{ ...pointOf(list), message: "the scopes are requested here" }],
        }),
      ],
      skipped: [{ file: "src/broken.ts", reason: "it does not parse: unexpected token at 3:4" }],
    }),
  };
}

/** One app in which everything fits. */
export function clean(): Sample {
  const sources: Sources = {
    [AUTH]: 'export const KLAVIYO_SCOPES = "accounts:read profiles:read";\n',
    [SYNC]: "export const load = () => new ProfilesApi(session).getProfiles();\n",
  };
  const list = at(sources, AUTH, '"accounts:read profiles:read"');
  const names = ["accounts:read", "profiles:read"];
  return {
    sources,
    report: report({
      apps: [app({ configured: names, requested: names, needed: names })],
      requests: [
        request(list, {
          kind: "sdk",
          evidence: "sdk",
          scopes: names.map((name) => ({ name, ...pointOf(at(sources, AUTH, name)) })),
        }),
      ],
      apiCalls: [
        call(at(sources, SYNC, "new ProfilesApi(session).getProfiles()"), {
          operation: "get_profiles",
          method: "GET",
          path: "/api/profiles",
          scopes: ["profiles:read"],
          candidates: ["get_profiles"],
        }),
      ],
    }),
  };
}

/** Three apps: one faulty, one clean, one where nothing is requested. */
export function several(): Sample {
  const first = faulty();
  const second = clean();
  const move = <T extends { app: string }>(items: T[], name: string): T[] =>
    items.map((item) => inFolder({ ...item, app: name }, `apps/${name}/`));
  const sources: Sources = {};
  for (const [file, text] of Object.entries(first.sources)) sources[`apps/loyalty/${file}`] = text;
  for (const [file, text] of Object.entries(second.sources)) sources[`apps/reviews/${file}`] = text;
  const [loyalty = app()] = first.report.apps;
  const [reviews = app()] = second.report.apps;
  return {
    sources,
    report: report({
      apps: [
        { ...loyalty, name: "loyalty", root: "apps/loyalty" },
        { ...reviews, name: "reviews", root: "apps/reviews" },
        app({
          name: "worker",
          root: "apps/worker",
          note: "no API call of this app was found, so nothing is said of unused scopes",
        }),
      ],
      requests: [...move(first.report.requests, "loyalty"), ...move(second.report.requests, "reviews")],
      apiCalls: [...move(first.report.apiCalls, "loyalty"), ...move(second.report.apiCalls, "reviews")],
      findings: move(first.report.findings, "loyalty"),
    }),
  };
}

/** The same value with `prefix` before every `file` in it. */
function inFolder<T>(value: T, prefix: string): T {
  const copy: unknown = JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    key === "file" ? `${prefix}${String(inner)}` : inner,
  );
  return copy as T;
}

/** No request, no call: nothing to judge. */
export function empty(): Sample {
  return { sources: {}, report: report() };
}

const ESC = "\u001b";
/** Text that tries to break out of every format at once. */
export const HOSTILE = [
  `</script><script>document.title="pwned"</script>`,
  `<img src=x onerror=alert(1)>`,
  `"'><svg onload=alert(1)>`,
  `${ESC}[31m${ESC}]8;;http://evil.example${ESC}\\click${ESC}]8;;${ESC}\\`,
  `\u202Egnp.exe\u202C\u200B\u0000\u0085\u009B31m\uD800`,
  "`| **bold** [link](http://evil.example) ![i](http://evil.example/i.png) @octocat #1",
  "]]> <!-- --> &amp; %0A::error::injected\r\n::warning::injected",
  "{0} {{x}} ${y} __proto__ 日本語 👩‍👩‍👧",
].join(" ");

/** Every string that analyzed code decides is hostile. */
export function hostile(): Sample {
  const file = `src/<b>&"'\`|,:%${ESC}[2J\u202E].ts`;
  const code = `\tconst s = "${HOSTILE.replaceAll("\r\n", " ")} list:read"; // ${"x".repeat(300)}`;
  const sources: Sources = { [file]: `${code}\n` };
  const token = at(sources, file, "list:read");
  const whole = at(sources, file, "</script><script>");
  const step = { ...pointOf(token), message: HOSTILE };
  return {
    sources,
    report: report({
      apps: [
        app({
          name: HOSTILE,
          root: HOSTILE,
          configured: ["accounts:read", HOSTILE],
          requested: [HOSTILE, "list:read", "__proto__", "constructor"],
          needed: ["accounts:read", "profiles:read"],
          missing: ["profiles:read"],
          unused: [HOSTILE],
          note: HOSTILE,
          callsComplete: false,
          requestsComplete: false,
        }),
      ],
      requests: [
        request(whole, {
          app: HOSTILE,
          site: pointOf(token),
          complete: false,
          scopes: [{ name: HOSTILE, ...pointOf(whole) }],
          unresolved: [{ ...pointOf(token), reason: HOSTILE }],
          flow: [step],
        }),
      ],
      apiCalls: [
        call(whole, {
          app: HOSTILE,
          path: HOSTILE,
          method: "GET",
          via: "http",
          scopes: ["profiles:read"],
          unresolved: [{ ...pointOf(token), reason: HOSTILE }],
        }),
      ],
      findings: [
        finding(whole, {
          app: HOSTILE,
          rule: "no-unknown-scope",
          message: `Klaviyo has no scope \`${HOSTILE}\`.`,
          scope: HOSTILE,
          operation: HOSTILE,
          fix: [{ ...token, text: HOSTILE }],
          suggestions: [{ description: HOSTILE, edits: [{ ...token, text: HOSTILE }] }],
          related: [step],
        }),
        finding(token, {
          app: HOSTILE,
          rule: "no-unused-scope",
          severity: "warning",
          message: HOSTILE,
          suppressed: true,
          suppressionReason: HOSTILE,
        }),
      ],
      skipped: [{ file, reason: HOSTILE }],
    }),
  };
}

export const SAMPLES: Record<string, () => Sample> = { faulty, clean, several, empty, hostile };
