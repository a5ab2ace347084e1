import type { Analysis } from "../../api/analyze.js";
import type { Place } from "../../audit/picture.js";
import type { FoundCall } from "../../detect/types.js";

/** `src/auth.ts:3:17` */
export function placeOf({ file, range }: Place, { picture }: Analysis): string {
  const { line, column } = picture.position(file, range[0]);
  return `${file}:${String(line)}:${String(column)}`;
}

/** `GET /api/lists`, as far as it is known. */
export function sentBy({
  method,
  path,
  operation,
}: Pick<FoundCall, "method" | "path" | "operation">): string {
  return operation === null
    ? `${method ?? "any method"} ${path ?? "on any path"}`
    : `${operation.method} ${operation.path}`;
}
