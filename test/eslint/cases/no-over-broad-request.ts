import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
  {
    files: {},
    code: 'const scope = "accounts:read campaigns:read campaigns:write catalogs:read catalogs:write conversations:read conversations:write coupon-codes:read coupon-codes:write coupons:read coupons:write custom-objects:read custom-objects:write data-privacy:read data-privacy:write events:read events:write flows:read flows:write forms:read forms:write images:read images:write lists:read lists:write metrics:read metrics:write profiles:read profiles:write push-tokens:read push-tokens:write reviews:read reviews:write segments:read segments:write subscriptions:read subscriptions:write tags:read tags:write templates:read templates:write tracking-settings:read tracking-settings:write web-feeds:read web-feeds:write webhooks:read webhooks:write";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
    output: null,
    errors: [
      {
        message:
          "This list asks for every scope that Klaviyo has. Ask for those that the app needs: Klaviyo's review rejects apps that ask for more.",
        line: 1,
        column: 15,
        endLine: 1,
        endColumn: 735,
      },
    ],
  },
  {
    files: {},
    code: 'const scopes = [\n  "accounts:read",\n  "agents:write",\n  "brands:write",\n  "campaigns:write",\n  "catalogs:write",\n  "conversations:write",\n  "coupon-codes:write",\n  "coupons:write",\n  "credentials:write",\n  "custom-objects:write",\n  "data-privacy:write",\n  "events:write",\n  "flows:write",\n  "forms:write",\n  "images:write",\n  "lists:write",\n  "metrics:write",\n  "profiles:write",\n  "push-tokens:write",\n  "reviews:write",\n  "segments:write",\n  "sender-config:write",\n  "subscriptions:write",\n  "tags:write",\n  "templates:write",\n  "tracking-settings:write",\n  "translations:write",\n  "web-feeds:write",\n  "webhooks:write",\n];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
    output: null,
    errors: [
      {
        message:
          "This list asks for every write scope that Klaviyo has. Ask for those that the app needs: Klaviyo's review rejects apps that ask for more.",
        line: 1,
        column: 16,
        endLine: 31,
        endColumn: 2,
      },
    ],
  },
];
