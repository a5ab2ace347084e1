import { describe, expect, it } from "vitest";
import { envEntries, lowerData } from "../../../src/lower/data/index.js";
import { plain, stringsOf, tokens } from "./support.js";

/** `NAME=value` for each entry, with the source text of its range. */
function entries(file: string, text: string): { entry: string; written: string }[] {
  return envEntries(lowerData(file, text)).map(({ name, value, range }) => ({
    entry: `${name}=${String(plain(value))}`,
    written: text.slice(...range),
  }));
}

const SCOPES = "accounts:read lists:read";
const FOUND = `KLAVIYO_SCOPES=${SCOPES}`;

describe("where data files define environment variables", () => {
  it.each([
    [".env.example", `KLAVIYO_SCOPES="${SCOPES}"\n`],
    ["Procfile", `web: KLAVIYO_SCOPES="${SCOPES}" node server.js\n`],
    ["Dockerfile", `FROM node\nENV KLAVIYO_SCOPES="${SCOPES}"\n`],
    ["Dockerfile", `FROM node\nARG KLAVIYO_SCOPES="${SCOPES}"\n`],
    ["docker-compose.yml", `services:\n  web:\n    environment:\n      KLAVIYO_SCOPES: ${SCOPES}\n`],
    ["docker-compose.yml", `services:\n  web:\n    environment:\n      - KLAVIYO_SCOPES=${SCOPES}\n`],
    ["docker-compose.yml", `services:\n  web:\n    build:\n      args:\n        - "KLAVIYO_SCOPES=${SCOPES}"\n`],
    ["docker-compose.yml", `x-env: &e\n  KLAVIYO_SCOPES: ${SCOPES}\nservices:\n  a: { environment: *e }\n  b:\n    environment:\n      <<: *e\n`],
    [".github/workflows/ci.yml", `jobs:\n  a:\n    steps:\n      - run: x\n        env:\n          KLAVIYO_SCOPES: ${SCOPES}\n`],
    [".gitlab-ci.yml", `variables:\n  KLAVIYO_SCOPES: "${SCOPES}"\n`],
    [".gitlab-ci.yml", `variables:\n  KLAVIYO_SCOPES:\n    value: "${SCOPES}"\n    description: which\n`],
    [".circleci/config.yml", `jobs:\n  a:\n    environment:\n      KLAVIYO_SCOPES: ${SCOPES}\n`],
    ["serverless.yml", `provider:\n  environment:\n    KLAVIYO_SCOPES: ${SCOPES}\n`],
    ["app.yaml", `env_variables:\n  KLAVIYO_SCOPES: "${SCOPES}"\n`],
    ["render.yaml", `services:\n  - envVars:\n      - key: KLAVIYO_SCOPES\n        value: ${SCOPES}\n`],
    ["values.yaml", `env:\n  - name: KLAVIYO_SCOPES\n    value: ${SCOPES}\n`],
    ["deploy.yaml", `spec:\n  containers:\n    - env:\n        - name: KLAVIYO_SCOPES\n          value: "${SCOPES}"\n`],
    ["config.yaml", `kind: ConfigMap\ndata:\n  KLAVIYO_SCOPES: ${SCOPES}\n`],
    ["vercel.json", `{ "build": { "env": { "KLAVIYO_SCOPES": "${SCOPES}" } } }`],
    ["task.json", `{ "containerDefinitions": [{ "environment": [{ "name": "KLAVIYO_SCOPES", "value": "${SCOPES}" }] }] }`],
    ["wrangler.toml", `[vars]\nKLAVIYO_SCOPES = "${SCOPES}"\n`],
    ["wrangler.toml", `[env.production.vars]\nKLAVIYO_SCOPES = "${SCOPES}"\n`],
    ["wrangler.jsonc", `{ "env": { "prod": { "vars": { "KLAVIYO_SCOPES": "${SCOPES}" } } } }`],
    ["fly.toml", `[env]\nKLAVIYO_SCOPES = '${SCOPES}'\n`],
    ["netlify.toml", `[build.environment]\nKLAVIYO_SCOPES = "${SCOPES}"\n`],
    ["netlify.toml", `[context.production.environment]\nKLAVIYO_SCOPES = "${SCOPES}"\n`],
    ["main.tf", `variable "KLAVIYO_SCOPES" {\n  default = "${SCOPES}"\n}\n`],
    ["main.tf", `resource "a" "b" {\n  environment {\n    variables = { KLAVIYO_SCOPES = "${SCOPES}" }\n  }\n}\n`],
    ["prod.tfvars", `KLAVIYO_SCOPES = "${SCOPES}"\n`],
    ["odd.ini", `[anything]\nKLAVIYO_SCOPES = ${SCOPES}\n`],
  ])("%s %#", (file, text) => {
    const found = envEntries(lowerData(file, text)).filter(({ name }) => name === "KLAVIYO_SCOPES");
    expect(found.map(({ name, value }) => `${name}=${String(plain(value))}`)).toEqual([FOUND]);
    const [list] = stringsOf(found[0]?.value ?? null);
    expect(list && tokens(text, list)).toEqual(["accounts:read", "lists:read"]);
  });

  it("gives each entry its whole range", () => {
    expect(entries("docker-compose.yml", `environment:\n  - "A_SCOPES=${SCOPES}"\n  - B_SCOPES=\${B:-lists:read}\n`)).toEqual([
      { entry: `A_SCOPES=${SCOPES}`, written: `"A_SCOPES=${SCOPES}"` },
      { entry: "B_SCOPES=<variable B> || lists:read", written: "B_SCOPES=${B:-lists:read}" },
    ]);
    expect(entries("a.tfvars", `klaviyo_scopes = ["accounts:read"]\n`)).toEqual([
      { entry: "klaviyo_scopes=accounts:read", written: 'klaviyo_scopes = ["accounts:read"]' },
    ]);
  });

  it("names variables whose values were not kept", () => {
    expect(entries(".env", "A=hunter2\n")).toEqual([{ entry: "A=<value not kept>", written: "A=hunter2" }]);
  });

  it.each([
    ["package.json", '{ "name": "x", "scripts": { "start": "node ." } }'],
    ["a.yml", "env:\n  production:\n    url: x\nname: thing\nvalue: other\n"],
    ["a.yml", "items:\n  - name: accept\n    value: text\n"],
    ["a.yml", "data:\n  scopes: accounts:read\n"],
    ["a.toml", "[env.production]\nname = 'x'\n"],
  ])("finds none where there are none: %s %#", (file, text) => {
    expect(entries(file, text)).toEqual([]);
  });
});
