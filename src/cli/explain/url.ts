/** A whole authorize URL, as copied from a browser: what in it Klaviyo ignores, refuses or misses. */
import { suggestScope } from "../../catalog/suggest.js";
import { code, codes, heading, list, paragraph, strong } from "../document.js";
import type { Analysis } from "../../api/analyze.js";
import type { App } from "../../audit/picture.js";
import type { Catalog } from "../../catalog/index.js";
import type { Block, Inline } from "../document.js";

const RIGHT_PLACE = "https://www.klaviyo.com/oauth/authorize";
/** Longer than any real one; what is beyond is not looked at. */
const LONGEST_URL = 20_000;

export function explainUrl(written: string, project: Analysis | null, catalog: Catalog): Block[] {
  const url = written.slice(0, LONGEST_URL);
  const question = url.indexOf("?");
  const place = question < 0 ? url : url.slice(0, question);
  const query = question < 0 ? "" : (url.slice(question + 1).split("#", 1)[0] ?? "");
  const parameters = readQuery(query);
  return [
    heading(1, "Authorization request"),
    list([...placeItems(place), ...parameterItems(parameters)]),
    heading(2, "Scopes"),
    ...scopeBlocks(parameters, project, catalog),
    heading(2, "PKCE"),
    list(pkceItems(parameters)),
  ];
}

interface Parameter {
  raw: string;
  value: string;
}

/** The first value of each name; `+` and `%20` are spaces. */
function readQuery(query: string): Map<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  for (const part of query.split("&")) {
    const at = part.indexOf("=");
    const name = decode(at < 0 ? part : part.slice(0, at));
    const raw = at < 0 ? "" : part.slice(at + 1);
    if (name !== "" && !parameters.has(name)) parameters.set(name, { raw, value: decode(raw) });
  }
  return parameters;
}

function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function placeItems(place: string): Inline[][] {
  if (place === RIGHT_PLACE) return [["It goes to ", code(place), ", as it should."]];
  return [["It goes to ", code(place), "; Klaviyo's authorize URL is ", code(RIGHT_PLACE), "."]];
}

function parameterItems(parameters: ReadonlyMap<string, Parameter>): Inline[][] {
  const items: Inline[][] = [];
  const type = parameters.get("response_type")?.value;
  if (type !== "code") {
    items.push([
      code("response_type"),
      type === undefined ? " is missing" : ` is ${type}`,
      ": it must be ",
      code("code"),
      ".",
    ]);
  }
  for (const name of ["client_id", "redirect_uri", "state"]) {
    if ((parameters.get(name)?.value ?? "") !== "") continue;
    const why =
      name === "state"
        ? ": without it the callback cannot tell a forged answer"
        : ": Klaviyo refuses the request";
    items.push([code(name), " is missing", why, "."]);
  }
  return items;
}

function scopeBlocks(
  parameters: ReadonlyMap<string, Parameter>,
  project: Analysis | null,
  catalog: Catalog,
): Block[] {
  const parameter = parameters.get("scope");
  if (!parameter) return [paragraph(code("scope"), " is missing: no scope is asked for.")];
  const doubled = /%(?:20|2B|3A|25)/iu.test(parameter.value);
  const asked = doubled ? decode(parameter.value) : parameter.value;
  const tokens = asked.split(/[\s,;|]+/u).filter((token) => token !== "");
  const blocks: Block[] = [];
  if (doubled) {
    blocks.push(
      paragraph(
        strong("Double-encoded: "),
        "the value was encoded twice, so Klaviyo reads one unknown scope. Encode it once.",
      ),
    );
  }
  if (/[,;|]/u.test(asked)) {
    blocks.push(
      paragraph(
        strong("Malformed: "),
        "scopes are separated by single spaces, not by commas, semicolons or pipes.",
      ),
    );
  }
  const app = project ? appOfTokens(project, tokens) : null;
  const configured = app?.configured && new Set(app.configured.scopes.map(({ name }) => name));
  const allowed = new Set(project?.config?.scopes ?? []);
  const unique = [...new Set(tokens)];
  blocks.push(
    list(
      unique.map((token): Inline[] => {
        const known = catalog.scope(token) !== undefined || allowed.has(token);
        if (!known) {
          const near = suggestScope(token, catalog);
          return [
            code(token),
            ": unknown to Klaviyo",
            ...(near ? ["; did you mean ", code(near.name), "?"] : ["."]),
          ];
        }
        if (configured && !configured.has(token)) {
          return [
            code(token),
            ": ignored, because the app's Scopes field (`configured` in the config) lacks it.",
          ];
        }
        if (app && app.needed.length > 0 && token !== "accounts:read" && !app.needed.includes(token)) {
          return [
            code(token),
            app.callsComplete
              ? ": no API call of the project needs it."
              : ": no API call that could be resolved needs it.",
          ];
        }
        return [code(token), ": fine."];
      }),
    ),
  );
  if (!unique.includes("accounts:read")) {
    blocks.push(
      paragraph(strong("Missing:"), " ", code("accounts:read"), ", which Klaviyo requires of every app."),
    );
  }
  const missing = (app?.needed ?? []).filter((scope) => scope !== "accounts:read" && !unique.includes(scope));
  if (missing.length > 0) {
    blocks.push(
      paragraph(
        strong("Missing: "),
        ...codes(missing),
        ", which API calls of the project need: they will answer 403.",
      ),
    );
  }
  if (unique.length < tokens.length) blocks.push(paragraph("Some scopes are there more than once."));
  return blocks;
}

/** The app of the project whose requests ask for most of the tokens. */
function appOfTokens({ picture }: Analysis, tokens: readonly string[]): App | null {
  const shared = (app: App) => tokens.filter((token) => app.requested.includes(token)).length;
  return picture.apps.reduce<App | null>(
    (best, app) => (best && shared(best) >= shared(app) ? best : app),
    null,
  );
}

function pkceItems(parameters: ReadonlyMap<string, Parameter>): Inline[][] {
  const challenge = parameters.get("code_challenge")?.value ?? "";
  const method = parameters.get("code_challenge_method")?.value;
  const items: Inline[][] = [];
  if (challenge === "")
    items.push([code("code_challenge"), " is missing: Klaviyo requires PKCE of every app."]);
  // RFC 7636, section 4.2: the base64url of a SHA-256 without padding.
  else if (!/^[A-Za-z0-9_-]{43}$/u.test(challenge)) {
    items.push([
      code("code_challenge"),
      " is no base64url-encoded SHA-256 (43 characters of letters, digits, - and _).",
    ]);
  }
  if (method !== "S256") {
    items.push([
      code("code_challenge_method"),
      method === undefined ? " is missing" : ` is ${method}`,
      ": it must be ",
      code("S256"),
      ".",
    ]);
  }
  return items.length > 0 ? items : [["S256, as it should be."]];
}
