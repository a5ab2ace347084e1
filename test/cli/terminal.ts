import { run } from "../../src/cli/run.js";
import type { Terminal } from "../../src/cli/terminal.js";

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command line in this process, in a folder and a clean environment. */
export async function runIn(cwd: string, argv: readonly string[], env: Terminal["env"] = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(argv, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    stdin: {},
    env,
    cwd,
  });
  return { code, stdout: out.join(""), stderr: err.join("") };
}
