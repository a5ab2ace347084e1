/** How a list reaches Klaviyo. Each is a function's body: statements that end in `return`. */
import type { Project, SourceFile } from "../project.js";
import { asList, asText, type Value } from "./value.js";

export interface Sink {
  name: string;
  kind: "authorize-url" | "sdk" | "provider";
  /** The file's extension must allow JSX. */
  jsx?: true;
  body: (value: Value) => string;
}

/** Marks the code that stands at the site. */
function site(project: Project, code: string): string {
  return project.marks.around({ kind: "site" }, code);
}

const HOSTS = ["https://www.klaviyo.com", "https://www.klaviyo.com", "https://klaviyo.com"];

/** Klaviyo's authorize URL as it is written in a file. */
function authorizeUrl(file: SourceFile): string {
  const { random } = file.project;
  const host = random.pick(HOSTS);
  switch (random.integer(0, 3)) {
    case 0:
      return file.constant(`"${host}/oauth/authorize"`);
    case 1: {
      const base = file.constant(`"${host}"`);
      return file.constant(`\`\${${base}}/oauth/authorize\``);
    }
    case 2: {
      const name = file.project.name("object");
      file.add(
        `const ${name} = {\n  authorizeUrl: "${host}/oauth/authorize",\n  tokenUrl: "https://a.klaviyo.com/oauth/token",\n};`,
      );
      return `${name}.authorizeUrl`;
    }
    default:
      return `"${host}/oauth/authorize"`;
  }
}

/** Inside a template: `${x}`, or the text itself. */
function inTemplate(code: string): string {
  return code.startsWith('"') ? code.slice(1, -1) : `\${${code}}`;
}

const fields = (scope: string, indent = "    "): string =>
  [
    'response_type: "code"',
    "client_id: clientId",
    "redirect_uri: redirectUri",
    `scope: ${scope}`,
    "state",
    "code_challenge: challenge",
    'code_challenge_method: "S256"',
  ]
    .map((line) => `${indent}${line},\n`)
    .join("");

const TAIL =
  "response_type=code&client_id=${clientId}&redirect_uri=${redirectUri}&state=${state}&code_challenge_method=S256&code_challenge=${challenge}";

/** The whole URL as one template. */
function templateUrl(value: Value): string {
  const { random } = value.file.project;
  const scope = random.pick([
    `encodeURIComponent(${asText(value)})`,
    asText(value),
    `encodeURI(${asText(value)})`,
  ]);
  return `\`${inTemplate(authorizeUrl(value.file))}?scope=\${${scope}}&${TAIL}\``;
}

