/** What a reader sees as one character. */
let segmenter: Intl.Segmenter | undefined;

/** The characters of a line. Those of plain ASCII are its code units; the segmenter is made at the first text that needs it. */
export function graphemesOf(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
