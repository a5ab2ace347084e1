import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { packageVersion } from "../../src/api/version.js";
import { commandFirst, shardOf, ruleLevel, wholeNumber } from "../../src/cli/arguments.js";
import { EXAMPLES } from "../../src/cli/examples.js";
import { buildProgram } from "../../src/cli/program.js";
import { temporaryFolder } from "../api/temporary.js";
import { runIn } from "./terminal.js";

const quiet = { stdout: { write: () => true }, stderr: { write: () => true }, stdin: {}, env: {}, cwd: "/" };
const program = () => buildProgram(quiet, () => undefined);

describe("the command's place", () => {
  it.each([
    [
      ["--root", "app", "scopes"],
      ["scopes", "--root", "app"],
    ],
    [
      ["--rule", "x=off", "--no-color", "justify"],
      ["justify", "--rule", "x=off", "--no-color"],
    ],
    [
      ["src", "scopes"],
      ["src", "scopes"],
    ],
    [
      ["--format", "json", "src"],
      ["--format", "json", "src"],
    ],
    [
      ["--", "scopes"],
      ["--", "scopes"],
    ],
    [
      ["--root", "scopes"],
      ["--root", "scopes"],
    ],
  ])("%j is %j", (given, expected) => {
    expect(commandFirst(given, program())).toEqual(expected);
  });
});

describe("values of options", () => {
  it("reads shards, levels and numbers", () => {
    expect(shardOf("2/4")).toEqual({ index: 2, count: 4 });
    expect(ruleLevel("no-unused-scope=off")).toEqual([["no-unused-scope", "off"]]);
    expect(wholeNumber("0")).toBe(0);
  });

  it.each(["0/4", "5/4", "1", "1/", "a/b", "1/2/3", "1.5/2"])("refuses the shard %s", (value) => {
    expect(() => shardOf(value)).toThrow();
  });

  it.each(["no-unused-scope", "=off", "no-unused-scope=loud"])("refuses the level %s", (value) => {
    expect(() => ruleLevel(value)).toThrow();
  });

  it.each(["", "-1", "1.5", "many", "1e99"])("refuses the number %j", (value) => {
    expect(() => wholeNumber(value)).toThrow();
  });
});

