import { expect, test } from "vitest";
import { matrix, type Cell } from "../../src/report/matrix.js";
import { app, call, report, request } from "./reports.js";
import type { Report, ReportApp } from "../../src/report/types.js";

const place = { file: "a.ts", line: 1, column: 1, endLine: 1, endColumn: 2 };

/** The cells of each scope as "mark word". */
function cells(
  fields: Partial<ReportApp>,
  rest: Partial<Report> = { requests: [request(place)] },
  hasScope: (scope: string) => boolean = () => true,
): Record<string, string[]> {
  const only = app(fields);
  const words = ({ mark, word }: Cell): string => `${mark}: ${word}`;
  const rows = matrix(report({ apps: [only], ...rest }), only, { hasScope });
  return Object.fromEntries(
    rows.map((row) => [row.scope, [row.configured, row.requested, row.needed].map(words)]),
  );
}

test("all three agree", () => {
  const all = ["profiles:read"];
  expect(cells({ configured: all, requested: all, needed: all })).toEqual({
    "profiles:read": ["yes: yes", "yes: yes", "yes: yes"],
  });
});

test("needed but not requested", () => {
  const fields = { needed: ["lists:read"], missing: ["lists:read"] };
  expect(cells(fields)["lists:read"]).toEqual(["unsure: unknown", "attention: missing", "yes: yes"]);
  expect(cells({ ...fields, requestsComplete: false })["lists:read"]?.[1]).toBe("unsure: maybe not");
});

test("requested but not needed", () => {
  const fields = { requested: ["lists:read"], needed: ["accounts:read"], unused: ["lists:read"] };
  expect(cells(fields)["lists:read"]?.[2]).toBe("attention: unused");
  expect(cells({ ...fields, callsComplete: false })["lists:read"]?.[2]).toBe("unsure: maybe not");
  expect(cells({ requested: ["lists:read"] })["lists:read"]?.[2]).toBe("unsure: unknown");
});

test("requested but not configured", () => {
  expect(cells({ configured: [], requested: ["lists:read"] })["lists:read"]?.[0]).toBe("attention: missing");
});

test("configured but never requested", () => {
  expect(cells({ configured: ["lists:read"] })["lists:read"]?.[1]).toBe("attention: never");
});

test("without any request the configured set is what must hold the needed scopes", () => {
  const fields = { configured: [], needed: ["lists:read"], missing: ["lists:read"] };
  expect(cells(fields, {})["lists:read"]).toEqual(["attention: missing", "no: no request", "yes: yes"]);
});

test("a scope that does not exist is only that, whichever findings are shown", () => {
  const fields = { configured: [], requested: ["list:read"], needed: ["lists:read"] };
  const hasScope = (scope: string) => scope !== "list:read";
  expect(cells(fields, { requests: [request(place)] }, hasScope)["list:read"]).toEqual([
    "no: no",
    "attention: no such scope",
    "no: no",
  ]);
});

test("what only a name says is requested is unsure beside a request that was seen to be sent", () => {
  const scopes = [{ ...place, name: "lists:read" }];
  const named = request(place, { kind: "config", scopes });
  const sent = request(place, { site: place });
  const shown = (requests: Report["requests"]) =>
    cells({ requested: ["lists:read"] }, { requests })["lists:read"]?.[1];
  expect(shown([named, sent])).toBe("unsure: by its name");
  expect(shown([named])).toBe("yes: yes");
  expect(shown([named, request(place, { site: place, scopes })])).toBe("yes: yes");
  expect(shown([request(place, { kind: "env", scopes }), sent])).toBe("yes: yes");
});

test("`accounts:read` is always needed", () => {
  expect(cells({ requested: ["accounts:read"] })["accounts:read"]?.[2]).toBe("yes: always");
});

test("calls are counted by scope and app", () => {
  const apiCalls = [
    call(place, { scopes: ["lists:read"] }),
    call(place, { scopes: ["lists:read", "profiles:read"] }),
    call(place, { scopes: ["lists:read"], app: "other" }),
  ];
  const shown = cells({ needed: ["lists:read", "profiles:read"] }, { requests: [request(place)], apiCalls });
  expect([shown["lists:read"]?.[2], shown["profiles:read"]?.[2]]).toEqual(["yes: 2 calls", "yes: 1 call"]);
});
