import { describe, expect, it } from "vitest";
import { lowerData } from "../../../src/lower/data/index.js";
import { holdsScope, isScopeList, keepsConfigValue, keepsEnvValue } from "../../../src/lower/data/privacy.js";
import { isSecretKey, looksSecret } from "../../../src/lower/data/secrets.js";
import { plain, stringsOf } from "./support.js";

const KEPT = true;
const DROPPED = false;

describe("what is a list of scopes", () => {
  it.each([
    ["accounts:read", true],
    ["accounts:read profiles:write", true],
    ["accounts:read,profiles:write; lists:read|tags:read", true],
    ["list:read template:write", true],
    ["read_profiles", true],
    ["read:profiles", true],
    ["accounts%3Aread%20lists%3Aread", true],
    ["ACCOUNTS:READ", true],
    ["accounts:read and more", false],
    ["user:hunter2", false],
    ["db.admin", false],
    ["", false],
  ])("%s: %s", (text, expected) => {
    expect(isScopeList(text)).toBe(expected);
  });

  it.each([
    ["the scopes accounts:read and more", true],
    ["https://www.klaviyo.com/oauth/authorize?scope=accounts:read&state=x", true],
    ["postgres://app:write@host/db", false],
    ["nothing here", false],
  ])("holds one or not, %s: %s", (text, expected) => {
    expect(holdsScope(text)).toBe(expected);
  });
});

describe("what is secret", () => {
  it.each([
    ["pk_0123456789abcdef0123456789abcdef01", true],
    ["Klaviyo-API-Key pk_short", true],
    ["Bearer abc", true],
    ["eyJhbGciOi.eyJzdWIi.c2ln", true],
    ["AKIAIOSFODNN7EXAMPLE", true],
    ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", true],
    ["550e8400-e29b-41d4-a716-446655440000", true],
    ["-----BEGIN RSA PRIVATE KEY-----", true],
    ["https://me:hunter2@a.klaviyo.com/api", true],
    ["https://a.klaviyo.com/api/lists?api_key=abc", true],
    ["Klaviyo-API-Key ${KEY}", false],
    ["https://a.klaviyo.com/oauth/token", false],
    ["https://www.klaviyo.com/oauth/authorize?client_id=1&scope=accounts:read", false],
    ["accounts:read profiles:read lists:read", false],
    ["generateAuthorizeUrl", false],
    ["/api/profile-subscription-bulk-create-jobs", false],
  ])("text %s: %s", (text, expected) => {
    expect(looksSecret(text)).toBe(expected);
  });

  it.each([
    ["KLAVIYO_CLIENT_SECRET", true],
    ["klaviyoApiKey", true],
    ["private_key", true],
    ["accessToken", true],
    ["DB_PASSWORD", true],
    ["SESSION", true],
    ["token_url", false],
    ["tokenEndpoint", false],
    ["KLAVIYO_TOKEN_URL", false],
    ["secret_token_url", true],
    ["authorization_url", false],
    ["scopes", false],
  ])("key %s: %s", (key, expected) => {
    expect(isSecretKey([key])).toBe(expected);
  });

  it("judges by the keys around a value too, but only by the sure words", () => {
    expect(isSecretKey(["secrets", "klaviyo", "id"])).toBe(true);
    expect(isSecretKey(["session", "klaviyo", "id"])).toBe(false);
  });
});

describe("what is kept of an environment variable", () => {
  it.each([
    ["KLAVIYO_SCOPES", "accounts:read", KEPT],
    ["KLAVIYO_SCOPES", "openid everything", KEPT],
    ["KLAVIYO_API_BASE_URL", "https://proxy.example/klaviyo", KEPT],
    ["KLAVIYO_TOKEN_URL", "https://a.klaviyo.com/oauth/token", KEPT],
    ["UPSTREAM", "https://a.klaviyo.com/api", KEPT],
    ["PERMISSIONS", "accounts:read lists:read", KEPT],
    ["MY_TOKEN", "accounts:read lists:read", KEPT],
    ["KLAVIYO_OAUTH_CLIENT_SECRET", "short", DROPPED],
    ["KLAVIYO_API_KEY", "pk_abc", DROPPED],
    ["OAUTH_CLIENT", "550e8400-e29b-41d4-a716-446655440000", DROPPED],
    ["NODE_ENV", "production", DROPPED],
    ["DATABASE_URL", "postgres://app:write@klaviyo/db", DROPPED],
    ["PORT", "3000", DROPPED],
  ])("%s=%s: %s", (name, value, expected) => {
    expect(keepsEnvValue(name, value)).toBe(expected);
  });
});

