/** A small app in several languages, and what a person may do to its files. */

export const FILES: Readonly<Record<string, string>> = {
  "klaviyo-scopes.json": '{ "configured": "accounts:read lists:read profiles:read" }\n',
  ".env": "PORT=3000\nKLAVIYO_SCOPES=accounts:read lists:read events:write\n",
  "config/providers.yaml":
    "providers:\n  klaviyo:\n    auth_url: https://www.klaviyo.com/oauth/authorize\n    scopes:\n      - accounts:read\n      - events:write\n  slack:\n    scopes: [profiles:read]\n",
  "src/scopes.ts":
    'export const SCOPES = ["accounts:read", "lists:read", "events:write"] as const;\n\nexport const LABEL = "Klaviyo";\n',
  "src/auth.ts":
    'import { SCOPES } from "./scopes.js";\n\nexport const url = (id: string): string =>\n  `https://www.klaviyo.com/oauth/authorize?client_id=${id}&redirect_uri=x&scope=${SCOPES.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
  "src/api.js":
    "const BASE = process.env.CRM_BASE;\nexport const klaviyo = (token, path, method) =>\n  fetch(`https://a.klaviyo.com/api${path}`, { method, headers: { Authorization: `Bearer ${token}` } });\n",
  "src/sync.js":
    'import { klaviyo } from "./api.js";\n\nexport const lists = (token) => klaviyo(token, "/lists");\nexport const send = (token) => klaviyo(token, "/events", "POST");\n',
  "src/format.ts":
    'export const price = (cents: number) => `$${String(cents / 100)}`;\nexport const KEY = "/lists";\n',
};

/** The same numbers each time, so that a failure can be seen again. */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const WORDS = [
  ...["accounts:read", "lists:read", "profiles:write", "list:read", "events:write", "profiles:read"],
  ...[
    "/lists",
    "/profiles",
    "/nowhere",
    "POST",
    "PATCH",
    "scope",
    "klaviyo",
    "SCOPES",
    "./api.js",
    "./format.js",
  ],
];

/** What a person may type between two lints. */
export function edited(text: string, file: string, next: (below: number) => number): string {
  const mark = /\.(?:env|ya?ml)/.test(file) ? "#" : "//";
  const lines = text.split("\n");
  const at = next(lines.length);
  switch (next(6)) {
    case 0:
      return FILES[file] ?? "";
    case 1:
      if (file.endsWith(".json")) return text.replace("{ ", "{\n  ");
      lines.splice(at, 0, `${mark} a word about this`);
      return lines.join("\n");
    case 2:
      if (file.endsWith(".json")) return text.replace("\n", "");
      lines.splice(at, 0, `${mark} klaviyo-scope-audit-ignore-next-line no-unconfigured-scope -- soon`);
      return lines.join("\n");
    case 3:
      return /\.[jt]s$/.test(file)
        ? `${text}export { klaviyo as more${String(next(99))} } from "./api.js";\n`
        : text;
    default:
      return text.replace(WORDS[next(WORDS.length)] ?? "", WORDS[next(WORDS.length)] ?? "");
  }
}
