import { statSync } from "node:fs";

/** Changes when the file does; "" where there is none. */
export function stamp(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? "" : stampOf(stats);
}

/** The same, where the file system has already been asked. */
export function stampOf({ mtimeMs, size }: { mtimeMs: number; size: number }): string {
  return `${String(mtimeMs)}:${String(size)}`;
}
