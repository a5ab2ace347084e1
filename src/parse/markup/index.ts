import type { TSESTree } from "@typescript-eslint/utils";

import type { ParsedJs } from "../js.js";
import { parseFragments } from "./fragments.js";
import { scanMarkup } from "./scan.js";
import { codesIn, markupStatement } from "./tree.js";
import type { MarkupLanguage } from "./types.js";

export interface ParsedMarkup {
  /** What stands in the markup, to be put behind the script's statements; null where no code does. */
  statement: TSESTree.ProgramStatement | null;
  /** Comments of the markup and of the code in it. */
  comments: ParsedJs["comments"];
}

/**
 * Parses the markup of a Vue, Svelte or Astro file. Code that does not parse is passed over, the rest is read.
 * @param from Where the markup starts. @param lang The language of the script, which is that of the markup's code.
 */
export function parseMarkup(file: string, text: string, from: number, lang: "ts" | "tsx"): ParsedMarkup {
  const language = languageOf(file);
  const markup = scanMarkup(text, language, from);
  // In Astro it is JSX whatever the script is.
  const { nodes, comments } = parseFragments(
    text,
    codesIn(markup.parts),
    language === "astro" ? "tsx" : lang,
  );
  return { statement: markupStatement(text, markup, nodes), comments: [...markup.comments, ...comments] };
}

function languageOf(file: string): MarkupLanguage {
  const extension = file.toLowerCase().replace(/^.*\./s, "");
  return extension === "vue" || extension === "astro" ? extension : "svelte";
}
