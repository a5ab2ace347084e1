import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { buildReport } from "../../src/report/build.js";
import { appOf, callAt, pictureOf, placeIn, requestAt, ruleOf } from "./picture.js";
import type { App } from "../../src/audit/picture.js";
import type { Judged } from "../../src/report/build.js";

const FILES = {
  "src/auth.ts": "export const scope =\n  'profiles:read lists:write';\n",
  "src/sync.ts": "const api = new ProfilesApi(session);\nawait api.getProfiles();\n",
};
const request = () =>
  requestAt(
    placeIn(FILES, "src/auth.ts", "'profiles:read lists:write'"),
    ["profiles:read", "lists:write"],
    FILES,
  );
const call = () => callAt(placeIn(FILES, "src/sync.ts", "api.getProfiles()"), "get_profiles");
const unused = ruleOf("no-unused-scope", () => []);

function build(apps: App[], judged: Judged[] = []) {
  return buildReport({
    picture: pictureOf(FILES, apps),
    judged,
    skipped: [
      { file: "z.ts", reason: "too large" },
      { file: "a.ts", reason: "no UTF-8" },
    ],
    stats: { files: 2, parsed: 2, bytes: 100 },
    version: "1.2.3",
  });
}

function judged(app: App, piece: string, over: Partial<Judged["judgement"]> = {}): Judged {
  return {
    rule: unused,
    severity: "warning",
    suppression: null,
    judgement: {
      app,
      place: placeIn(FILES, "src/auth.ts", piece),
      messageId: "found",
      data: { scope: piece },
      confidence: "high",
      scope: piece,
      operation: null,
      fix: null,
      suggestions: [],
      related: [],
      ...over,
    },
  };
}

describe("buildReport", () => {
  it("fits the shipped schema", () => {
    const app = appOf([request()], [call()]);
    const removal = { ...placeIn(FILES, "src/auth.ts", " lists:write"), text: "" };
    const report = build(
      [app],
      [
        judged(app, "lists:write", {
          fix: [removal],
          suggestions: [{ messageId: "remove", data: { scope: "lists:write" }, edits: [removal] }],
          related: [{ ...placeIn(FILES, "src/sync.ts", "api.getProfiles()"), message: "called here" }],
        }),
      ],
    );
    const schema: unknown = JSON.parse(readFileSync("schema/report.json", "utf8"));
    const ajv = new Ajv({ strict: false });
    const validate = ajv.compile(schema as object);
    expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
  });

  it("gives 1-based positions in UTF-16 units, and edits with offsets", () => {
    const app = appOf([request()], [call()]);
    const removal = { ...placeIn(FILES, "src/auth.ts", " lists:write"), text: "" };
    const [finding] = build([app], [judged(app, "lists:write", { fix: [removal] })]).findings;
    expect(finding).toMatchObject({
      message: "`lists:write` is here.",
      line: 2,
      column: 18,
      endLine: 2,
      endColumn: 29,
      fix: [{ line: 2, column: 17, endLine: 2, endColumn: 29, range: removal.range, text: "" }],
      suppressed: false,
      suppressionReason: null,
    });
  });

  it("keeps the reason of a suppression", () => {
    const app = appOf([request()], [call()]);
    const [finding] = build(
      [app],
      [{ ...judged(app, "lists:write"), suppression: { reason: "beta" } }],
    ).findings;
    expect(finding).toMatchObject({ suppressed: true, suppressionReason: "beta" });
  });

  it("sorts findings by place, and what was skipped by name", () => {
    const app = appOf([request()], [call()]);
    const report = build([app], [judged(app, "lists:write"), judged(app, "profiles:read")]);
    expect(report.findings.map(({ scope }) => scope)).toEqual(["profiles:read", "lists:write"]);
    expect(report.skipped.map(({ file }) => file)).toEqual(["a.ts", "z.ts"]);
  });

  it("tells what is unused and missing, without accounts:read and unknown scopes", () => {
    const lists = callAt(placeIn(FILES, "src/sync.ts", "await"), "get_lists");
    const app = appOf([request()], [call(), lists], {
      requested: ["accounts:read", "list:read", "lists:write", "profiles:read"],
    });
    expect(build([app]).apps[0]).toMatchObject({
      unused: ["lists:write"],
      missing: ["lists:read"],
      note: null,
    });
    const silent = appOf([request()], [call()], { requested: ["profiles:read"] });
    expect(build([silent]).apps[0]).toMatchObject({ unused: [], missing: [] });
  });

  it("says nothing of unused scopes where no call was found, and why", () => {
    const [app] = build([appOf([request()], [])]).apps;
    expect(app).toMatchObject({ unused: [], missing: [] });
    expect(app?.note).toMatch(/No API call was found/);
  });

  it("compares with the configured set where there is no request, and with nothing where there is neither", () => {
    const place = placeIn(FILES, "src/auth.ts", "profiles:read");
    const configured = {
      ...place,
      scopes: [{ name: "accounts:read", place, removal: null }],
      insertion: null,
    };
    expect(build([appOf([], [call()], { configured })]).apps[0]).toMatchObject({
      missing: ["profiles:read"],
    });
    expect(build([appOf([], [call()])]).apps[0]).toMatchObject({ missing: [], configured: null });
  });
});
