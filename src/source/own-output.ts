/** Files that we wrote ourselves: facts, reports, baselines. What they say of Klaviyo is said of the app elsewhere. */

/** What marks a file as facts. */
export const FACTS_KIND = "klaviyo-scope-audit facts";

/** How each begins, as we write it and as a formatter that lays it out anew. */
const STARTS = [
  new RegExp(String.raw`^\{\s{0,8}"kind":\s?"${FACTS_KIND}"`, "u"),
  /^\{\s{0,8}"schemaVersion":\s?1,\s{0,8}"tool":\s?\{\s{0,8}"name":\s?"klaviyo-scope-audit"/u,
  /^\{\s{0,8}"version":\s?1,\s{0,8}"findings":\s?\[\s{0,8}(?:\]|\{\s{0,8}"rule":)/u,
  /^\{\s{0,8}"set":\s?"(?:needed|requested|configured)",\s{0,8}"apps":/u,
  /^\{\s{0,8}"\$schema":\s?"[^"]{0,200}",\s{0,8}"version":\s?"2\.1\.0",\s{0,8}"runs":\s?\[\s{0,16}\{\s{0,16}"tool":\s?\{\s{0,16}"driver":\s?\{\s{0,16}"name":\s?"klaviyo-scope-audit"/u,
];

/** As much of a file's start, in bytes, as tells whether it is ours. */
export const TELLING_START = 600;

/** Whether a file is output of ours, by its name and how its text begins. */
export function isOwnOutput(file: string, text: string): boolean {
  if (!file.toLowerCase().endsWith(".json")) return false;
  // A shell makes the file that our stdout goes to before we run.
  if (text === "") return true;
  const start = text.slice(0, TELLING_START);
  return STARTS.some((one) => one.test(start));
}
