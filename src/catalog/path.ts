/** Paths of Klaviyo's API as code writes them: with or without host, `/api`, trailing slash, query and fragment. */

const KLAVIYO_HOST = /^(?:[a-z0-9-]+\.)*klaviyo\.com$/i;
const ROOTS: ReadonlySet<string> = new Set(["api", "client"]);

/** Whether `host` (without port) is Klaviyo's. */
export function isKlaviyoHost(host: string): boolean {
  return KLAVIYO_HOST.test(host);
}

/** Whether `segment` starts a complete path; without one, `/api` is meant. */
export function isRootSegment(segment: string): boolean {
  return ROOTS.has(segment);
}

/**
 * The segments of a concrete path or URL from `api` or `client` on. Null for a URL of a foreign host, and for a path
 * that is empty.
 */
export function pathSegments(pathOrUrl: string): string[] | null {
  const text = beforeQuery(pathOrUrl.trim());
  const schemeEnd = text.indexOf("://");
  const segments = (schemeEnd === -1 ? text : text.slice(schemeEnd + 3))
    .split("/")
    .filter((part) => part !== "");
  const host = segments[0]?.replace(/:\d+$/, "") ?? "";
  if (isKlaviyoHost(host)) segments.shift();
  else if (schemeEnd !== -1) return null;
  const first = segments[0];
  if (first === undefined) return null;
  return isRootSegment(first) ? segments : ["api", ...segments];
}

/** The text before the first `?` or `#`. */
export function beforeQuery(text: string): string {
  const end = text.search(/[?#]/);
  return end === -1 ? text : text.slice(0, end);
}

/** Whether a segment of a path template is a parameter: `{id}`. */
export function isParameter(templateSegment: string): boolean {
  return templateSegment.startsWith("{");
}

/** The method of the operation that a request asks for: HEAD asks what GET would answer, without the body (RFC 9110, 9.3.2). */
export function methodAsked(method: string | null): string | null {
  const upper = method?.toUpperCase() ?? null;
  return upper === "HEAD" ? "GET" : upper;
}
