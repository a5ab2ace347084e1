/** Offsets to lines and columns. */

/** Offset of the first character of each line. Lines end as ESLint counts them: `\n`, `\r\n`, `\r`, U+2028, U+2029. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const ends =
      code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10) || code === 0x2028 || code === 0x2029;
    if (ends) starts.push(at + 1);
  }
  return starts;
}

/** 1-based line of an offset. */
export function lineOfOffset(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** 1-based line and column (UTF-16 units) of an offset. */
export function positionOf(starts: readonly number[], offset: number): { line: number; column: number } {
  const line = lineOfOffset(starts, offset);
  return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
}
