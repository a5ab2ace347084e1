/** Where the CLI writes, and what that place can show. Findings go to `stdout`, everything else to `stderr`. */
import { noCommands } from "../report/safe.js";
import type { WriteStream } from "node:tty";

/** The part of a stream that the CLI uses. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  /** The stream behind it, where it is not that stream itself. */
  origin?: Output;
}

export interface Terminal {
  stdout: Output;
  stderr: Output;
  stdin: { isTTY?: boolean | undefined };
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  cwd: string;
}

export function processTerminal(): Terminal {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
  };
}

/** An output in which no line is a command to a CI runner. */
export function withoutCommands(output: Output): Output {
  return {
    origin: output,
    write: (text) => output.write(noCommands(text)),
    get isTTY() {
      return output.isTTY;
    },
    get columns() {
      return output.columns;
    },
  };
}

/** Whether to colour an output: `--no-color`, then FORCE_COLOR and the terminal as chalk judges them, and NO_COLOR. */
export async function hasColor(output: Output, env: Terminal["env"], asked: boolean): Promise<boolean> {
  if (!asked) return false;
  if (env["FORCE_COLOR"] === undefined && (env["NO_COLOR"] ?? "") !== "") return false;
  const { supportsColor, supportsColorStderr } = await import("chalk");
  const stream = output.origin ?? output;
  if (stream === process.stdout) return supportsColor !== false;
  if (stream === process.stderr) return supportsColorStderr !== false;
  return forced(env["FORCE_COLOR"]);
}

function forced(value: string | undefined): boolean {
  return value !== undefined && value !== "0" && value !== "false";
}

/** Whether the terminal is known to understand OSC 8 links. */
export function hasHyperlinks(output: Output, env: Terminal["env"]): boolean {
  if (env["FORCE_HYPERLINK"] !== undefined) return forced(env["FORCE_HYPERLINK"]);
  if (output.isTTY !== true || env["CI"] !== undefined || env["TERM"] === "dumb") return false;
  if (env["WT_SESSION"] !== undefined || env["KITTY_WINDOW_ID"] !== undefined) return true;
  if (Number(env["VTE_VERSION"] ?? "0") >= 5000 || env["KONSOLE_VERSION"] !== undefined) return true;
  if (/^(?:alacritty|foot|xterm-ghostty|xterm-kitty|wezterm)/u.test(env["TERM"] ?? "")) return true;
  return ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"].includes(env["TERM_PROGRAM"] ?? "");
}

/** Columns to fill: the terminal's, or 80 where there is none. */
export function widthOf(output: Output): number {
  return output.columns !== undefined && output.columns > 20 ? output.columns : 80;
}

/**
 * A reader that goes away (`… | head`) is no fault: the rest is not written, and the exit code stays what it is.
 * Any other failure to write is said, and exits with 2.
 */
export function surviveBrokenPipes(streams: readonly WriteStream[]): void {
  for (const stream of streams) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") return;
      if (stream !== process.stderr)
        process.stderr.write(`error: Cannot write the output: ${error.message}\n`);
      process.exit(2);
    });
  }
}
