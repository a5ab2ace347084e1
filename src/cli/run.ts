/** One run of the command line: arguments in, exit code out. Throws nothing. */
import { CommanderError } from "commander";
import { UserError } from "../api/errors.js";
import { commandFirst, otherSpelling, refuseMistypedCommand } from "./arguments.js";
import { failureOutput } from "./failure.js";
import { printable } from "./printable.js";
import { buildProgram } from "./program.js";
import { withoutCommands } from "./terminal.js";
import type { Terminal } from "./terminal.js";

/** Wrong usage, bad config, or an internal error. */
const FAILED = 2;

export async function run(argv: readonly string[], given: Terminal): Promise<number> {
  // Arguments and names that messages quote may hold line ends, and what reads a log may take orders.
  const terminal = { ...given, stderr: withoutCommands(given.stderr) };
  let exitCode = 0;
  const program = buildProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    refuseMistypedCommand(argv, program, terminal.cwd);
    await program.parseAsync(commandFirst(argv, program), { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      const hint = otherSpelling(error, argv, program);
      if (hint !== null) terminal.stderr.write(`  ${hint}\n`);
      await fail(argv, terminal, firstLine(error.message).replace(/^error: /, ""));
      return FAILED;
    }
    if (isUserError(error)) {
      for (const mistake of error.mistakes) terminal.stderr.write(`error: ${printable(mistake)}\n`);
      if (error.help !== null) terminal.stderr.write(`  ${printable(error.help)}\n`);
      await fail(argv, terminal, error.message);
      return FAILED;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.stderr.write(
      `error: klaviyo-scope-audit failed. This is a bug: please report it with these lines.\n`,
    );
    terminal.stderr.write(`${printable(stack)}\n`);
    await fail(argv, terminal, "klaviyo-scope-audit failed");
    return FAILED;
  }
}

async function fail(argv: readonly string[], terminal: Terminal, message: string): Promise<void> {
  const output = await failureOutput(argv, message);
  if (output !== "") terminal.stdout.write(output);
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** The config's errors are of a class of their own, below this layer; they have the same shape. */
function isUserError(error: unknown): error is UserError {
  return error instanceof UserError;
}
