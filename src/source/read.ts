/** Reading one source file. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { isOwnOutput, TELLING_START } from "./own-output.js";
import { bytesMentionKlaviyo } from "./scan.js";

export type SourceText = { text: string } | Unread;

export interface Unread {
  /** Completes "skipped because …". */
  skipped: string;
  /** False where its bytes do not speak of Klaviyo, so that nobody misses it: a video named `.ts`, a dump of data. */
  matters: boolean;
  /** True for what we wrote ourselves: it is no file of the project's. */
  own?: true;
}

/** Nobody writes longer code or configuration by hand; generated files are. */
const LARGEST = 2_000_000;

/** Up to here even a file that is too large is looked at, to tell whether it matters. */
const LARGEST_LOOKED_AT = 64_000_000;

/**
 * The text of a file, without its byte order mark: ranges count from the character after it, as in ESLint. For a file
 * that is no text, or too large, the reason.
 */
export function readSource(file: string): SourceText {
  let handle: number | null = null;
  try {
    handle = openSync(file, "r");
    const status = fstatSync(handle);
    if (!status.isFile()) return { skipped: "it is no regular file", matters: true };
    if (status.size > LARGEST) {
      if (isOwnOutput(file, startOf(handle))) return OWN;
      const matters = status.size > LARGEST_LOOKED_AT || bytesMentionKlaviyo(readFileSync(handle));
      return { skipped: `it is larger than ${String(LARGEST / 1_000_000)} MB`, matters };
    }
    const read = decode(readFileSync(handle));
    return "text" in read && isOwnOutput(file, read.text) ? OWN : read;
  } catch (error) {
    return { skipped: unreadable(error), matters: true };
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

const OWN: Unread = { skipped: "klaviyo-scope-audit wrote it", matters: false, own: true };

/** The first bytes of a file that is too large to be read. */
function startOf(handle: number): string {
  const start = Buffer.alloc(TELLING_START);
  return start.toString("latin1", 0, readSync(handle, start, 0, start.length, 0));
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: Buffer): SourceText {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return notText(bytes, "it is UTF-16: save it as UTF-8");
  }
  if (bytes.includes(0)) return notText(bytes, "it is binary");
  try {
    const text = UTF8.decode(bytes);
    return { text: text.startsWith("\uFEFF") ? text.slice(1) : text };
  } catch {
    return notText(bytes, "it is not UTF-8: save it as UTF-8");
  }
}

function notText(bytes: Buffer, skipped: string): Unread {
  return { skipped, matters: bytesMentionKlaviyo(bytes) };
}

/** Why the file system refused, in words that complete "skipped because …". */
export function unreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
      return "it is gone";
    case "EACCES":
    case "EPERM":
      return "reading it is not permitted";
    case "ELOOP":
      return "its symbolic links go in a circle";
    default:
      return `it cannot be read (${code === "" ? String(error) : code})`;
  }
}
