import { describe, expect, it } from "vitest";
import { levelsOf } from "../../src/api/levels.js";
import { pathFilter } from "../../src/api/paths.js";
import { IN_BASELINE, selectFindings } from "../../src/api/select.js";
import { openBaseline } from "../../src/audit/baseline.js";
import { ruleOf } from "./picture.js";
import { temporaryFolder } from "./temporary.js";
import type { Config } from "../../src/config/types.js";
import type { Report, ReportFinding } from "../../src/report/types.js";

const RULES = [ruleOf("no-unused-scope", () => []), ruleOf("no-unknown-scope", () => [])];

function config(over: Partial<Config>): Config {
  return {
    file: "/repo/klaviyo-scopes.json",
    root: "/repo",
    configured: null,
    include: [],
    ignore: [],
    rules: {},
    overrides: [],
    justify: {},
    scopes: [],
    uses: [],
    helpers: [],
    apps: [],
    ...over,
  };
}

describe("levelsOf", () => {
  const [unused] = RULES;
  const level = (over: Partial<Config>, asked = {}, file = "src/a.ts") => {
    const levels = levelsOf(RULES, config(over), asked, (path) => path);
    return unused && levels(unused, file);
  };

  it("starts from recommended, then the config's rules, overrides in order, and what was asked for", () => {
    expect(level({})).toBe("error");
    expect(level({ rules: { "no-unused-scope": "warn" } })).toBe("warn");
    const overrides = [
      { files: ["src/**"], rules: { "no-unused-scope": "warn" as const } },
      { files: ["src/*.ts"], rules: { "klaviyo-scopes/no-unused-scope": "off" as const } },
    ];
    expect(level({ overrides })).toBe("off");
    expect(level({ overrides }, {}, "lib/a.ts")).toBe("error");
    expect(level({ overrides }, { "no-unused-scope": "warn" })).toBe("warn");
  });

  it("knows no rule by a wrong name, and says which was meant", () => {
    expect(() => level({}, { "no-unsued-scope": "off" })).toThrow(/no rule `no-unsued-scope`/);
    expect(() => level({}, { __proto__x: "off" })).toThrow(/no rule/);
  });
});

describe("pathFilter", () => {
  const files = ["src/auth.ts", "src/sync/index.ts", "src-old/a.ts"];
  const root = () => temporaryFolder(Object.fromEntries(files.map((file) => [file, ""])));
  const picked = (paths: string[], cwd?: string) => {
    const folder = root();
    const filter = pathFilter(paths, {
      cwd: cwd === undefined ? folder : `${folder}/${cwd}`,
      root: folder,
      files,
    });
    return files.filter(filter);
  };

  it("takes files, folders and globs, relative to the working directory", () => {
    expect(picked([])).toEqual(files);
    expect(picked(["."])).toEqual(files);
    expect(picked(["src"])).toEqual(["src/auth.ts", "src/sync/index.ts"]);
    expect(picked(["src/auth.ts", "src-old"])).toEqual(["src/auth.ts", "src-old/a.ts"]);
    expect(picked(["auth.ts"], "src")).toEqual(["src/auth.ts"]);
    expect(picked(["**/index.ts"])).toEqual(["src/sync/index.ts"]);
  });

  it("refuses what matches nothing or lies outside", () => {
    expect(() => picked(["src/autj.ts"])).toThrow(/`src\/autj.ts` matches no file/);
    expect(() => picked(["**/*.py"])).toThrow(/matches no file/);
    expect(() => picked([".."])).toThrow(/outside the audited root/);
  });

  it.each([
    ["src/auth.ts", "src", "auth.ts"],
    ["src/sync", "src", "sync"],
    ["autj.ts", "src", "auth.ts"],
    ["src/autj.ts", "src", "auth.ts"],
    ["src/autj.ts", undefined, "src/auth.ts"],
    ["src-old/a.ts", "src", "../src-old/a.ts"],
  ])("%s, written in %s, means %s", (argument, cwd, meant) => {
    try {
      picked([argument], cwd);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ help: `Did you mean \`${meant}\`?` });
    }
  });
});

describe("selectFindings", () => {
  const finding = (over: Partial<ReportFinding>): ReportFinding => ({
    app: "app",
    rule: "no-unused-scope",
    severity: "warning",
    confidence: "high",
    message: "",
    file: "src/auth.ts",
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 2,
    scope: "lists:write",
    operation: null,
    fix: null,
    suggestions: [],
    related: [],
    suppressed: false,
    suppressionReason: null,
    ...over,
  });
  const report = (findings: ReportFinding[]): Report => ({
    schemaVersion: 1,
    tool: { name: "klaviyo-scope-audit", version: "0", catalogRevision: "" },
    apps: [],
    requests: [],
    apiCalls: [],
    findings,
    skipped: [],
    stats: { files: 0, parsed: 0, bytes: 0 },
  });

  it("hides findings of other files and of low confidence", () => {
    const given = report([finding({}), finding({ confidence: "low" }), finding({ file: "src/b.ts" })]);
    const selected = selectFindings(given, {
      files: (file) => file === "src/auth.ts",
      minConfidence: "high",
      baseline: null,
    });
    expect(selected.findings).toEqual([finding({})]);
  });

  it("mutes what the baseline knows, and asks it for what is not shown too", () => {
    const baseline = openBaseline([finding({}), finding({ file: "src/b.ts" })]);
    const selected = selectFindings(
      report([finding({}), finding({ file: "src/b.ts" }), finding({ scope: "tags:read" })]),
      {
        files: (file) => file === "src/auth.ts",
        minConfidence: "low",
        baseline,
      },
    );
    expect(selected.findings).toEqual([
      finding({ suppressed: true, suppressionReason: IN_BASELINE }),
      finding({ scope: "tags:read" }),
    ]);
    expect(baseline.unmatched()).toEqual([]);
  });
});
