/** What says that a text is a secret: its key, or its own look. All checks are linear in the text. */

/** Keys whose values are never kept, wherever they stand in the key path. */
const SECRET_KEY = /secret|token|passw(?:or)?d|passphrase|private|api_?-?key|credential/i;

/** Keys that only say so of their own value, since whole sections are named like this. */
const SECRET_LEAF =
  /^pass$|_pass$|pwd|salt|hmac|signing|signature|cookie|session|jwt|certificate|\bpem\b|dsn|authorization$|^auth$|_auth$/i;

/** `KLAVIYO_TOKEN_URL`, `tokenEndpoint`, `access_token_path`. */
const TOKEN_ADDRESS = /token\w*(?:ur[il]|endpoint|path|host)$/i;

/** Keys are judged by their first characters, so that long ones cost nothing. */
export const MAX_KEY = 200;

export function isSecretKey(path: readonly string[]): boolean {
  return path.some((whole, index) => {
    const key = whole.slice(0, MAX_KEY);
    if (index === path.length - 1 && SECRET_LEAF.test(key)) return true;
    if (!SECRET_KEY.test(key)) return false;
    // The address of a token is public, unless something else in its name says secret.
    return !(TOKEN_ADDRESS.test(key) && !SECRET_KEY.test(key.replace(/token/i, "")));
  });
}

/** Prefixes of well-known keys: Klaviyo, Stripe, GitHub, Slack, AWS, Google, JSON web tokens, npm, GitLab, SendGrid. */
const SECRET_PREFIX =
  /(?:^|[^A-Za-z0-9])(?:pk_|sk_|rk_|whsec_|gh[pousr]_|github_pat_|xox[abeoprs]-|AKIA|ASIA|AIza|eyJ|npm_|glpat-|SG\.)[A-Za-z0-9]{6,}/;

const CREDENTIAL_HEADER = /(?:^|[\s"'])(?:bearer|basic|klaviyo-api-key)\s+[^\s$"'{<]/i;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

const MIN_RANDOM_RUN = 20;

/** Whether a text looks like, or holds, a key or password. */
export function looksSecret(value: string): boolean {
  return (
    SECRET_PREFIX.test(value) ||
    CREDENTIAL_HEADER.test(value) ||
    UUID.test(value) ||
    value.includes("-----BEGIN") ||
    hasRandomRun(value) ||
    hasUrlCredentials(value)
  );
}

/** Long runs of letters and digits with no separator; shorter ones when they mix cases and digits as Base64 does. */
function hasRandomRun(value: string): boolean {
  for (const run of value.split(/[^A-Za-z0-9+=]+/)) {
    const digits = /[0-9]/.test(run);
    if (run.length >= MIN_RANDOM_RUN && digits && /[A-Za-z]/.test(run)) return true;
  }
  // Base64 has `/` and `_`, `-` too: a long text of all three classes that is no path of words.
  for (const run of value.split(/[^A-Za-z0-9+/=_-]+/)) {
    if (run.length < 32 || !/[0-9]/.test(run) || !/[a-z]/.test(run) || !/[A-Z]/.test(run)) continue;
    if (caseChanges(run) >= run.length / 4) return true;
  }
  return false;
}

/** How often the kind of character changes: in words seldom, in random text at most places. */
function caseChanges(run: string): number {
  let changes = 0;
  let previous = "";
  for (const character of run) {
    const kind = /[a-z]/.test(character) ? "a" : /[A-Z]/.test(character) ? "A" : /[0-9]/.test(character) ? "0" : "";
    if (kind !== previous && previous !== "") changes++;
    previous = kind;
  }
  return changes;
}

/** `scheme://user:password@host`, and parameters such as `?api_key=…` with a value. */
function hasUrlCredentials(value: string): boolean {
  for (let at = value.indexOf("://"); at !== -1; at = value.indexOf("://", at + 3)) {
    const authority = value.slice(at + 3, at + 300).split(/[/?#\s"']/, 1)[0] ?? "";
    const userEnd = authority.lastIndexOf("@");
    if (userEnd > 0) return true;
  }
  return value.split(/[?&]/).some((parameter, index) => {
    const equals = parameter.indexOf("=");
    if (index === 0 || equals <= 0 || equals > 60) return false;
    const given = parameter.slice(equals + 1);
    return isSecretKey([parameter.slice(0, equals)]) && given !== "" && !/^[${<:]/.test(given);
  });
}
