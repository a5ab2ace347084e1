/** What is kept from one run to the next never shows: after any edit the same is found as by a run that knows nothing. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { lowerSource } from "../../src/api/own-files.js";
import { loadCatalog } from "../../src/catalog/index.js";
import { Answers } from "../../src/detect/answers.js";
import { detect } from "../../src/detect/detect.js";
import { Evaluator } from "../../src/evaluate/evaluator.js";
import type { Project } from "../../src/link/project.js";
import { AutoImports } from "../../src/link/auto-imports.js";
import type { FileForm } from "../../src/lower/form.js";
import { calls } from "../../scripts/shapes/calls/index.js";
import { Random } from "../../scripts/shapes/random.js";
import { requests } from "../../scripts/shapes/requests/index.js";

const PROJECTS = 12;
const EDITS = 12;

type Files = Readonly<Record<string, string>>;

/** Random projects, and some in which files hang on each other in every way that we know. */
const composers: [string, (seed: number) => Files, projects?: number][] = [
  ["requests", (seed) => requests.compose(seed).files],
  ["calls", (seed) => calls.compose(seed).files],
  ["classes, interfaces, re-exports, CommonJS", always("classes")],
  ["clients, hooks, forms, the SDK", always("clients")],
  ["helpers with many callers", always("callers")],
  ["what is handed out, provided, deployed and read", always("handed")],
  ["own routes, proxies, stores", always("routes"), PROJECTS / 2],
];

function always(name: string): () => Files {
  const folder = fileURLToPath(new URL(`../../fixtures/edits/${name}`, import.meta.url));
  const files = Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file).replaceAll("\\", "/"), readFileSync(file, "utf8")]),
  );
  return () => files;
}

/** What a person may make of a file: moved, repeated and lost lines, other words, another file's text. */
function edited(text: string, texts: readonly string[], random: Random): string {
  const lines = text.split("\n");
  const at = random.integer(0, lines.length - 1);
  switch (random.integer(0, 7)) {
    case 0:
      lines.splice(at, 1);
      return lines.join("\n");
    case 1:
      lines.splice(at, 0, random.pick(lines));
      return lines.join("\n");
    case 2:
      return `${text}\nconsole.log(${String(random.integer(0, 8))});\n`;
    case 3:
      return `// a word about this\n${text}`;
    case 4:
      return random.pick(texts);
    default: {
      const words = (all: string): string[] => all.match(/[\w:/.-]{3,}/g) ?? ["x"];
      return text.replace(random.pick(words(text)), random.pick(words(random.pick(texts))));
    }
  }
}

/** Relative imports, with any of the endings that the files have. */
function resolverOf(files: ReadonlySet<string>): Project["resolve"] {
  return (from, specifier) => {
    if (!specifier.startsWith(".")) return null;
    const base = path.posix.join(path.posix.dirname(from), specifier);
    const stem = base.replace(/\.[cm]?js$/, "");
    const names = [
      base,
      ...[".ts", ".tsx", ".js", ".mjs", "/index.ts", "/index.js"].map((end) => stem + end),
    ];
    return names.find((name) => files.has(name)) ?? null;
  };
}

function found(project: Project, answers: Answers | null): unknown {
  const { requests: sent, calls: made, reachedFrom } = detect(project, loadCatalog(), [], answers);
  return {
    requests: sent,
    calls: made.map((call) => ({
      ...call,
      operation: call.operation?.id,
      candidates: call.candidates.map(({ id }) => id),
      reachedFrom: [...reachedFrom(call)].sort(),
    })),
  };
}

function lowered(file: string, text: string): FileForm | null {
  const form = lowerSource(file, text);
  return form.problems.length > 0 ? null : form;
}

/** One file less, or one that was taken away again. */
function moved(files: Files, texts: ReadonlyMap<string, string>, random: Random): Map<string, string> {
  const gone = Object.keys(files).filter((file) => !texts.has(file));
  const out = new Map(texts);
  const [back] = gone;
  if (back !== undefined) out.set(back, files[back] ?? "");
  else if (out.size > 1) out.delete(random.pick([...out.keys()]));
  return out;
}

/** Nothing is in scope without an import. */
const autoImports = new AutoImports("/", []);

