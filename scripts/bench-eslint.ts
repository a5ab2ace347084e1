/**
 * What the plugin costs in ESLint, as ratios: a large tree with one Klaviyo app inside, the first file of a fresh process
 * (an editor, lint-staged, a worker) with and without what other processes left on the disk, and one file after one edit.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const ROUNDS = 3;

/** Installed packages that ship their TypeScript. */
const SOURCES = ["zod", "ajv"];

/** Runs in a process of its own: `setup` gives ESLint in several set-ups, and how to measure. */
const SETUP = `
  import { ESLint } from "eslint";
  import js from "@eslint/js";
  import tseslint from "typescript-eslint";
  import { readFileSync } from "node:fs";
  const [tree, plain] = JSON.parse(process.env.BENCH);
  const nothing = { plugins: { bench: { rules: { nothing: { create: () => ({ Program() {} }) } } } }, rules: { "bench/nothing": "error" } };
  const load = async () => (await import("./dist/bundle/eslint.js")).default.configs.recommended;
  const eslint = (...config) => new ESLint({ cwd: tree, overrideConfigFile: true, overrideConfig: config });
  const typescript = { files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } };
  const say = (value) => console.log(JSON.stringify(value));
  const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
`;

/** CPU time of linting some files in a fresh process, and its memory. */
const LINT = `${SETUP}
  const [files, ours, cache] = plain;
  const config = ours ? [await load(), { settings: { "klaviyo-scopes": { cache } } }] : [nothing];
  const results = await eslint(typescript, ...config).lintFiles(files);
  say({ time: used(), memory: process.resourceUsage().maxRSS / 1024, files: results.length,
    findings: results.flatMap(({ messages }) => messages).filter(({ ruleId }) => ruleId?.startsWith("klaviyo")).length });
`;

/** The same by two workers of one process, which load their config from a file. */
const LINT_BY_WORKERS = `${SETUP}
  const [files, ours] = plain;
  const overrideConfigFile = tree + "/node_modules/" + (ours ? "with" : "without") + ".config.mjs";
  const results = await new ESLint({ cwd: tree, overrideConfigFile, concurrency: 2 }).lintFiles(files);
  say({ time: used(), memory: process.resourceUsage().maxRSS / 1024, files: results.length,
    findings: results.flatMap(({ messages }) => messages).filter(({ ruleId }) => ruleId?.startsWith("klaviyo")).length });
`;

/** What the workers load. Under `node_modules`, so that it is no part of the linted project. */
const workerConfig = (ours: boolean): string => `
  import tseslint from ${JSON.stringify(import.meta.resolve("typescript-eslint"))};
  import plugin from ${JSON.stringify(new URL("../dist/bundle/eslint.js", import.meta.url).href)};
  const nothing = { plugins: { bench: { rules: { nothing: { create: () => ({ Program() {} }) } } } }, rules: { "bench/nothing": "error" } };
  const settings = { "klaviyo-scopes": { cache: false } };
  export default [{ files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } }, ${ours ? "plugin.configs.recommended, { settings }" : "nothing"}];
`;

/** Time of linting one file after one edit, by turns without the plugin and with it. */
const RELINT = `${SETUP}
  const [file, edits, typed] = plain;
  const project = { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: tree } } };
  const others = typed ? [...tseslint.configs.recommendedTypeChecked, project] : tseslint.configs.recommended;
  const base = [js.configs.recommended, ...others];
  const [without, withOurs] = [eslint(...base, nothing), eslint(...base, await load())];
  const text = readFileSync(tree + "/" + file, "utf8");
  const time = async (linter, edited) => {
    const start = performance.now();
    const [{ fatalErrorCount }] = await linter.lintText(edited, { filePath: tree + "/" + file });
    const end = performance.now();
    if (fatalErrorCount > 0) throw new Error("The edited file was not linted.");
    return end - start;
  };
  // Each text is new to both: TypeScript keeps what it made of the last one.
  const edited = (number) =>
    edits === "comment" ? "// edit " + number + "\\n" + text : text + "console.log(" + number + ");\\n";
  const times = [[], []];
  for (let round = 0; round < 120; round++) {
    const pair = [await time(without, edited(2 * round)), await time(withOurs, edited(2 * round + 1))];
    if (round >= 40) pair.forEach((one, index) => times[index].push(one));
  }
  const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  say({ without: median(times[0]), with: median(times[1]) });
`;

interface Lint {
  time: number;
  memory: number;
  files: number;
  findings: number;
}

