import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/index.js";
import { PLAIN, toText } from "../../src/cli/document-text.js";
import { UserError } from "../../src/api/errors.js";
import { explainOperation, explainPath } from "../../src/cli/explain/operation.js";
import { explainRule } from "../../src/cli/explain/rule.js";
import { RULE_REASONS } from "../../src/cli/explain/rule-reasons.js";
import { explainScope } from "../../src/cli/explain/scope.js";
import { explainUrl } from "../../src/cli/explain/url.js";
import { rules } from "../../rules/index.js";
import type { Block } from "../../src/cli/document.js";
import { temporaryFolder } from "../api/temporary.js";
import { runIn } from "./terminal.js";

const catalog = loadCatalog();
const text = (blocks: Block[]) => toText(blocks, PLAIN);
const url = (query: string, place = "https://www.klaviyo.com/oauth/authorize") =>
  text(explainUrl(`${place}?${query}`, null, catalog));

const CHALLENGE = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
const REST = `response_type=code&client_id=1&redirect_uri=https%3A%2F%2Fa.example&state=x&${CHALLENGE}`;

describe("an authorize URL", () => {
  it("is fine when it is", () => {
    expect(url(`${REST}&scope=accounts%3Aread+profiles:read%20lists:write`)).toMatchInlineSnapshot(`
      "Authorization request

        - It goes to https://www.klaviyo.com/oauth/authorize, as it should.

      Scopes

        - accounts:read: fine.
        - profiles:read: fine.
        - lists:write: fine.

      PKCE

        - S256, as it should be.
      "
    `);
  });

  it("names the parameters that are missing or wrong, and the right host", () => {
    const said = url("response_type=token&scope=accounts:read", "https://a.klaviyo.com/oauth/authorize");
    expect(said).toContain("Klaviyo's authorize URL is https://www.klaviyo.com/oauth/authorize");
    expect(said).toContain("response_type is token: it must be code");
    for (const name of ["client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method"]) {
      expect(said).toContain(`${name} is missing`);
    }
  });

  it("sees unknown scopes, double encoding, commas, duplicates and a missing accounts:read", () => {
    const said = url(`${REST}&scope=list%253Aread%2520tags%253Aread`);
    expect(said).toContain("Double-encoded");
    expect(said).toContain("list:read: unknown to Klaviyo; did you mean lists:read?");
    expect(said).toContain("Missing: accounts:read");
    expect(url(`${REST}&scope=accounts:read,tags:read,tags:read`)).toContain("Malformed");
    expect(url(`${REST}&scope=accounts:read+accounts:read`)).toContain("more than once");
    expect(url(REST)).toContain("scope is missing: no scope is asked for");
  });

  it("does not take just any challenge", () => {
    expect(url("code_challenge=plain&code_challenge_method=plain")).toContain(
      "code_challenge is no base64url",
    );
    expect(url("code_challenge=plain&code_challenge_method=plain")).toContain(
      "code_challenge_method is plain",
    );
  });

  it("survives broken escapes", () => {
    expect(url("scope=%E0%A4%A&%")).toContain("unknown to Klaviyo");
  });
});

describe("a scope", () => {
  it("lists the operations that need it and what else they need", () => {
    const said = text(explainScope("lists:write", null, catalog));
    expect(said).toContain(
      "add_profiles_to_list  POST /api/lists/{id}/relationships/profiles, also needs profiles:write",
    );
    expect(said).toContain("It does not stand for lists:read");
  });

  it("is refused where it does not exist, with what may be meant", () => {
    const refusal = (name: string) => {
      try {
        explainScope(name, null, catalog);
      } catch (error) {
        if (error instanceof UserError) return [error.message, error.help];
      }
      return null;
    };
    expect(refusal("list:read")).toEqual(["Klaviyo has no scope `list:read`.", "Did you mean `lists:read`?"]);
    expect(refusal("moon-phases:read")?.[1]).toContain("list it under `scopes`");
    expect(refusal("LISTS:read")).toBeNull();
  });

  it("knows the one that is always required", () => {
    expect(text(explainScope("accounts:read", null, catalog))).toContain("requires it of every app");
  });
});