describe.each(composers)("%s", (_name, compose, projects = PROJECTS) => {
  it("finds after each edit what a fresh run finds", { timeout: 300_000 }, () => {
    let changes = 0;
    for (let seed = 0; seed < projects; seed++) {
      const random = new Random(seed);
      const files = compose(seed);
      let texts = new Map(Object.entries(files));
      let forms = new Map(
        [...texts].map(([file, text]): [string, FileForm] => [file, lowerSource(file, text)]),
      );
      let resolve = resolverOf(new Set(texts.keys()));
      let autoImports = new AutoImports("/", texts.keys());
      const answers = new Answers();
      let before = JSON.stringify(found({ root: "/", forms, resolve, autoImports }, answers));
      for (let edit = 0; edit < EDITS; edit++) {
        if (random.chance(1 / 8)) {
          texts = moved(files, texts, random);
          const known = forms;
          forms = new Map(
            [...texts].map(([file, text]): [string, FileForm] => [
              file,
              known.get(file) ?? lowerSource(file, text),
            ]),
          );
          resolve = resolverOf(new Set(texts.keys()));
          autoImports = new AutoImports("/", texts.keys());
        } else {
          const file = random.pick([...texts.keys()]);
          const text = edited(texts.get(file) ?? "", [...texts.values()], random);
          const form = lowered(file, text);
          if (form === null) continue;
          texts = new Map(texts).set(file, text);
          forms = new Map(forms).set(file, form);
        }
        const project = { root: "/", forms, resolve, autoImports };
        const fresh = found(project, null);
        const kept = found(project, answers);
        const after = JSON.stringify(fresh);
        // To compare texts first is much faster, and all the same where they are.
        if (JSON.stringify(kept) !== after)
          expect({ seed, edit, texts, found: kept }).toEqual({ seed, edit, texts, found: fresh });
        if (after !== before) changes++;
        before = after;
      }
    }
    expect(changes).toBeGreaterThan(projects);
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

it("asks again what hangs on the edited file, and nothing else", () => {
  const texts: Record<string, string> = {
    "api.ts":
      'import { token } from "./token.js";\nexport const get = (path: string) => fetch(`https://a.klaviyo.com/api${path}`, { headers: { Authorization: `Bearer ${token}` } });\n',
    "lists.ts": 'import { get } from "./api.js";\nexport const lists = () => get("/lists");\n',
    "profiles.ts": 'import { get } from "./api.js";\nexport const profiles = () => get("/profiles");\n',
    "events.ts":
      'export const events = () => fetch("https://a.klaviyo.com/api/events", { headers: { Authorization: "Bearer x" } });\n',
    "token.ts": 'export const token = "x";\n',
  };
  const edits = editing(new Map(Object.entries(texts)));
  const edit = (file: string, text: string): ReadonlySet<string> => edits(file, text).looked;

  expect(edit("token.ts", texts["token.ts"] ?? "").size).toBe(5);
  expect(edit("events.ts", `${texts["events.ts"] ?? ""}events();\n`)).toEqual(new Set(["events.ts"]));
  // A call of the helper more is looked at, and so is the helper, which it now calls as well; its other callers' paths
  // meet there.
  expect(edit("events.ts", 'import { get } from "./api.js";\nget("/events");\n')).toContain("lists.ts");
  edit("events.ts", texts["events.ts"] ?? "");
  const looked = edit("token.ts", 'export const token = "y";\n');
  expect(looked).toContain("api.ts");
  expect(looked).not.toContain("events.ts");
});

/** Edits files of a project: which files were looked at again, and which operations are found. */
function editing(
  texts: ReadonlyMap<string, string>,
): (file: string, text: string) => { looked: ReadonlySet<string>; operations: string[] } {
  let forms = new Map([...texts].map(([file, text]) => [file, lowerSource(file, text)]));
  const resolve = resolverOf(new Set(forms.keys()));
  const answers = new Answers();
  const evaluate = vi.spyOn(Evaluator.prototype, "evaluate");
  return (file, text) => {
    forms = new Map(forms).set(file, lowerSource(file, text));
    evaluate.mockClear();
    const { calls } = detect({ root: "/", forms, resolve, autoImports }, loadCatalog(), [], answers);
    return {
      looked: new Set(evaluate.mock.calls.map(([, frame]) => frame.file)),
      operations: calls.flatMap(({ operation }) => operation?.id ?? []).sort(),
    };
  };
}

it("asks of a helper's many callers those of the edited file alone", () => {
  const call = (name: string): string =>
    `import { get } from "./api.js";\nexport const ${name} = () => get("/${name}");\n`;
  const names = ["lists", "segments", "tags", "events", "metrics", "flows", "campaigns", "profiles"];
  const texts = new Map([
    ["api.ts", "export const get = (path: string) => fetch(`https://a.klaviyo.com/api${path}`);\n"],
    ...names.map((name): [string, string] => [`${name}.ts`, call(name)]),
  ]);
  const edit = editing(texts);
  const first = edit("tags.ts", call("tags"));
  expect(first.looked.size).toBe(texts.size);
  expect(first.operations).toHaveLength(names.length);
  const second = edit("tags.ts", call("coupons"));
  expect([...second.looked].sort()).toEqual(["api.ts", "tags.ts"]);
  expect(second.operations).toEqual(
    first.operations.map((id) => (id === "get_tags" ? "get_coupons" : id)).sort(),
  );
});

it("asks nothing again of what is registered, where a file is edited that registers nothing", () => {
  const texts = new Map([
    [
      "app.ts",
      "export const setup = (app) => app.decorate('crm', { load: (p) => fetch(`https://a.klaviyo.com/api${p}`) });\n",
    ],
    ["routes.ts", 'export const flows = (ctx) => ctx.crm.load("/flows");\n'],
    ["other.ts", 'export const lists = () => fetch("https://a.klaviyo.com/api/lists");\n'],
  ]);
  const edit = editing(texts);
  expect(edit("other.ts", texts.get("other.ts") ?? "").operations).toEqual(["get_flows", "get_lists"]);
  expect([...edit("other.ts", `${texts.get("other.ts") ?? ""}lists();\n`).looked]).toEqual(["other.ts"]);
  // Once it registers something, all that read of a carrier is asked again.
  const registering = 'export const more = (app) => app.decorate("crm", { load: () => null });\n';
  expect(edit("other.ts", registering).looked).toContain("routes.ts");
});

it("asks again, where a route or a proxy is edited, those that it answers", () => {
  const handing = "fetch(`https://a.klaviyo.com/api/${params.path.join('/')}`)";
  const proxy = (to: string): string =>
    `export default { server: { proxy: { "/klaviyo": { target: "${to}", rewrite: (path) => path.slice(8) } } } };\n`;
  const texts = new Map([
    ["app/api/klaviyo/[...path]/route.ts", `export const GET = (request, { params }) => ${handing};\n`],
    ["app/api/klaviyo/ping/route.ts", "export const GET = () => new Response('pong');\n"],
    ["vite.config.ts", proxy("https://a.klaviyo.com/api")],
    ["asks.ts", 'export const lists = () => fetch("/api/klaviyo/lists");\n'],
    ["proxied.ts", 'export const tags = () => fetch("/klaviyo/tags");\n'],
    ["direct.ts", 'export const flows = () => fetch("https://a.klaviyo.com/api/flows");\n'],
    ["helper.ts", "export const log = (text) => console.log(text);\n"],
  ]);
  const edit = editing(texts);
  const again = (file: string): ReadonlySet<string> =>
    edit(file, `${texts.get(file) ?? ""}console.log(1);\n`).looked;
  expect(edit("helper.ts", texts.get("helper.ts") ?? "").operations).toEqual([
    "get_flows",
    "get_lists",
    "get_tags",
  ]);
  expect([...again("app/api/klaviyo/ping/route.ts")]).not.toContain("direct.ts");
  expect([...again("vite.config.ts")]).toEqual(["vite.config.ts"]);
  const looked = again("app/api/klaviyo/[...path]/route.ts");
  expect(looked).toContain("asks.ts");
  expect(looked).not.toContain("direct.ts");
  // What is handed on elsewhere is asked again.
  expect(edit("vite.config.ts", proxy("https://api.example.com")).operations).toEqual([
    "get_flows",
    "get_lists",
  ]);
});
