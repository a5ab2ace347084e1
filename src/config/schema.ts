/** The JSON Schema of the config: what editors complete and check. `loadConfig` checks the same, and more. */
import { LEVELS } from "./levels.js";
import type { CONFIG_KEYS } from "./load.js";

type JsonSchema = Record<string, unknown>;

/** @returns JSON Schema, draft 7. */
export function configSchema(ruleNames: readonly string[], scopeNames: readonly string[]): JsonSchema {
  const properties: Record<(typeof CONFIG_KEYS)[number], JsonSchema> = {
    $schema: { type: "string", description: "Path or URL of this schema, for editors." },
    configured: {
      $ref: "#/definitions/configured",
      description: "The scopes in the app's Scopes field in Klaviyo, under Manage apps.",
    },
    include: {
      ...globs("Globs of the files to audit, from the config's folder."),
      default: ["**/*"],
      examples: [["src/**", "tests/fixtures/app/**"]],
    },
    ignore: globs("Globs of files not to audit, besides those that .gitignore names."),
    rules: {
      $ref: "#/definitions/rules",
      description: "Levels of the rules; others keep that of `recommended`.",
    },
    overrides: {
      type: "array",
      description: "Levels of the rules for some files; later entries are stronger.",
      items: {
        type: "object",
        description: "The levels for the files that match.",
        additionalProperties: false,
        required: ["files", "rules"],
        properties: {
          files: globs("Globs of the files, from the config's folder."),
          rules: { $ref: "#/definitions/rules", description: "Levels of the rules in these files." },
        },
      },
    },
    justify: {
      type: "object",
      description: "Why the app needs a scope, by scope; shown in the review document.",
      propertyNames: { $ref: "#/definitions/scope" },
      additionalProperties: { type: "string", description: "The reason, for Klaviyo's reviewers." },
      examples: [{ "data-privacy:write": "GDPR deletions from our portal" }],
    },
    scopes: {
      type: "array",
      description:
        "Scopes that exist although the catalog does not know them: private betas, a newer revision.",
      items: { $ref: "#/definitions/scopeForm" },
    },
    uses: {
      type: "array",
      description:
        "Operations that the app calls from elsewhere: another repository, another language. Ids, or a method and a path.",
      items: { type: "string", minLength: 1, description: "Such as `create_event` or `GET /api/profiles`." },
      examples: [["GET /api/profiles", "create_event"]],
    },
    helpers: {
      type: "array",
      description: "Request helpers that the audit does not see through by itself.",
      items: { $ref: "#/definitions/helper" },
    },
    apps: {
      type: "array",
      description: "The Klaviyo apps of the repository, where there are several.",
      items: { $ref: "#/definitions/app" },
    },
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Config of klaviyo-scope-audit and eslint-plugin-klaviyo-scopes",
    description: "`klaviyo-scopes.json`, `klaviyo-scopes.jsonc`, or the key `klaviyoScopes` of package.json.",
    type: "object",
    additionalProperties: false,
    properties,
    definitions: definitions(ruleNames, scopeNames),
  };
}

function definitions(ruleNames: readonly string[], scopeNames: readonly string[]): JsonSchema {
  return {
    scopeForm: {
      type: "string",
      description: "A resource and an access: `loyalty:read`.",
      pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*:(read|write)$",
    },
    scope: {
      description: "A scope of Klaviyo's, or one of the config's own `scopes`.",
      anyOf: [
        { enum: scopeNames, description: "A scope of the catalog." },
        { $ref: "#/definitions/scopeForm" },
      ],
    },
    configured: {
      description:
        "A string of scopes separated by spaces, as copied; an array; or the place that holds the string.",
      oneOf: [
        {
          type: "string",
          description: "Scopes separated by spaces.",
          pattern: "^([^,;|+%\\s]| )*$",
          examples: ["accounts:read profiles:read"],
        },
        { type: "array", description: "One scope an entry.", items: { $ref: "#/definitions/scope" } },
        {
          type: "object",
          description: "A file of the repository that holds the scopes.",
          additionalProperties: false,
          required: ["file", "key"],
          properties: {
            file: { type: "string", minLength: 1, description: "From the config's folder: `.env.example`." },
            key: { type: "string", minLength: 1, description: "The variable or key: `KLAVIYO_SCOPES`." },
          },
        },
      ],
    },
    level: { enum: LEVELS, description: "`warn` and `error` report; only `error` fails a run by itself." },
    rules: {
      type: "object",
      description: "A level for each rule, by its name.",
      additionalProperties: false,
      properties: Object.fromEntries(
        ruleNames.map((name) => [
          name,
          { $ref: "#/definitions/level", description: `Level of \`${name}\`.` },
        ]),
      ),
      patternProperties: {
        [`^klaviyo-scopes/(${ruleNames.join("|")})$`]: {
          $ref: "#/definitions/level",
          description: "Level of a rule by its name in ESLint.",
        },
      },
    },
    helper: {
      type: "object",
      description: "A function that sends a request to Klaviyo's API.",
      additionalProperties: false,
      required: ["callee", "path"],
      properties: {
        callee: {
          type: "string",
          minLength: 1,
          description: "The last parts of the name it is called by: `klaviyoRequest`, `client.request`.",
        },
        method: {
          description:
            "Index of the argument that holds the HTTP method, or the method itself. Default: GET.",
          oneOf: [
            { type: "integer", minimum: 0, maximum: 99, description: "Index of the argument, from 0." },
            { enum: ["GET", "POST", "PATCH", "PUT", "DELETE"], description: "The method of every call." },
            { type: "null", description: "GET." },
          ],
        },
        path: {
          type: "integer",
          minimum: 0,
          maximum: 99,
          description: "Index of the argument that holds the path, from 0.",
        },
      },
    },
    app: {
      type: "object",
      description: "One Klaviyo app.",
      additionalProperties: false,
      required: ["name"],
      properties: {
        name: { type: "string", minLength: 1, description: "A name of its own, shown in reports." },
        root: {
          type: "string",
          default: ".",
          description: "The folder with its code, from the config's folder.",
        },
        configured: {
          $ref: "#/definitions/configured",
          description: "The scopes in this app's Scopes field in Klaviyo.",
        },
      },
    },
  };
}

function globs(description: string): JsonSchema {
  return {
    type: "array",
    description,
    items: { type: "string", minLength: 1, description: "A glob, such as `src/**`." },
  };
}
