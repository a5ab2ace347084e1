/** The script of a single-file component: as long as the file, with everything else blanked, so that offsets stay true. */
export interface SfcScript {
  text: string;
  lang: "ts" | "tsx";
  /** Where the markup starts: behind Astro's frontmatter. */
  markupFrom: number;
}

interface Block {
  start: number;
  end: number;
  lang: string;
}

/** Types of `<script>` that are no JavaScript, such as `application/ld+json`, are left out. */
const SCRIPT_TYPE = /^(?:module|text\/(?:java|type)script|application\/javascript|ts|tsx|js|jsx)?$/i;

/**
 * The script blocks of a Vue, Svelte or Astro file, Astro's frontmatter among them. Several blocks become one text; a
 * semicolon where a block ends keeps them apart.
 */
export function sfcScript(file: string, text: string): SfcScript {
  const blocks = scriptBlocks(text);
  const frontmatter = file.toLowerCase().endsWith(".astro") ? frontmatterOf(text) : null;
  if (frontmatter) blocks.unshift(frontmatter);
  let script = "";
  let at = 0;
  for (const { start, end } of blocks) {
    if (start < at) continue;
    script += blank(text.slice(at, start)) + text.slice(start, end);
    at = end;
    // The closing tag or fence stands here, so there is room for one character.
    if (at < text.length) {
      script += ";";
      at++;
    }
  }
  const jsx = blocks.some(({ lang }) => lang === "tsx" || lang === "jsx");
  const markupFrom = frontmatter === null ? 0 : frontmatter.end + "---".length;
  return { text: script + blank(text.slice(at)), lang: jsx ? "tsx" : "ts", markupFrom };
}

function blank(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, " ");
}

/** Astro's code between the first two `---` lines. */
function frontmatterOf(text: string): Block | null {
  const open = /^\s*---/.exec(text);
  if (!open) return null;
  const start = open[0].length;
  const close = text.indexOf("\n---", start);
  return close < 0 ? null : { start, end: close + 1, lang: "ts" };
}

function scriptBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  const opening = /<!--|<script(?=[\s>])/gi;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const isComment = match[0] === "<!--";
    const start = isComment ? opening.lastIndex : tagEnd(text, opening.lastIndex);
    if (!isComment && text.charAt(start - 2) === "/") continue;
    const closing = isComment ? /-->/g : /<\/script/gi;
    closing.lastIndex = start;
    const end = closing.exec(text)?.index;
    if (end === undefined) break;
    opening.lastIndex = end;
    if (isComment) continue;
    const attributes = text.slice(match.index, start);
    if (!SCRIPT_TYPE.test(attributeOf(attributes, "type"))) continue;
    blocks.push({ start, end, lang: attributeOf(attributes, "lang").toLowerCase() });
  }
  return blocks;
}

/** Behind the `>` of a tag whose attributes start at `i`. */
function tagEnd(text: string, i: number): number {
  let quote = "";
  for (; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return i + 1;
  }
  return i;
}

function attributeOf(tag: string, name: string): string {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>"']+))`, "i").exec(tag);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? "";
}
