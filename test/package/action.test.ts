/** action.yml, its step run as the runner runs it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { parse } from "yaml";
import { run, runNode } from "./run.js";
import { projectWith, repository, temporary } from "./snippets.js";

interface Action {
  inputs: Record<string, { default: string }>;
  outputs: Record<string, { value: string }>;
  runs: {
    using: string;
    steps: {
      id: string;
      shell: string;
      "working-directory": string;
      env: Record<string, string>;
      run: string;
    }[];
  };
}

const text = readFileSync(join(repository, "action.yml"), "utf8");
const action = parse(text) as Action;

interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
  outputs: Map<string, string>;
  summary: string;
}

/** Runs the one step, with `${{ inputs.… }}` put in where the runner puts it in. */
function runAction(project: string, inputs: Readonly<Record<string, string>> = {}): Ran {
  const [step] = action.runs.steps;
  if (!step) throw new Error("no step");
  const filled = (value: string) =>
    value.replace(
      /\$\{\{ inputs\.([\w-]+) \}\}/gu,
      (_, name: string) => inputs[name] ?? action.inputs[name]?.default ?? "",
    );
  const temp = temporary("klaviyo-scopes-runner-");
  const [output, summary] = [join(temp, "output"), join(temp, "summary")];
  for (const file of [output, summary]) writeFileSync(file, "");
  const environment = {
    ...Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, filled(value)])),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION_PATH: repository,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: temp,
  };
  const script = join(temp, "step.sh");
  writeFileSync(script, filled(step.run));
  const { status, stdout, stderr } = run(
    "env",
    [
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      ...["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
    ],
    join(project, filled(step["working-directory"])),
  );
  const lines = readFileSync(output, "utf8").trimEnd().split("\n");
  return {
    status,
    stdout,
    stderr,
    outputs: new Map(
      lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    ),
    summary: readFileSync(summary, "utf8"),
  };
}

describe("action.yml", () => {
  it("is what GitHub takes for an action", () => {
    // In a process of its own: the validator's WebAssembly would keep this one alive.
    const validator = createRequire(import.meta.url).resolve("@action-validator/core");
    const code = `console.log(JSON.stringify(require(${JSON.stringify(validator)}).validateAction(process.argv[1]).errors)); process.exit()`;
    const errors = (file: string) => JSON.parse(runNode(["-e", code, file], repository).stdout) as unknown[];
    expect(errors(text)).toEqual([]);
    expect(errors(text.replace("using: composite", "using: nothing"))).not.toEqual([]);
  });

  it("puts no expression into a script", () => {
    for (const { run: script } of action.runs.steps) expect(script).not.toContain("${{");
  });

  it("annotates, summarizes, fails, and has every output that it names", () => {
    const { status, stdout, outputs, summary } = runAction(projectWith());
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=src\/auth\.js,line=1/mu);
    expect(summary).toContain("## Klaviyo scopes");
    expect([...outputs.keys()].sort()).toEqual(Object.keys(action.outputs).sort());
    expect(Object.entries(action.outputs).map(([name, { value }]) => [name, value])).toEqual(
      Object.keys(action.outputs).map((name) => [name, `\${{ steps.audit.outputs.${name} }}`]),
    );
    expect([outputs.get("exit-code"), outputs.get("errors"), outputs.get("warnings")]).toEqual([
      "1",
      "3",
      "1",
    ]);
    expect(JSON.parse(outputs.get("apps") ?? "")).toEqual([
      {
        name: "app",
        root: ".",
        configured: null,
        requested: ["list:read", "profiles:read"],
        needed: ["accounts:read", "lists:read"],
        unused: ["profiles:read"],
        missing: ["lists:read"],
      },
    ]);
  });

  it("hands its inputs on", () => {
    const folder = projectWith();
    writeFileSync(join(folder, "strict.json"), '{ "rules": { "no-unknown-scope": "off" } }');
    const { status, outputs } = runAction(folder, {
      config: "strict.json",
      paths: "src/auth.js\r\n\n",
      output: "sarif=out/scopes.sarif\nhtml=out/scopes.html\n",
      quiet: "true",
    });
    expect([status, outputs.get("errors"), outputs.get("warnings")]).toEqual([1, "1", "0"]);
    for (const file of ["scopes.sarif", "scopes.html"])
      expect(existsSync(join(folder, "out", file))).toBe(true);
  });

  it("fails only as it is told to, but for wrong usage", () => {
    const folder = projectWith();
    const lenient = { "fail-on-findings": "false" };
    const { status, outputs } = runAction(folder, lenient);
    expect([status, outputs.get("exit-code")]).toEqual([0, "1"]);
    const wrong = runAction(folder, { ...lenient, config: "nowhere.json" });
    expect([wrong.status, wrong.outputs.get("exit-code"), wrong.outputs.has("report")]).toEqual([
      2,
      "2",
      false,
    ]);
    expect(runAction(folder, { "max-warnings": "many" }).status).toBe(2);
  });

  it("runs nothing that is in an input", () => {
    const folder = projectWith();
    const evil = "$(touch pwned)`touch pwned`\"; touch pwned; '; touch pwned #\n--fix\n; touch pwned";
    const before = readFileSync(join(folder, "src/auth.js"), "utf8");
    for (const name of Object.keys(action.inputs).filter(
      (input) => input !== "working-directory" && input !== "version",
    )) {
      runAction(folder, { [name]: evil });
    }
    expect(existsSync(join(folder, "pwned"))).toBe(false);
    expect(readFileSync(join(folder, "src/auth.js"), "utf8")).toBe(before);
  });

  it("lets no scope of the code write an output of its own", () => {
    const folder = projectWith();
    const scope = JSON.stringify("accounts:read a\nexit-code=0\r\nerrors=0\u2028warnings=0");
    writeFileSync(
      join(folder, "src/evil.js"),
      `export const url = "https://www.klaviyo.com/oauth/authorize?scope=" + encodeURIComponent(${scope});\n`,
    );
    const { outputs } = runAction(folder);
    expect(outputs.get("exit-code")).toBe("1");
    expect([...outputs.keys()].sort()).toEqual(Object.keys(action.outputs).sort());
  });

  it("brings its own version where the project has none", () => {
    const folder = temporary("klaviyo-scopes-bare-");
    mkdirSync(join(folder, "app"));
    writeFileSync(
      join(folder, "app/auth.js"),
      'export const url = "https://www.klaviyo.com/oauth/authorize?scope=tags:read";\n',
    );
    const { status, stdout, stderr } = runAction(folder, {
      "working-directory": "app",
      version: `file:${inject("installed").tarball}`,
    });
    expect(stdout, stderr).toContain("require-accounts-read");
    expect(status).toBe(1);
  });
});