/** Prints the ratios. */
export function benchESLint(): void {
  const tree = makeTree();
  try {
    printTree(tree);
    printWorkers(tree);
    printFirstFile(tree);
    printRelint(tree);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

function printTree(tree: string): void {
  const files = ["**/*.ts"];
  const rounds = Array.from({ length: ROUNDS }, () => ({
    base: lint(tree, files, false, false),
    ours: lint(tree, files, true, false),
  }));
  const [first] = rounds;
  if (first === undefined || first.ours.files < 500 || first.ours.findings === 0)
    throw new Error("The tree is not what it should be.");
  const base = median(rounds.map(({ base }) => base.time));
  const ours = median(rounds.map(({ ours }) => ours.time));
  const memory = median(rounds.map(({ base, ours }) => ours.memory - base.memory));
  console.log(
    `eslint over ${first.ours.files} TypeScript files with one Klaviyo app: ${ratio(ours, base)}× with a rule that does nothing (limit 1.15×; ${ms(ours)}, ${ms(base)} of CPU time; ${memory.toFixed(0)} MB more in the process)`,
  );
}

function printWorkers(tree: string): void {
  const measure = (ours: boolean): Lint => run(LINT_BY_WORKERS, tree, [["**/*.ts"], ours]) as Lint;
  const rounds = Array.from({ length: ROUNDS }, () => ({ base: measure(false), ours: measure(true) }));
  const [first] = rounds;
  if (first === undefined || first.ours.files !== first.base.files || first.ours.findings === 0)
    throw new Error("The workers did not do their work.");
  const of = (side: "base" | "ours", what: "time" | "memory"): number =>
    median(rounds.map((round) => round[side][what]));
  console.log(
    `the same by two workers (--concurrency 2): ${ratio(of("ours", "memory"), of("base", "memory"))}× the memory, ${ratio(of("ours", "time"), of("base", "time"))}× the CPU time (${of("ours", "memory").toFixed(0)} MB, ${of("base", "memory").toFixed(0)} MB; ${ms(of("ours", "time"))}, ${ms(of("base", "time"))})`,
  );
}

function printFirstFile(tree: string): void {
  const files = ["app/src/klaviyo/scopes.ts"];
  const times = (ours: boolean, cache: boolean): number =>
    median(Array.from({ length: ROUNDS }, () => lint(tree, files, ours, cache).time));
  const base = times(false, false);
  const without = times(true, false);
  lint(tree, files, true, true);
  const withCache = times(true, true);
  console.log(
    `one file in a fresh process: ${ratio(without, base)}× without our cache, ${ratio(withCache, base)}× with what another process left there (${ms(without)}, ${ms(withCache)}; ${ms(base)} with a rule that does nothing)`,
  );
}

function printRelint(tree: string): void {
  const subjects = [
    ["a file that says nothing of Klaviyo", "zod/src/v4/core/util.ts", "code", false, 1.25],
    ["a Klaviyo file, nothing that matters edited", "app/src/klaviyo/oauth.ts", "comment", false, 1.25],
    ["a Klaviyo file, a call added", "app/src/klaviyo/oauth.ts", "code", false, 1.25],
    ["the same among type-checked rules", "app/src/klaviyo/oauth.ts", "code", true, 1.25],
  ] as const;
  for (const [name, file, edits, typed, limit] of subjects) {
    const times = run(RELINT, tree, [file, edits, typed]) as { without: number; with: number };
    console.log(
      `linting again after one edit, ${name}: ${ratio(times.with, times.without)}× the same without the plugin (limit ${String(limit)}×; ${ms(times.with)}, ${ms(times.without)})`,
    );
  }
}

/** The app lies in the tree as one of its packages, without a config: then the whole tree is its project. */
function makeTree(): string {
  const tree = mkdtempSync(path.join(tmpdir(), "klaviyo-scopes-bench-"));
  for (const name of SOURCES) {
    cpSync(path.join(root, "node_modules", name), path.join(tree, name), {
      recursive: true,
      filter: (source) => !source.slice(root.length + "node_modules/".length).includes("node_modules"),
    });
  }
  cpSync(path.join(root, "fixtures/demo-app"), path.join(tree, "app"), {
    recursive: true,
    filter: (source) => !source.endsWith("klaviyo-scopes.json"),
  });
  mkdirSync(path.join(tree, "node_modules"));
  for (const ours of [true, false])
    writeFileSync(
      path.join(tree, "node_modules", `${ours ? "with" : "without"}.config.mjs`),
      workerConfig(ours),
    );
  // As if written some time ago: what was written just now is trusted by no cache.
  for (const file of readdirSync(tree, { recursive: true, encoding: "utf8" }))
    utimesSync(path.join(tree, file), 1_700_000_000, 1_700_000_000);
  return tree;
}

function lint(tree: string, files: readonly string[], ours: boolean, cache: boolean): Lint {
  return run(LINT, tree, [files, ours, cache]) as Lint;
}

/** What a script says of itself. */
function run(script: string, tree: string, plain: unknown[]): unknown {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, BENCH: JSON.stringify([tree, plain]) },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function ratio(one: number, other: number): string {
  return (one / other).toFixed(2);
}

function ms(time: number): string {
  return `${time.toFixed(time < 100 ? 1 : 0)} ms`;
}
