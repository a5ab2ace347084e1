import type { Analysis } from "../../api/analyze.js";
import type { Place } from "../../audit/picture.js";

/** `src/auth.ts:3:17` */
export function placeOf({ file, range }: Place, { picture }: Analysis): string {
  const { line, column } = picture.position(file, range[0]);
  return `${file}:${String(line)}:${String(column)}`;
}