describe("what is kept of a configuration file", () => {
  it.each([
    [["providers", "klaviyo", "scope"], "accounts:read", KEPT],
    [["jobs", "method"], "GET", KEPT],
    [["paths"], "/api/profiles/{id}/lists?page[size]=20&filter=equals(email,x)", KEPT],
    [["provider", "scope"], "everything one could wish for, in any words one likes", KEPT],
    [["about"], "Klaviyo integration for our shop, as long as one wants it to be", KEPT],
    [["about"], "a long text about something else that nobody needs to keep", DROPPED],
    [["klaviyo", "secret"], "short", DROPPED],
    [["secrets", "klaviyo"], "accounts:read lists:read", KEPT],
    [["secrets", "klaviyo"], "https://a.klaviyo.com/api", DROPPED],
    [["klaviyo", "id"], "0123456789abcdefghijkl", DROPPED],
    [["build", "NODE_OPTIONS"], "short", DROPPED],
    [["environment", "node"], "short", DROPPED],
    [["variables", "KEY", "value"], "short", DROPPED],
    [["variables", "SCOPES", "value"], "openid", KEPT],
  ])("%j: %s: %s", (path, value, expected) => {
    expect(keepsConfigValue(path, value)).toBe(expected);
  });
});

describe("what the form holds", () => {
  const SECRET = "hunter2";

  it.each([
    [".env", `KLAVIYO_API_KEY=${SECRET}\nDB=${SECRET}\nURL=https://\${DB}@klaviyo.com\nKLAVIYO_OAUTH="x $DB"\n`],
    [".env", `${SECRET}\nA="${SECRET}\n`],
    [".env.local", `export KEY='${SECRET}' # klaviyo ${SECRET}\n`],
    ["Dockerfile", `ARG NPM_TOKEN=${SECRET}\nENV A=${SECRET} B="${SECRET}"\nENV C ${SECRET}\n`],
    ["docker-compose.yml", `services:\n  a:\n    environment:\n      - PASS=${SECRET}\n      - PG=pg://u:${SECRET}@klaviyo/\n`],
    ["docker-compose.yml", `services:\n  a:\n    environment:\n      plain: ${SECRET}\n      DB_PASS: ${SECRET}\n`],
    ["k8s.yaml", `kind: Secret\nstringData:\n  admin: ${SECRET}\n`],
    ["k8s.yaml", `env:\n  - name: KLAVIYO_API_KEY\n    value: ${SECRET}\n`],
    ["k8s.yaml", `a: &a\n  password: ${SECRET}\nb:\n  <<: *a\n  c: !vault ["${SECRET} ${SECRET}"]\n`],
    ["c.yml", `password: @${SECRET}\n`],
    ["task.json", `{ "environment": [{ "Name": "API_KEY", "Value": "${SECRET}" }], "b": ${SECRET} }`],
    ["a.json5", `{ token: '${SECRET}', a: ${SECRET} }`],
    ["a.toml", `[klaviyo]\napi_key = "${SECRET}"\n${SECRET}\n`],
    ["a.ini", `[klaviyo]\npassword = ${SECRET}\n[${SECRET}\n`],
    ["a.properties", `klaviyo.password=${SECRET}\n`],
    ["a.tf", `variable "db_password" {\n  default = "${SECRET}"\n}\npassword = ${SECRET} ${SECRET}\nsecret = join("", ["${SECRET}"])\n`],
    ["a.tfvars", `api_key = "${SECRET}"\n`],
  ])("no secret of %s %#", (file, text) => {
    const form = lowerData(file, text);
    expect(JSON.stringify(form)).not.toContain(`"${SECRET}`);
    expect(stringsOf(form.data).map((node) => node.value).join("\n")).not.toContain(SECRET);
    expect(form.problems.map((problem) => problem.message).join("\n")).not.toContain(SECRET);
  });

  it("drops the lines of a private key that look like entries", () => {
    const form = lowerData(".env", "KEY=-----BEGIN\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC=\n");
    expect(JSON.stringify(form)).not.toContain("MIIEvQ");
  });

  it("keeps a default where the rest of the text goes", () => {
    const { data } = lowerData("docker-compose.yml", "environment:\n  PERMISSIONS: abc ${X:-accounts:read}\n");
    expect(stringsOf(data).map((node) => node.value)).toContain("accounts:read");
    expect(plain(data)).toEqual({ environment: { PERMISSIONS: "<value not kept>" } });
  });
});
