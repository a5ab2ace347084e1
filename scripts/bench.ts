/**
 * `npm run bench`: what the built package costs, as ratios to the same without it. Runs are interleaved, so that a busy
 * machine slows both sides of a ratio, and the median counts.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { benchESLint } from "./bench-eslint.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const bin = "bin/klaviyo-scope-audit.js";
const ROUNDS = 15;

interface Subject {
  name: string;
  args: string[];
  /** The exit codes that mean it did its work. */
  expected: number[];
}

interface Ratio {
  subject: Subject;
  base: Subject;
  limit: number;
}

const nothing: Subject = { name: "node -e 0", args: ["-e", "0"], expected: [0] };
const version: Subject = { name: "klaviyo-scope-audit --version", args: [bin, "--version"], expected: [0] };
const demo: Subject = {
  name: "audit of fixtures/demo-app",
  args: [bin, "--root", "fixtures/demo-app"],
  expected: [0, 1],
};

const ratios: Ratio[] = [
  { subject: version, base: nothing, limit: 3 },
  { subject: demo, base: nothing, limit: 6 },
];

/** Node's own first import of a file is paid before. */
const LOAD_CATALOG = `
  await import("./dist/src/lower/walk.js");
  const start = performance.now();
  const { loadCatalog } = await import("./dist/src/catalog/index.js");
  loadCatalog().match("GET", "/api/profiles/1");
  loadCatalog().operation("getProfiles");
  console.log(performance.now() - start);`;

main();

function main(): void {
  const subjects = [...new Set(ratios.flatMap(({ base, subject }) => [base, subject]))];
  const times = new Map(subjects.map((subject) => [subject, [] as number[]]));
  for (const subject of subjects) timeOf(subject);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [subject, measured] of times) measured.push(timeOf(subject));
  }

  console.log(`Medians of ${ROUNDS} interleaved runs.`);
  for (const { subject, base, limit } of ratios) {
    const [time, baseTime] = [median(times.get(subject)), median(times.get(base))];
    const ratio = (time / baseTime).toFixed(2);
    console.log(
      `${subject.name}: ${ratio}× ${base.name} (limit ${limit}×; ${time.toFixed(0)} ms, ${baseTime.toFixed(0)} ms)`,
    );
  }
  const catalog = median(Array.from({ length: ROUNDS }, loadCatalogTime));
  benchESLint();
  console.log(`loading the catalog with its indexes: ${catalog.toFixed(1)} ms (limit 10 ms)`);
}

function timeOf({ name, args, expected }: Subject): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  const time = performance.now() - start;
  if (status === null || !expected.includes(status))
    throw new Error(`${name} exited with ${String(status)}: ${stderr}`);
  return time;
}

function loadCatalogTime(): number {
  const args = ["--input-type=module", "--eval", LOAD_CATALOG];
  return Number(spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" }).stdout);
}

function median(values: readonly number[] = []): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