const urls: Sink[] = [
  {
    name: "template",
    kind: "authorize-url",
    body: (value) => `  return ${site(value.file.project, templateUrl(value))};`,
  },
  {
    name: "concatenation",
    kind: "authorize-url",
    body: (value) =>
      `  return ${site(value.file.project, `${authorizeUrl(value.file)} + "?client_id=" + clientId + "&redirect_uri=" + redirectUri + "&scope=" + encodeURIComponent(${asText(value)}) + "&response_type=code&code_challenge_method=S256&code_challenge=" + challenge`)};`,
  },
  {
    name: "searchParams.set",
    kind: "authorize-url",
    body(value) {
      const method = value.file.project.random.pick(["set", "append"]);
      const lines = [
        `const url = ${site(value.file.project, `new URL(${authorizeUrl(value.file)})`)};`,
        `url.searchParams.${method}("response_type", "code");`,
        `url.searchParams.${method}("client_id", clientId);`,
        `url.searchParams.${method}("redirect_uri", redirectUri);`,
        `url.searchParams.${method}("scope", ${asText(value)});`,
        `url.searchParams.${method}("state", state);`,
        `url.searchParams.${method}("code_challenge", challenge);`,
        `url.searchParams.${method}("code_challenge_method", "S256");`,
        value.file.project.random.pick(["return url.toString();", "return url.href;", "return url;"]),
      ];
      return lines.map((line) => `  ${line}`).join("\n");
    },
  },
  {
    name: "searchParams by a local name",
    kind: "authorize-url",
    body: (value) =>
      [
        `const url = ${site(value.file.project, `new URL(${authorizeUrl(value.file)})`)};`,
        `const { searchParams } = url;`,
        `searchParams.set("client_id", clientId);`,
        `searchParams.set("redirect_uri", redirectUri);`,
        `searchParams.set("scope", ${asText(value)});`,
        `searchParams.set("code_challenge", challenge);`,
        `searchParams.set("code_challenge_method", "S256");`,
        `return url.toString();`,
      ]
        .map((line) => `  ${line}`)
        .join("\n"),
  },
  {
    name: "searchParams in a loop",
    kind: "authorize-url",
    body: (value) =>
      `  const fields${value.file.project.typed("Record<string, string>")} = {\n${fields(asText(value))}  };\n  const url = ${site(value.file.project, `new URL(${authorizeUrl(value.file)})`)};\n  for (const [key, field] of Object.entries(fields)) {\n    url.searchParams.set(key, field);\n  }\n  return url.toString();`,
  },
  {
    name: "URLSearchParams of an object",
    kind: "authorize-url",
    body: (value) =>
      `  const query = new URLSearchParams({\n${fields(asText(value))}  });\n  return ${site(value.file.project, `\`${inTemplate(authorizeUrl(value.file))}?\${query${value.file.project.random.pick(["", ".toString()"])}}\``)};`,
  },
  {
    name: "URLSearchParams of entries",
    kind: "authorize-url",
    body: (value) =>
      `  const fields = {\n${fields(asText(value))}  };\n  const query = new URLSearchParams(Object.entries(fields));\n  return ${site(value.file.project, `${authorizeUrl(value.file)} + "?" + query.toString()`)};`,
  },
  {
    name: "URLSearchParams of pairs",
    kind: "authorize-url",
    body: (value) =>
      `  const query = new URLSearchParams([\n    ["client_id", clientId],\n    ["redirect_uri", redirectUri],\n    ["scope", ${asText(value)}],\n    ["code_challenge", challenge],\n    ["code_challenge_method", "S256"],\n  ]);\n  return ${site(value.file.project, `\`${inTemplate(authorizeUrl(value.file))}?\${query}\``)};`,
  },
  {
    name: "url.search",
    kind: "authorize-url",
    body: (value) =>
      `  const url = ${site(value.file.project, `new URL(${authorizeUrl(value.file)})`)};\n  url.search = new URLSearchParams({\n${fields(asText(value))}  }).toString();\n  return url.href;`,
  },
  {
    name: "path and base",
    kind: "authorize-url",
    body: (value) =>
      `  const url = ${site(value.file.project, `new URL("/oauth/authorize", "https://www.klaviyo.com")`)};\n  url.searchParams.append("client_id", clientId);\n  url.searchParams.append("redirect_uri", redirectUri);\n  url.searchParams.append("scope", ${asText(value)});\n  url.searchParams.append("code_challenge", challenge);\n  url.searchParams.append("code_challenge_method", "S256");\n  return url.toString();`,
  },
  {
    name: "query library",
    kind: "authorize-url",
    body(value) {
      const { project } = value.file;
      const [source, name] = project.random.pick([
        ["qs", "qs"],
        ["query-string", "queryString"],
        ["node:querystring", "querystring"],
        ["querystring", "qs"],
      ] as const);
      value.file.importFrom(source, { whole: name });
      return `  const query = ${name}.stringify({\n${fields(asText(value))}  });\n  return ${site(project, `\`${inTemplate(authorizeUrl(value.file))}?\${query}\``)};`;
    },
  },
  {
    name: "query written by hand",
    kind: "authorize-url",
    body: (value) =>
      `  const fields${value.file.project.typed("Record<string, string>")} = {\n${fields(asText(value))}  };\n  const query = Object.${value.file.project.random.pick(
        [
          "entries(fields)\n    .map(([key, field]) => `${key}=${encodeURIComponent(field)}`)",
          'keys(fields)\n    .map((key) => key + "=" + encodeURIComponent(fields[key]))',
          'entries(fields)\n    .map((pair) => pair.map(encodeURIComponent).join("="))',
        ],
      )}\n    .join("&");\n  return ${site(value.file.project, `\`${inTemplate(authorizeUrl(value.file))}?\${query}\``)};`,
  },
  {
    name: "parts joined",
    kind: "authorize-url",
    body: (value) =>
      `  const query = [\n    "response_type=code",\n    \`client_id=\${clientId}\`,\n    \`redirect_uri=\${redirectUri}\`,\n    \`scope=\${encodeURIComponent(${asText(value)})}\`,\n    "code_challenge_method=S256",\n    \`code_challenge=\${challenge}\`,\n  ].join("&");\n  return ${site(value.file.project, `\`${inTemplate(authorizeUrl(value.file))}?\${query}\``)};`,
  },
  {
    name: "redirect",
    kind: "authorize-url",
    body(value) {
      const { random } = value.file.project;
      const url = site(value.file.project, templateUrl(value));
      return random.pick([
        `  return Response.redirect(${url}, 302);`,
        `  window.location.href = ${url};\n  return null;`,
        `  window.location.assign(${url});\n  return null;`,
        `  return { statusCode: 302, headers: { Location: ${url} } };`,
      ]);
    },
  },
  {
    name: "anchor",
    kind: "authorize-url",
    jsx: true,
    body: (value) => `  return <a href={${site(value.file.project, templateUrl(value))}}>Connect</a>;`,
  },
];

const clients: Sink[] = [
  {
    name: "SDK",
    kind: "sdk",
    body(value) {
      value.file.importFrom("klaviyo-api", { named: "OAuthApi" });
      return `  const api = new OAuthApi(clientId, "secret", null${value.file.project.isTypeScript ? " as any" : ""});\n  return ${site(value.file.project, `api.generateAuthorizeUrl(state, ${asText(value)}, challenge, redirectUri)`)};`;
    },
  },
  {
    name: "arctic",
    kind: "authorize-url",
    body(value) {
      value.file.importFrom("arctic", { named: "CodeChallengeMethod, OAuth2Client" });
      return `  const client = new OAuth2Client(clientId, null, redirectUri);\n  return ${site(value.file.project, `client.createAuthorizationURLWithPKCE(${authorizeUrl(value.file)}, state, CodeChallengeMethod.S256, challenge, ${asList(value)})`)};`;
    },
  },
  {
    name: "simple-oauth2",
    kind: "provider",
    body(value) {
      value.file.importFrom("simple-oauth2", { named: "AuthorizationCode" });
      return `  const client = new AuthorizationCode({\n    client: { id: clientId, secret: "secret" },\n    auth: { tokenHost: "https://a.klaviyo.com", authorizeHost: "https://www.klaviyo.com", authorizePath: "/oauth/authorize" },\n  });\n  return ${site(value.file.project, `client.authorizeURL({\n    redirect_uri: redirectUri,\n    scope: ${value.code},\n    state,\n    code_challenge: challenge,\n    code_challenge_method: "S256",\n  })`)};`;
    },
  },
  {
    name: "openid-client",
    kind: "provider",
    body(value) {
      value.file.importFrom("openid-client", { namespace: "oidc" });
      return `  const server = { issuer: "https://www.klaviyo.com", authorization_endpoint: "https://www.klaviyo.com/oauth/authorize" };\n  const config = new oidc.Configuration(server, clientId);\n  return ${site(value.file.project, `oidc.buildAuthorizationUrl(config, {\n    redirect_uri: redirectUri,\n    scope: ${asText(value)},\n    state,\n    code_challenge: challenge,\n    code_challenge_method: "S256",\n  })`)};`;
    },
  },
  {
    name: "passport",
    kind: "provider",
    body(value) {
      value.file.importFrom("passport-oauth2", { whole: "OAuth2Strategy" });
      return `  return new OAuth2Strategy(${site(value.file.project, `{\n      authorizationURL: ${authorizeUrl(value.file)},\n      tokenURL: "https://a.klaviyo.com/oauth/token",\n      clientID: clientId,\n      callbackURL: redirectUri,\n      scope: ${value.code},\n      pkce: true,\n      state: true,\n    }`)}, () => undefined);`;
    },
  },
];

/** Provider objects, with the entry beside which others of the same shape may stand. */
const providers: Sink[] = [
  provider(
    "Auth.js",
    (value) => `{
    id: "klaviyo",
    type: "oauth",
    checks: ["pkce", "state"],
    authorization: { url: ${authorizeUrl(value.file)}, params: { scope: ${asText(value)} } },
    token: "https://a.klaviyo.com/oauth/token",
  }`,
  ),
  provider(
    "better-auth",
    (value) => `{
    providerId: "klaviyo",
    clientId,
    authorizationUrl: ${authorizeUrl(value.file)},
    tokenUrl: "https://a.klaviyo.com/oauth/token",
    scopes: ${asList(value)},
    pkce: true,
  }`,
  ),
  provider(
    "Activepieces",
    (value) => `{
    authUrl: ${authorizeUrl(value.file)},
    tokenUrl: "https://a.klaviyo.com/oauth/token",
    required: true,
    pkce: true,
    scope: ${asList(value)},
  }`,
  ),
  provider(
    "Nango",
    (value) => `{
    auth_mode: "OAUTH2",
    authorization_url: ${authorizeUrl(value.file)},
    token_url: "https://a.klaviyo.com/oauth/token",
    default_scopes: ${asList(value)},
  }`,
  ),
];

function provider(name: string, object: (value: Value) => string): Sink {
  return {
    name,
    kind: "provider",
    body(value) {
      const { project } = value.file;
      const own = site(project, object(value));
      switch (project.random.integer(0, 2)) {
        case 0:
          return `  return ${own};`;
        case 1:
          return `  return {\n  github: { authorizationUrl: "https://github.com/login/oauth/authorize", authUrl: "https://github.com/login/oauth/authorize", scopes: ["read:user", "repo"] },\n  klaviyo: ${own},\n  };`;
        default:
          return `  return [\n  { id: "hubspot", authorization: { url: "https://app.hubspot.com/oauth/authorize", params: { scope: "oauth crm.lists.read" } } },\n  ${own},\n  ];`;
      }
    },
  };
}

export const sinks: readonly Sink[] = [...urls, ...clients, ...providers];
