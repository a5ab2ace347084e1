/** One line on stderr that says what is going on; only on a terminal, and not in CI. */
import type { Progress } from "../api/analyze.js";
import type { Output, Terminal } from "./terminal.js";

export interface ProgressLine {
  show: (progress: Progress) => void;
  clear: () => void;
}

const WORDS: Record<Progress["stage"], string> = {
  read: "Reading files",
  link: "Linking files",
  detect: "Finding requests and API calls",
  judge: "Checking rules",
};

/** Often enough to look alive, seldom enough to cost nothing. */
const EVERY_MS = 80;

export function progressOn(output: Output, env: Terminal["env"]): ProgressLine {
  if (output.isTTY !== true || env["CI"] !== undefined || env["TERM"] === "dumb") {
    return { show: () => undefined, clear: () => undefined };
  }
  let last = 0;
  let written = false;
  return {
    show({ stage, done, total }) {
      const now = Date.now();
      if (now - last < EVERY_MS) return;
      last = now;
      written = true;
      const count = done !== undefined && total !== undefined ? ` ${String(done)}/${String(total)}` : "";
      output.write(`\r\u001B[K${WORDS[stage]}${count} …`);
    },
    clear() {
      if (written) output.write("\r\u001B[K");
      written = false;
    },
  };
}
