/**
 * `npm test`: every check there is, in the order in which a failure says most. Ends with `N passed, N failed`, where
 * each check and each test case counts as one. Exits 1 if any failed.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Scripts of package.json that need no build. The slow one runs beside the others, which leave a core to it. */
const CHECKS = [["lint"], ["typecheck", "format:check", "update:check", "unused"]];

let passed = 0;
let failed = 0;
const failures: string[] = [];

const built = await runCheck("build");
await Promise.all(
  CHECKS.map(async (names) => {
    for (const name of names) await runCheck(name);
  }),
);
if (built) runTestCases();

for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Runs a script of package.json, and prints what it said when it has ended. */
async function runCheck(name: string): Promise<boolean> {
  const child = spawn("npm", ["run", "--silent", name], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => said.push(part));
  const ok = await new Promise<boolean>((resolve) => {
    child.on("close", (status) => {
      resolve(status === 0);
    });
  });
  console.log(`\n── npm run ${name}`);
  process.stdout.write(Buffer.concat(said));
  if (ok) {
    passed += 1;
  } else {
    failed += 1;
    failures.push(`npm run ${name}`);
  }
  return ok;
}

function run(command: string, args: string[]): boolean {
  return spawnSync(command, args, { cwd: root, stdio: "inherit" }).status === 0;
}

function runTestCases(): void {
  const folder = mkdtempSync(join(tmpdir(), "klaviyo-scopes-test-"));
  const output = join(folder, "results.json");
  console.log("\n── vitest");
  const ok = run("npx", ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile=${output}`]);
  const results = readResults(output);
  rmSync(folder, { recursive: true, force: true });
  passed += results.passed;
  failed += results.failed;
  // A file that does not load, or an error outside of any test case, fails no test case.
  if (!ok && results.failed === 0) failed += 1;
  if (!ok) failures.push("vitest");
}

function readResults(file: string): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, "utf8")) as Record<
      string,
      number
    >;
    return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
