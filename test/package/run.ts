import { spawnSync } from "node:child_process";

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end in an environment that says nothing of the terminal, CI or the surrounding npm. */
export function run(command: string, args: readonly string[], cwd: string): Outcome {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (
      /^(?:npm_(?!config_)|CI$|GITHUB_|FORCE_COLOR$|NO_COLOR$|VITEST|NODE_OPTIONS$|NODE_ENV$|NODE_V8)/.test(
        name,
      )
    )
      continue;
    environment[name] = value;
  }
  const options = { cwd, env: environment, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 } as const;
  const { status, stdout, stderr, error } = spawnSync(command, args, options);
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** Runs a script with this Node. */
export function runNode(args: readonly string[], cwd: string): Outcome {
  return run(process.execPath, args, cwd);
}
