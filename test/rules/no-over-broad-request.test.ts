import { describe, expect, it } from "vitest";
import rule from "../../rules/no-over-broad-request.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

import { loadCatalog } from "../../src/catalog/index.js";

const CATALOG = loadCatalog().scopes();
const STABLE = CATALOG.filter(({ provenance }) => provenance.includes("stable"));
const DOCUMENTED = CATALOG.filter(({ provenance }) => provenance.includes("documented"));
const WRITES = STABLE.filter(({ access }) => access === "write");

function requesting(scopes: readonly { name: string }[]) {
  const list = `"${scopes.map(({ name }) => name).join(" ")}"`;
  return project({ "src/auth.ts": `login(\n  ${list},\n);\n`, "src/sync.ts": "getLists();\n" }).request(
    "src/auth.ts",
    list,
  );
}

/** The message alone: the code is one very long line. */
function messageOf(picture: ReturnType<typeof requesting>) {
  return findingsOf(rule, picture.picture()).split("\n")[3];
}

describe("no-over-broad-request", () => {
  it("reports every scope of the documentation", () => {
    expect(messageOf(requesting(DOCUMENTED))).toMatchInlineSnapshot(
      `"This list asks for every scope that Klaviyo has. Ask for those that the app needs: Klaviyo's review rejects apps that ask for more."`,
    );
  });

  it("reports every scope of the stable API, and says what is needed", () => {
    expect(
      messageOf(requesting(STABLE).call("src/sync.ts", "getLists()", "get_lists")),
    ).toMatchInlineSnapshot(
      `"This list asks for every scope that Klaviyo has; the app's API calls need \`lists:read\`. Klaviyo's review rejects apps that ask for more."`,
    );
  });

  it("reports every write scope", () => {
    expect(messageOf(requesting(WRITES))).toMatchInlineSnapshot(
      `"This list asks for every write scope that Klaviyo has. Ask for those that the app needs: Klaviyo's review rejects apps that ask for more."`,
    );
  });

  it("reports every write scope, and says what is needed", () => {
    expect(
      messageOf(requesting(WRITES).call("src/sync.ts", "getLists()", "get_lists")),
    ).toMatchInlineSnapshot(
      `"This list asks for every write scope that Klaviyo has; the app's API calls need \`lists:read\`. Klaviyo's review rejects apps that ask for more."`,
    );
  });

  it("is silent about all but one", () => {
    const few = DOCUMENTED.filter(({ name }) => name !== "images:write");
    expect(findingsOf(rule, requesting(few).picture())).toBe("");
  });

  it("is silent about every read scope", () => {
    const reads = STABLE.filter(({ access }) => access === "read");
    expect(findingsOf(rule, requesting(reads).picture())).toBe("");
  });

  it("is silent where two lists ask for everything together", () => {
    const half = STABLE.map(({ name }) => name);
    const [first, second] = [half.slice(0, 20).join(" "), half.slice(20).join(" ")];
    const picture = project({ "a.ts": `login("${first}");\n`, "b.ts": `login("${second}");\n` })
      .request("a.ts", `"${first}"`)
      .request("b.ts", `"${second}"`)
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });
});
