/** Fixes of lists in data files: the file stays what it was, in its own style. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../api/temporary.js";
import { runIn } from "./terminal.js";

const CASES: [file: string, before: string, after: string][] = [
  [
    "configmap.yaml",
    "kind: ConfigMap\ndata:\n  KLAVIYO_SCOPES: |\n    accounts:read\n    lists:read\n  app.properties: |\n    a=b\n",
    "kind: ConfigMap\ndata:\n  KLAVIYO_SCOPES: >-\n    accounts:read\n    lists:read\n  app.properties: |\n    a=b\n",
  ],
  [
    "stripped.yaml",
    "env:\n  KLAVIYO_SCOPES: |-\n    accounts:read\n    lists:read\n",
    "env:\n  KLAVIYO_SCOPES: >-\n    accounts:read\n    lists:read\n",
  ],
  [
    "folded.yaml",
    "env:\n  KLAVIYO_SCOPES: >\n    accounts:read\n    lists:read\n",
    "env:\n  KLAVIYO_SCOPES: >\n    accounts:read\n    lists:read\n",
  ],
  [
    "wide.yaml",
    "klaviyo:\n    scopes:\n    -   tags:read\n    -   lists:read\n",
    "klaviyo:\n    scopes:\n    -   accounts:read\n    -   tags:read\n    -   lists:read\n",
  ],
  [
    "main.tf",
    "locals {\n  KLAVIYO_SCOPES = <<EOT\naccounts:read\nlists:read\nEOT\n}\n",
    "locals {\n  KLAVIYO_SCOPES = <<EOT\naccounts:read\nlists:read\nEOT\n}\n",
  ],
  [".env", "KLAVIYO_SCOPES=tags:read,lists:read\n", "KLAVIYO_SCOPES=accounts:read,tags:read,lists:read\n"],
  // JSON that its reader parses.
  [".env", 'KLAVIYO_SCOPES=["tags:read"]\n', 'KLAVIYO_SCOPES=["accounts:read", "tags:read"]\n'],
  [
    "escaped.yaml",
    'env:\n  KLAVIYO_SCOPES: "[\\"tags:read\\"]"\n',
    'env:\n  KLAVIYO_SCOPES: "[\\"accounts:read\\", \\"tags:read\\"]"\n',
  ],
  [
    "Dockerfile",
    "FROM node\nENV KLAVIYO_SCOPES='[\"tags:read\"]'\n",
    'FROM node\nENV KLAVIYO_SCOPES=\'["accounts:read", "tags:read"]\'\n',
  ],
  // What ends at a blank can take none.
  [
    "Dockerfile",
    'FROM node\nENV KLAVIYO_SCOPES=[\\"tags:read\\"]\n',
    'FROM node\nENV KLAVIYO_SCOPES=[\\"accounts:read\\",\\"tags:read\\"]\n',
  ],
  [".envrc", "export KLAVIYO_SCOPES=tags:read\n", "export KLAVIYO_SCOPES=tags:read\n"],
  [
    ".envrc",
    "export KLAVIYO_SCOPES='tags:read lists:read'\n",
    "export KLAVIYO_SCOPES='accounts:read tags:read lists:read'\n",
  ],
  [
    "Dockerfile",
    "FROM node\nENV NODE_ENV=production KLAVIYO_SCOPES=tags:read\n",
    "FROM node\nENV NODE_ENV=production KLAVIYO_SCOPES=tags:read\n",
  ],
  [
    "Dockerfile",
    "FROM node\nENV KLAVIYO_SCOPES tags:read lists:read\n",
    "FROM node\nENV KLAVIYO_SCOPES accounts:read tags:read lists:read\n",
  ],
  [
    "application.properties",
    "klaviyo.scopes=tags:read,\\\n  lists:read\n",
    "klaviyo.scopes=accounts:read,tags:read,\\\n  lists:read\n",
  ],
  [
    "indexed.properties",
    "klaviyo.scopes[0]=tags:read\nklaviyo.scopes[1]=lists:read\n",
    "klaviyo.scopes[0]=tags:read\nklaviyo.scopes[1]=lists:read\n",
  ],
];

it.each(CASES)("keeps %s what it is", async (file, before, after) => {
  const folder = temporaryFolder({ [file]: before });
  await runIn(folder, ["--fix"]);
  expect(readFileSync(path.join(folder, file), "utf8")).toBe(after);
});
