/** The package that an import names, however its runtime writes that: `npm:` of Deno, the CDNs that serve packages. */

/** Hosts whose paths begin with a package, and what may stand before it. */
const CDN =
  /^https?:\/\/(?:esm\.sh\/(?:v\d+\/|stable\/)?|esm\.run\/|cdn\.skypack\.dev\/(?:-\/)?|cdn\.jsdelivr\.net\/npm\/|unpkg\.com\/|ga\.jspm\.io\/npm:|cdn\.esm\.sh\/(?:v\d+\/)?)/;

/** `npm:klaviyo-api@11/dist/x` and `https://esm.sh/klaviyo-api@11.0.0?target=deno` are `klaviyo-api`; others stay as they are. */
export function packageNamed(specifier: string): string {
  const rest = specifier.startsWith("npm:") ? specifier.slice(4).replace(/^\//, "") : withoutHost(specifier);
  if (rest === null) return specifier;
  const match = /^(@[\w.-]+\/[\w.-]+|[\w.-]+)(?:@[^/?#]*)?(\/[^?#]*)?/.exec(rest);
  if (match?.[1] === undefined) return specifier;
  return match[1] + (match[2] ?? "").replace(/\/(?:\+esm)?$/, "");
}

function withoutHost(specifier: string): string | null {
  const host = CDN.exec(specifier)?.[0];
  return host === undefined ? null : specifier.slice(host.length);
}
