/** What fixes would change, as a diff. */
import { noCommands, visible } from "../report/safe.js";
import { kindOf } from "../source/kinds.js";
import type { FileChange } from "../api/fix.js";
import type { Output } from "./terminal.js";

export async function printChanges(
  changes: readonly FileChange[],
  output: Output,
  color: boolean,
): Promise<void> {
  const [{ createTwoFilesPatch }, { Chalk }] = await Promise.all([import("diff"), import("chalk")]);
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const paint = (line: string) => {
    if (line.startsWith("+")) return chalk.green(line);
    if (line.startsWith("-")) return chalk.red(line);
    return line.startsWith("@@") ? chalk.cyan(line) : line;
  };
  for (const { file, before, after } of changes) {
    const patch = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, "", "", {
      // Beside a list of scopes an env or config file may hold secrets: only what changes is shown.
      context: kindOf(file) === "code" ? 2 : 0,
    });
    // The first line is a rule of equal signs that only Index-style patches need.
    const lines = patch.split("\n").filter((line, index) => index > 0 || !line.startsWith("="));
    const text = lines.map((line) => paint(visible(line))).join("\n");
    output.write(`${noCommands(text.trimEnd())}\n`);
  }
}
