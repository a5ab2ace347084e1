import { describe, expect, it } from "vitest";
import { compare, setsOf } from "../../src/cli/diff/compare.js";
import { diffDocument, diffJson } from "../../src/cli/diff/render.js";
import { PLAIN, toText } from "../../src/cli/document-text.js";
import { loadCatalog } from "../../src/catalog/index.js";
import { buildReport } from "../../src/report/build.js";
import { appOf, callAt, pictureOf, placeIn, requestAt, ruleOf } from "../api/picture.js";
import type { Snapshot } from "../../src/cli/diff/compare.js";

/** A project that asks for some scopes in one file and calls some operations in another. */
function snapshot(
  revision: string | null,
  scopes: string[],
  operations: string[],
  configured: string[] | null = null,
): Snapshot {
  const files = { "auth.ts": scopes.join(" "), "sync.ts": operations.join(" ") };
  const requests =
    scopes.length === 0
      ? []
      : [requestAt({ file: "auth.ts", range: [0, files["auth.ts"].length] }, scopes, files)];
  const place = placeIn(files, "auth.ts", "");
  const app = appOf(
    requests,
    operations.map((id) => callAt(placeIn(files, "sync.ts", id), id)),
    {
      configured: configured && {
        ...place,
        scopes: configured.map((name) => ({ name, place, removal: null })),
        insertion: null,
      },
    },
  );
  const picture = pictureOf(files, [app]);
  const rule = ruleOf("no-unused-scope", () =>
    scopes
      .filter((scope) => !app.needed.includes(scope))
      .map((scope) => ({ scope, place: placeIn(files, "auth.ts", scope) })),
  );
  const judged = rule
    .check({ picture, options: {} })
    .map((judgement) => ({ rule, judgement, severity: "error" as const, suppression: null }));
  const stats = { files: 2, parsed: 2, bytes: 0 };
  return {
    revision,
    commit: revision && "0".repeat(40),
    apps: [setsOf(app)],
    noScopes: scopes.filter((scope) => loadCatalog().scope(scope) === undefined),
    report: buildReport({ picture, judged, skipped: [], stats, version: "0" }),
  };
}

const said = (from: Snapshot, to: Snapshot) => toText(diffDocument(compare(from, to)), PLAIN);

describe("diff", () => {
  it("says who must authorize again, and what breaks until then", () => {
    const from = snapshot("v1", ["accounts:read", "profiles:read"], ["get_profiles"]);
    const to = snapshot(null, ["accounts:read", "lists:read", "tags:read"], ["get_lists"]);
    expect(said(from, to)).toMatchInlineSnapshot(`
      "Klaviyo scopes: v1 → working tree

        - Requested, added: lists:read and tags:read
        - Requested, removed: profiles:read
        - Needed, added: lists:read
        - Needed, removed: profiles:read

      What that means

        - Everybody who installed the app before must authorize it again to grant lists:read and tags:read: existing installs keep the scopes they have.
        - Until then get_lists answers 403 for them, for lack of lists:read.
        - Add lists:read and tags:read to the app's Scopes field (Manage apps) before the release: Klaviyo ignores what is not there. A published app needs no new review for it.
        - profiles:read: new installs no longer grant it; existing installs keep it until they authorize again.

      New findings (1)

        - auth.ts:1 error no-unused-scope: tags:read is here.
      "
    `);
  });

  it("says that nothing changed", () => {
    const same = snapshot("v1", ["accounts:read"], []);
    expect(said(same, same)).toContain("are the same");
  });

  it("asks nobody to authorize again where there was no request before", () => {
    const [app] = compare(snapshot("v1", [], []), snapshot("v2", ["accounts:read"], [])).apps;
    expect(app?.requested.added).toEqual(["accounts:read"]);
    expect(app?.reauthorize).toEqual([]);
  });

  it("names what is ignored and what answers 403 now", () => {
    const to = snapshot("v2", ["accounts:read", "tags:read"], ["get_lists"], ["accounts:read"]);
    const [app] = compare(snapshot("v1", ["accounts:read"], []), to).apps;
    expect(app).toMatchObject({ unconfigured: ["tags:read"], missing: ["lists:read"] });
  });

  it("expects nothing of a scope that does not exist, and speaks of several as several", () => {
    const to = snapshot("v2", ["accounts:read", "profile:write"], [], ["accounts:read"]);
    const from = snapshot("v1", ["accounts:read", "lists:read", "profile:read", "tags:read"], []);
    expect(compare(from, to).apps[0]?.reauthorize).toEqual([]);
    const document = said(from, to);
    expect(document.slice(document.indexOf("What that means"), document.indexOf("New findings"))).toBe(
      `What that means

  - Klaviyo has no scope profile:write, so it cannot be granted.
  - lists:read and tags:read: new installs no longer grant them; existing installs keep them until they authorize again.

`,
    );
  });

  it("is JSON for programs", () => {
    const json: unknown = JSON.parse(
      diffJson(compare(snapshot("v1", [], []), snapshot(null, ["accounts:read"], []))),
    );
    expect(json).toMatchObject({
      schemaVersion: 1,
      from: { revision: "v1" },
      to: { revision: null, commit: null },
      apps: [{ name: "app", requested: { added: ["accounts:read"], removed: [] } }],
    });
  });
});
