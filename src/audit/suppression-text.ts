/** The words of a comment that mutes: names, levels, and the reason. */

/** `a: "off", "b": 0`: names and levels. */
export function settingsIn(text: string): [name: string, level: string][] {
  return text.split(",").flatMap((setting): [string, string][] => {
    const colon = setting.indexOf(":");
    if (colon < 0) return [];
    return [[unquote(setting.slice(0, colon).trim()), unquote(setting.slice(colon + 1).trim())]];
  });
}

/** ESLint's separator: two or more hyphens between blanks. */
export function splitReason(text: string): { head: string; reason: string | null } {
  const words = text.split(/\s/u);
  const at = words.findIndex((word, index) => index > 0 && word.length >= 2 && isHyphens(word));
  if (at < 0) return { head: text.trim(), reason: null };
  const reason = words
    .slice(at + 1)
    .filter((word) => word !== "")
    .join(" ");
  return { head: words.slice(0, at).join(" ").trim(), reason: reason === "" ? null : reason };
}

/** The rule of `klaviyo-scopes/no-unused-scope`, whatever name the plugin is registered under; null for other plugins' rules. */
export function ruleOf(id: string): string | null {
  const slash = id.lastIndexOf("/");
  return slash > 0 && id.slice(0, slash).toLowerCase().includes("klaviyo") ? id.slice(slash + 1) : null;
}

function isHyphens(word: string): boolean {
  for (const character of word) if (character !== "-") return false;
  return true;
}

export function splitNames(text: string): string[] {
  return text.split(/[\s,]/u).filter((name) => name !== "");
}

export function firstWord(text: string): string {
  return text.split(/[\s,]/u, 1)[0] ?? "";
}

function unquote(text: string): string {
  const first = text[0];
  return text.length > 1 && (first === "'" || first === '"') && text.endsWith(first)
    ? text.slice(1, -1)
    : text;
}
