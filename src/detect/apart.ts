/**
 * What a name, a key or an object says besides "Klaviyo": that it is a route, a feature, a record of an account, a
 * description of an operation. A list that nothing but names gives to Klaviyo is no request there.
 */
import { knownTexts } from "../evaluate/text.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { nameOf } from "../evaluate/members.js";
import type { Expression, MapExpression } from "../lower/form.js";
import { namedEntries } from "../lower/walk.js";
import type { FileIndex } from "../link/file-index.js";

/** Words beside "klaviyo" that make a name one of a part of an app, of its users or of its texts, not of Klaviyo's entry. */
const APART =
  /^(?:syncs?|routes?|router|tools?|features?|operations?|permissions?|webhooks?|labels?|granted|setup|help|hints?|texts?|messages?|docs?|users?|roles?|keys?|actions?|events?|templates?|pages?|lists?|profiles?|handlers?|endpoints?|controllers?|functions?|connected|records?|stubs?|mocks?|fakes?|fixtures?|demo|seeds?|samples?|stor(?:y|ies)|accounts?|responses?|tokens?|cache|consents?|ids?|counts?|prefix|columns?|fields?|limits?|supported|error|errors|tooltip|placeholder)$/;

/** Services that have scopes of their own; their lists stand beside Klaviyo's. */
const OTHER_SERVICE =
  /^(?:shopify|slack|hubspot|google|gmail|mailchimp|facebook|meta|instagram|stripe|github|gitlab|salesforce|bigcommerce|magento|woocommerce|tiktok|pinterest|attentive|omnisend|sendgrid|zendesk|gorgias|typeform|tink|linkedin|microsoft|azure|okta|auth0|discord|notion|linear|jira|atlassian|intercom|twilio|zoom|square|xero|quickbooks)$/;

/** The words of an identifier or a key: `KLAVIYO_API_KEY`, `klaviyoApiKey`, `klaviyo-api-key`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** Whether a name of a list or of its holder says more than that it is Klaviyo's: whose it is, or what part it is of. */
export function isSetApart(name: string): boolean {
  return wordsOf(name).some((word) => APART.test(word) || OTHER_SERVICE.test(word));
}

export function namesOtherService(name: string): boolean {
  return wordsOf(name).some((word) => OTHER_SERVICE.test(word));
}

/** Whether a package or a folder of the app is about Klaviyo and nothing else. */
export function isKlaviyosPackage(name: string): boolean {
  return /(?:^|[/@._-])klaviyo(?:$|[/._-])/i.test(name) && !namesOtherService(name);
}

/** Folders whose files hold what was or would be stored, shown or said: no entry of the app's own configuration. */
const OF_CONTENT =
  /(?:^|\/)(?:seeds?|seeders?|migrations?|samples?|i18n|l10n|locales?|translations?|messages|lang|openapi|swagger|wiremock|stubs)(?:\/|\.[^/]*$)/i;

export function isContent(file: string): boolean {
  return OF_CONTENT.test(file);
}

/** What an account has: a record of it holds what was granted. */
const RECORD_KEY =
  /^(?:access_?token|refresh_?token|token_?type|expires_?(?:at|in)|granted_?(?:at|scopes?)|account_?id|user_?id|tenant_?id|shop_?id|created_?at|updated_?at|(?:is_?)?connected(?:_?at)?|installed_?at|redirect_?uris|grant_?types|last_?synced?(?:_?at)?|has_?[a-z_]*(?:key|token|secret))$/i;
/** `lastFullSyncAt`, `token_expires_at`. */
const RECORD_TIME = /^(?:last|token)[A-Za-z_]*(?:At|_at)$/;

export function isRecordKey(key: string): boolean {
  return RECORD_KEY.test(key) || RECORD_TIME.test(key);
}

/** What an endpoint, a tool or a rule of the app's own has. */
const OPERATION_KEY =
  /^(?:pre_?handler|handler|input_?schema|json_?schema|authorizer|burst|steady|rate_?limit|operation_?id|controller)$/i;

const VERB = /^(?:GET|POST|PUT|PATCH|DELETE)$/i;

/** States that only an account's connection is in. */
const STATE = /^(?:connected|disconnected|revoked|expired|reauthorize|needs_reauth)$/i;

/** A credential that is no OAuth token, and has scopes of its own. */
const KEY_AUTH = /^(?:(?:private|public|custom)?[-_ ]?(?:api)?[-_ ]?key|key|basic|none)$/i;

