/** The bin's one import: runs the command line and sets the exit code. */
import { processTerminal, surviveBrokenPipes } from "./terminal.js";
import { packageVersion } from "../api/version.js";

/** Exit codes: 0 nothing at error level, 1 findings, 2 wrong usage, bad config, or an internal error. */
export async function main(argv: readonly string[]): Promise<void> {
  surviveBrokenPipes([process.stdout, process.stderr]);
  // Asked by scripts and editors at every start: nothing else is loaded for it.
  if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
    process.stdout.write(`${packageVersion()}\n`);
    return;
  }
  const { run } = await import("./run.js");
  // Not `process.exit`: what is written to a pipe must get there.
  process.exitCode = await run(argv, processTerminal());
}
