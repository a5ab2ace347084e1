import { expect, test } from "vitest";
import { github } from "../../src/report/github.js";
import { contextOf, faulty, finding, report, SAMPLES, several } from "./reports.js";

interface Command {
  name: string;
  properties: Record<string, string>;
  message: string;
}

/** Reads workflow commands as the runner does. */
function parse(output: string): Command[] {
  const unescape = (text: string): string =>
    text
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%25", "%");
  return output
    .trimEnd()
    .split("\n")
    .map((line) => {
      const match = /^::(error|warning|notice) (.*?)::(.*)$/.exec(line);
      if (match === null) throw new Error(`no workflow command: ${line}`);
      const [, name = "", properties = "", message = ""] = match;
      const pairs = properties.split(",").map((pair): [string, string] => {
        const [key = "", value = ""] = pair.split("=", 2);
        return [key, unescape(value)];
      });
      return { name, properties: Object.fromEntries(pairs), message: unescape(message) };
    });
}

const place = (line: number): Parameters<typeof finding>[0] => ({
  file: "src/sync.ts",
  line,
  column: 3,
  endLine: line,
  endColumn: 9,
});

test("errors come first, each with its place", () => {
  const sample = faulty();
  expect(github(sample.report, contextOf(sample))).toMatchInlineSnapshot(`
    "::error file=src/auth.ts,line=3,endLine=3,col=2,endColumn=53,title=require-accounts-read::The request lacks \`accounts:read\`, which Klaviyo requires of every app.
    ::error file=src/auth.ts,line=3,endLine=3,col=3,endColumn=12,title=no-unknown-scope::Klaviyo has no scope \`list:read\`. Did you mean \`lists:read\`?
    ::error file=src/auth.ts,line=3,endLine=3,col=27,endColumn=39,title=no-unconfigured-scope::\`metrics:read\` is requested, but is not in the Scopes field of the app: Klaviyo ignores it silently, and calls that need it answer 403.
    ::error file=src/sync.ts,line=4,endLine=4,col=32,endColumn=43,title=no-missing-scope::\`create_event\` needs \`events:write\`, which is not requested: it will answer 403.
    ::warning file=klaviyo-scopes.json,line=2,endLine=2,col=59,endColumn=68,title=no-unrequested-scope::\`tags:read\` is configured in Klaviyo, but no request asks for it.
    ::warning file=src/auth.ts,line=3,endLine=3,col=40,endColumn=52,title=no-unused-scope::No API call that we know of needs \`images:write\`. One API call could not be resolved and may need it. (low confidence)
    ::notice file=src/broken.ts,title=Not audited::it does not parse: unexpected token at 3:4
    "
  `);
});

test("one annotation speaks for all places of one scope", () => {
  const findings = Array.from({ length: 14 }, (_, index) =>
    finding(place(index + 1), {
      rule: "no-missing-scope",
      scope: index % 2 === 0 ? "lists:read" : "tags:read",
      message: `\`operation_${String(index)}\` needs a scope.`,
    }),
  );
  const commands = parse(github(report({ findings }), contextOf({ report: report(), sources: {} })));
  const errors = commands.filter(({ name }) => name === "error");
  expect(
    errors.map(({ properties, message }) => [properties["line"], message.split("\n").slice(0, 3)]),
  ).toEqual([
    ["1", ["`operation_0` needs a scope.", "Also at 6 other places:", "src/sync.ts:3:3"]],
    ["2", ["`operation_1` needs a scope.", "Also at 6 other places:", "src/sync.ts:4:3"]],
  ]);
});

test("findings of one scope stand together", () => {
  const of = (rule: string, scope: string, line: number): ReturnType<typeof finding> =>
    finding(place(line), { rule, scope });
  const findings = [
    of("no-missing-scope", "a:read", 1),
    of("no-missing-scope", "b:read", 2),
    of("no-unconfigured-scope", "a:read", 3),
  ];
  const output = github(report({ findings }), contextOf({ report: report(), sources: {} }));
  const lines = parse(output).filter(({ name }) => name === "error");
  expect(lines.map(({ properties }) => properties["line"])).toEqual(["1", "3", "2"]);
});

test("hostile text stays inside its command", () => {
  const sample = SAMPLES["hostile"]?.();
  if (sample === undefined) throw new Error("no sample");
  const commands = parse(github(sample.report, contextOf(sample)));
  expect(commands.map(({ name }) => name)).toEqual(["error", "notice"]);
  expect(commands[0]?.properties["file"]).toBe("src/<b>&\"'`|,:%\\x1b[2J\\u202e].ts");
  expect(commands[0]?.message).toContain("%0A::error::injected\\r\\n::warning::injected");
});

test("an app without a request is said", () => {
  const sample = several();
  const commands = parse(github(sample.report, contextOf(sample)));
  expect(commands.filter(({ message }) => message.startsWith("No request found"))).toEqual([
    expect.objectContaining({ name: "warning", properties: { title: "Klaviyo scopes: worker" } }),
  ]);
});

test("a token over several lines has no columns", () => {
  const over = finding({ ...place(1), endLine: 2 }, {});
  const [command] = parse(github(report({ findings: [over] }), contextOf({ report: report(), sources: {} })));
  expect(Object.keys(command?.properties ?? {})).toEqual(["file", "line", "endLine", "title"]);
});