describe("help", () => {
  it("prints the version", async () => {
    const { code, stdout } = await runIn(temporaryFolder(), ["--version"]);
    expect([code, stdout]).toEqual([0, `${packageVersion()}\n`]);
  });

  it("names every command", async () => {
    const { code, stdout, stderr } = await runIn(temporaryFolder(), ["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const command of program().commands) expect(stdout).toContain(`  ${command.name()}`);
  });

  it("has examples for every command", async () => {
    for (const command of program().commands) {
      const { code, stdout } = await runIn(temporaryFolder(), [command.name(), "--help"]);
      expect(code).toBe(0);
      const examples = EXAMPLES.get(`klaviyo-scope-audit ${command.name()}`) ?? [];
      expect(examples.length, command.name()).toBeGreaterThan(0);
      for (const [example] of examples) expect(stdout).toContain(`$ ${example}`);
    }
  });
});

describe("wrong usage", () => {
  it("suggests the flag that was meant", async () => {
    const { code, stdout, stderr } = await runIn(temporaryFolder(), ["--formt", "json"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("--format");
  });

  it("suggests the format that was meant", async () => {
    const { code, stdout, stderr } = await runIn(temporaryFolder(), ["--format", "serif"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe("error: There is no format `serif`.\n  Did you mean `sarif`?\n");
  });

  it("keeps formats that programs read alone on stdout", async () => {
    const { code, stderr } = await runIn(temporaryFolder(), ["--format", "stylish,sarif"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--output sarif=report.sarif");
  });

  it.each([
    [["--max-warnings", "few"], "whole number"],
    [["--rule", "no-unused-scope"], "name=level"],
    [["--rule", "no-unused=off"], "Did you mean `no-unused-scope`?"],
    [["--rule", "klaviyo-scopes/dynamic=off"], "Did you mean `no-dynamic-call` or `no-dynamic-scope`?"],
    [["--output", "report.html"], "format=file"],
    [["--output", "json=a.json", "--output", "sarif=./a.json"], "The same file is to hold json"],
    [["--min-confidence", "medium"], "low, high"],
    [["--update-baseline"], "--baseline"],
    [["--fix", "--facts", "facts.json"], "--facts"],
    [["--fix", "--fix-dry-run"], "exclude each other"],
    [["scopes", "--needed", "--requested"], "cannot be used with"],
    [["completion", "tcsh"], "bash, zsh and fish"],
    [["extract", "--shard", "5/4"], "i/n"],
    [["extract", "--shard", "one"], "i/n"],
    [["diff", "a", "b", "c"], "too many arguments"],
    [["--format", ""], "It names none"],
    [["--config", "."], "error: .:1:1: The config cannot be read: it is a folder."],
    [["explain", ""], "There is nothing to explain"],
    [["help", "scope"], "Did you mean `scopes`?"],
  ])("%j exits with 2 and says %s", async (argv, message) => {
    const { code, stdout, stderr } = await runIn(temporaryFolder(), argv);
    expect(code).toBe(2);
    if (argv[0] !== "extract") expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });

  it("tells each mistake of a config as an error of its own", async () => {
    const folder = temporaryFolder({ "klaviyo-scopes.json": '{ "uzes": [],\n  "rulez": {} }' });
    expect((await runIn(folder, [])).stderr.split("\n").map((line) => line.slice(0, 33))).toEqual([
      "error: klaviyo-scopes.json:1:3: T",
      "error: klaviyo-scopes.json:2:3: T",
      "  Mend the config and run again.",
      "",
    ]);
  });

  it("says in JSON what was wrong, in the same words", async () => {
    const { stdout } = await runIn(temporaryFolder(), ["extract", "--shard", "5/4"]);
    expect(JSON.parse(stdout)).toEqual({ error: expect.stringMatching(/^option '--shard/u) as unknown });
  });

  it("reads no config in UTF-16, and says so", async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, "klaviyo-scopes.json"), Buffer.from("\uFEFF{}", "utf16le"));
    expect((await runIn(folder, [])).stderr).toContain("it is UTF-16: save it as UTF-8");
  });

  it("leaves stdout readable for the program that reads it", async () => {
    for (const format of ["json", "sarif", "gitlab"]) {
      const { code, stdout } = await runIn(temporaryFolder(), ["--format", format, "--max-warnings", "few"]);
      expect(code).toBe(2);
      expect(() => JSON.parse(stdout) as unknown, format).not.toThrow();
    }
  });
});

describe("a mistyped command", () => {
  it.each([
    [["adit"], "audit"],
    [["expalin", "no-unused-scope"], "explain"],
    [["--root", ".", "scope"], "scopes"],
    [["hlep"], "help"],
  ])("%j names the command that was meant", async (argv, command) => {
    const { code, stderr } = await runIn(temporaryFolder({ "a.ts": "" }), argv);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`is no command and no file.\n  Did you mean the command \`${command}\`?\n`),
    ]);
  });

  it.each([
    [["scopes", "--format", "json"], "It prints JSON with --json."],
    [["--json"], "It prints JSON with --format json."],
    [["diff", "--json"], "It prints JSON with --format json."],
  ])("is JSON as another command has it: %j", async (argv, hint) => {
    const { code, stderr } = await runIn(temporaryFolder(), argv);
    expect([code, stderr]).toEqual([2, expect.stringContaining(hint)]);
  });

  it("is none where a document has no JSON", async () => {
    expect((await runIn(temporaryFolder(), ["justify", "--json"])).stderr).not.toContain("prints JSON");
  });

  it("is none where a file or folder has that name, or after the command", async () => {
    const folder = temporaryFolder({ "scope/a.ts": "" });
    expect((await runIn(folder, ["scope"])).code).toBe(0);
    expect((await runIn(folder, ["audit", "adit"])).stderr).toContain("`adit` matches no file.");
  });
});