describe("an operation", () => {
  it("is found by its method and a concrete path or template", () => {
    for (const path of [
      "/api/profiles/01ABC/",
      "/api/profiles/{id}",
      "https://a.klaviyo.com/api/profiles/01ABC?x=y",
    ]) {
      expect(text(explainPath("GET", path, null, catalog)), path).toContain(
        "get_profile\n\nGET /api/profiles/{id}",
      );
    }
  });

  it("is all operations of a path without a method", () => {
    const said = text(explainPath(null, "/api/lists", null, catalog));
    expect(said).toContain("get_lists");
    expect(said).toContain("create_list");
  });

  it("has its scopes, or none", () => {
    const client = catalog.operations().find(({ path }) => path.startsWith("/client/"));
    expect(client && text(explainOperation(client, null))).toContain("public key");
    const add = catalog.operation("add_profiles_to_list");
    expect(add && text(explainOperation(add, null))).toContain(
      "It needs lists:write and profiles:write: all of them.",
    );
  });

  it("suggests the method or the path that was meant", () => {
    expect(() => explainPath("DELETE", "/api/metrics", null, catalog)).toThrow(/No operation/);
    try {
      explainPath("GET", "/api/list", null, catalog);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ help: "Did you mean `GET /api/lists`?" });
    }
  });
});

describe("a rule", () => {
  it.each(rules.map((rule) => [rule.name, rule] as const))(
    "%s is described with why it matters, in words without placeholders",
    (name, rule) => {
      const said = text(explainRule(rule));
      expect(said).toContain(`${name}\n\n${rule.meta.description.replaceAll("`", "")}.`);
      expect(said).not.toMatch(/\{\{|<[a-z]+>|\]\(|\.md\)/u);
      const reasons = RULE_REASONS[name] ?? [];
      expect(reasons.length).toBeGreaterThan(0);
      for (const reason of reasons) expect(said).toContain(reason.replaceAll("`", ""));
      expect(said).toContain(`--rule ${name}=off`);
    },
  );
});

describe("several at once", () => {
  it("are explained one after the other, be they one argument or several", async () => {
    const folder = temporaryFolder({ "a.ts": "export const one = 1;\nexport const two = 2;\n" });
    for (const what of [["tags:read lists:read"], ["tags:read", "lists:read"]]) {
      const { code, stdout } = await runIn(folder, ["explain", ...what]);
      expect(code).toBe(0);
      expect(stdout.match(/^(?:tags|lists):read$/gm)).toEqual(["tags:read", "lists:read"]);
    }
    const places = await runIn(folder, ["explain", "a.ts:1", "a.ts:2"]);
    expect(places.stdout.match(/^a\.ts:\d$/gm)).toEqual(["a.ts:1", "a.ts:2"]);
    expect((await runIn(folder, ["explain", "GET", "/api/tags"])).stdout).toContain("get_tags");
  });
});

describe("a line of which the audit says nothing", () => {
  it("names the nearest lines of which it does, and no others", async () => {
    const folder = temporaryFolder({
      "src/scopes.ts": 'export const SCOPES = ["accounts:read"];\n',
      "src/auth.ts":
        'import { SCOPES } from "./scopes";\nexport const url = (id: string) => {\n  const query = new URLSearchParams({\n    client_id: id,\n    scope: SCOPES.join(" "),\n  });\n  return `https://www.klaviyo.com/oauth/authorize?${query}`;\n};\n',
      "src/api.ts":
        'const get = (path: string) =>\n  fetch(`https://a.klaviyo.com/api/${path}`, {\n    headers: { Authorization: `Bearer x` },\n  });\nexport const lists = () => get("lists");\nexport const idle = (kind: string) =>\n  fetch(`https://a.klaviyo.com/api/${kind}`);\n',
      "src/other.ts": "// Klaviyo\nexport const one = 1;\n",
    });
    const said = async (place: string) => (await runIn(folder, ["explain", place])).stdout;
    expect(await said("src/auth.ts:4")).toContain("src/auth.ts:7: a scope request.");
    expect(await said("src/api.ts:1")).toContain("src/api.ts:5: an API call, GET /api/lists.");
    expect(await said("src/other.ts:2")).not.toContain("Nearest");
    const last = await said("src/auth.ts:1");
    expect(last.match(/^ {2}- /gm)?.length).toBeLessThanOrEqual(3);
  });
});