/** `authType`, `connectionMethod`, `auth`: how a service is logged in to. */
const AUTH_KEY =
  /^(?:auth(?:entication|orization)?|connection|credentials?)(?:_?(?:types?|kinds?|methods?|modes?|schemes?))?$/i;

/** What only an app that asks for authorization has. */
const CLIENT_KEY = /^(?:client_?(?:id|secret)|redirect_?ur[il]|pkce)/i;

/** Whether an object's other keys show that it is a record of an account, an endpoint, or a service used with a key. */
function isOtherwise(evaluator: Evaluator, file: string, map: MapExpression): boolean {
  const written = namedEntries(map);
  const texts = (value: Expression): string[] => {
    if (value.kind === "string") return [value.value];
    const values = evaluator.within(() => evaluator.evaluate(value, evaluator.moduleFrame(file)));
    const known = knownTexts(values).texts;
    // `AuthType.API_KEY` of an enum out of sight says what it is.
    return known.length === 0 && value.kind === "member" ? [nameOf(value)] : known;
  };
  const says = (key: RegExp, text: RegExp): boolean =>
    written.some((one) => key.test(one.key) && texts(one.value).some((value) => text.test(value)));
  const isKeyAuth = (value: Expression): boolean => {
    if (value.kind === "list") return value.items.length > 0 && value.items.every(isKeyAuth);
    // `auth: { type: "api_key", header: "…" }`
    if (value.kind === "map")
      return namedEntries(value).some(
        ({ key, value: inner }) => /^(?:type|kind|method|mode|scheme)$/i.test(key) && isKeyAuth(inner),
      );
    const known = texts(value);
    return known.length > 0 && known.every((text) => KEY_AUTH.test(text));
  };
  return (
    written.some(({ key }) => isRecordKey(key)) ||
    (written.some(({ key }) => OPERATION_KEY.test(key)) &&
      !written.some(({ key }) => CLIENT_KEY.test(key))) ||
    (says(/^(?:http_?)?(?:method|verb)$/i, VERB) &&
      written.some(({ key }) => /^(?:url|uri|path|route|endpoint)$/i.test(key))) ||
    says(/^(?:status|state)$/i, STATE) ||
    written.some(({ key, value }) => AUTH_KEY.test(key) && isKeyAuth(value))
  );
}

/** As `isOtherwise`, for an object or one of those around it that are no more than its parts (`config: { scopes }`). */
export function isHeldOtherwise(
  evaluator: Evaluator,
  file: string,
  index: FileIndex,
  node: MapExpression,
): boolean {
  let child: object = node;
  for (let at: object | undefined = node, steps = 0; at !== undefined && steps < 6; steps++) {
    if (!("kind" in at)) return false;
    const around = at as Expression;
    if (around.kind === "map" && isOtherwise(evaluator, file, around)) return true;
    if (around.kind === "call" && around.callee !== child && isAnswer(around.callee)) return true;
    if (around.kind !== "map" && around.kind !== "typed" && around.kind !== "list" && around.kind !== "call")
      return false;
    child = at;
    at = index.parent(at);
  }
  return false;
}

/** `res.json(…)`, `expect(x).toEqual(…)`: told or compared; `prisma.integration.create(…)`: stored. */
function isAnswer(callee: Expression): boolean {
  if (callee.kind !== "member") return false;
  const name = nameOf(callee);
  return TELLS.test(name) || (STORES.test(name) && DATABASE.test(rootOf(callee)));
}

const TELLS =
  /^(?:json|send|reply|render|fulfill|toEqual|toStrictEqual|toMatchObject|toHaveBeenCalledWith|deepEqual)$/;

const STORES = /^(?:insert|upsert|create|update|save|findOneAndUpdate|values)(?:One|Many)?$/;

const DATABASE =
  /^(?:prisma|db|database|tx|trx|knex|drizzle|supabase\w*|pool|collection)$|(?:Model|Repository|Repo)$/i;

/** `prisma` of `prisma.integration.create`, `supabase` of `supabase.from("x").upsert`. */
function rootOf(callee: Expression): string {
  let at = callee;
  while (at.kind === "member" || at.kind === "call") {
    if (at.kind === "member" && at.object.kind === "this") return nameOf(at);
    at = at.kind === "member" ? at.object : at.callee;
  }
  return at.kind === "name" ? at.name : "";
}
