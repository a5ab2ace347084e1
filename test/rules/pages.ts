/** Reads the rules' pages: their parts and their examples. */
import { readFileSync } from "node:fs";

export interface Example {
  /** What it must do: "incorrect" examples are reported by the page's rule, "correct" ones are not. */
  kind: "incorrect" | "correct";
  /** Its code blocks as path → text. */
  files: Record<string, string>;
  /** 1-based line of its marker in the page. */
  line: number;
}

export function readPage(name: string): string {
  return readFileSync(new URL(`../../docs/rules/${name}.md`, import.meta.url), "utf8");
}

/** The page's headings of the second level. */
export function headingsOf(page: string): string[] {
  return [...withoutBlocks(page).matchAll(/^## (.+)$/gm)].map((match) => match[1] ?? "");
}

/**
 * The code blocks after each `<!-- eslint: … -->`, up to the next marker or heading. The first line of a block names
 * its file; JSON has no comments in earnest, so that line is no part of any file.
 * @throws Error for a block that names no file.
 */
export function examplesOf(page: string): Example[] {
  const examples: Example[] = [];
  let current: Example | null = null;
  const lines = page.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const marker = /^<!-- eslint: (incorrect|correct) -->$/.exec(line)?.[1];
    if (marker === "incorrect" || marker === "correct") {
      current = { kind: marker, files: {}, line: at + 1 };
      examples.push(current);
    } else if (line.startsWith("#")) {
      current = null;
    } else if (line.startsWith("```")) {
      const end = lines.indexOf("```", at + 1);
      const [first = "", ...rest] = lines.slice(at + 1, end);
      const file = /^(?:\/\/|#) file: (\S+)$/.exec(first)?.[1];
      if (file === undefined) throw new Error(`The block at line ${String(at + 1)} names no file.`);
      if (current === null) throw new Error(`The block at line ${String(at + 1)} is no example.`);
      current.files[file] = `${rest.join("\n")}\n`;
      at = end;
    }
  }
  return examples;
}

function withoutBlocks(page: string): string {
  return page.replace(/^```[^]*?^```$/gm, "");
}
