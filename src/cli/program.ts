/** Commands, flags and help. What a command does is loaded when it runs. */
import { Command, Option } from "commander";
import { packageVersion } from "../api/version.js";
import { formatFile, listOf, repeated, ruleLevel, shardOf, wholeNumber } from "./arguments.js";
import { EXAMPLES } from "./examples.js";
import { FORMAT_NAMES } from "./formats.js";
import { printable } from "./printable.js";
import type { Terminal } from "./terminal.js";
import type { AuditFlags } from "./commands/audit.js";
import type { DiffFlags } from "./commands/diff.js";
import type { ExplainFlags } from "./commands/explain.js";
import type { ExtractFlags } from "./commands/extract.js";
import type { InitFlags } from "./commands/init.js";
import type { JustifyFlags } from "./commands/justify.js";
import type { ScopesFlags } from "./commands/scopes.js";

/** @param exit takes the exit code of the command that ran. */
export function buildProgram(terminal: Terminal, exit: (code: number) => void): Command {
  const program = new Command("klaviyo-scope-audit")
    .description(
      "Finds the OAuth scopes a Klaviyo app requests, has configured and needs, and tells where they differ.",
    )
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .showHelpAfterError("Run with --help to see what there is.")
    .addHelpText("after", examples("klaviyo-scope-audit"))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      // Commander quotes the arguments as they are.
      writeErr: (text) => terminal.stderr.write(printable(text)),
      getOutHelpWidth: () => terminal.stdout.columns ?? 80,
      getErrHelpWidth: () => terminal.stderr.columns ?? 80,
    });

  const add = (usage: string, description: string, isDefault = false): Command => {
    const command = program.command(usage, { isDefault }).description(description);
    return command.addHelpText("after", examples(`klaviyo-scope-audit ${command.name()}`));
  };

  analyzing(add("audit [paths...]", "audit and report (the default command)", true))
    .addOption(formatOption())
    .option("--output <format=file>", "write a format to a file (repeatable)", formatFile)
    .option("--fix", "apply the fixes")
    .option("--fix-dry-run", "show what --fix would change")
    .option("--max-warnings <n>", "exit with 1 when there are more warnings than this", wholeNumber)
    .option("--quiet", "report errors only")
    .addOption(
      new Option("--min-confidence <level>", "hide findings of less confidence")
        .choices(["low", "high"])
        .default("low"),
    )
    .option("--baseline <file>", "do not report the findings in this file")
    .option("--update-baseline", "write the findings there are now to the baseline")
    .option("--facts <glob>", "read facts that `extract` wrote, instead of the files (repeatable)", repeated)
    .option("--stats", "print what was read, to stderr")
    .action(async (paths: string[], flags: AuditFlags) => {
      const { runAudit } = await import("./commands/audit.js");
      exit(await runAudit(paths, flags, terminal));
    });

  analyzing(add("init", "write a config from what it finds"))
    .option("-y, --yes", "ask nothing")
    .action(async (flags: InitFlags) => {
      const { runInit } = await import("./commands/init.js");
      exit(await runInit(flags, terminal));
    });

  analyzing(add("scopes", "print one line of scopes to paste into Manage apps"))
    .addOption(
      new Option("--needed", "what the code's API calls need (default)").conflicts([
        "requested",
        "configured",
      ]),
    )
    .addOption(new Option("--requested", "what the code asks for").conflicts(["needed", "configured"]))
    .addOption(new Option("--configured", "what the config declares").conflicts(["needed", "requested"]))
    .option("--app <name>", "of this app, where there are several")
    .option("--json", "print JSON")
    .action(async (flags: ScopesFlags) => {
      const { runScopes } = await import("./commands/scopes.js");
      exit(await runScopes(flags, terminal));
    });

  analyzing(add("justify", "write the review document: each scope, why, and where in the code"))
    .addOption(
      new Option("--format <format>", "format of the document")
        .choices(["markdown", "html"])
        .default("markdown"),
    )
    .option("--app <name>", "of this app, where there are several")
    .option("--check <file>", "exit with 1 when the file is not the document as it would be written now")
    .action(async (flags: JustifyFlags) => {
      const { runJustify } = await import("./commands/justify.js");
      exit(await runJustify(flags, terminal));
    });

  analyzing(add("diff [rev] [rev]", "what changed between two git revisions, and what that means"))
    .addOption(formatOption())
    .option("--output <format=file>", "write a format to a file (repeatable)", formatFile)
    .option("--base <rev>", "compare with where this branch left <rev>, as a pull request does")
    .action(async (from: string | undefined, to: string | undefined, flags: DiffFlags) => {
      const { runDiff } = await import("./commands/diff.js");
      exit(await runDiff(from, to, flags, terminal));
    });

  analyzing(
    add(
      "explain <what...>",
      "explain a rule, a scope, an operation, METHOD /path, file:line, or an authorize URL",
    ),
  ).action(async (what: string[], flags: ExplainFlags) => {
    const { runExplain } = await import("./commands/explain.js");
    exit(await runExplain(what, flags, terminal));
  });

  analyzing(add("extract [paths...]", "write what the files say as JSON facts, to audit later"))
    .option("--shard <i/n>", "only this part of the files", shardOf)
    .option("-o, --output <file>", "write to a file instead of stdout")
    .action(async (paths: string[], flags: ExtractFlags) => {
      const { runExtract } = await import("./commands/extract.js");
      exit(await runExtract(paths, flags, terminal));
    });

  add("completion <shell>", "print a completion script for bash, zsh or fish").action(
    async (shell: string) => {
      const { runCompletion } = await import("./commands/completion.js");
      exit(await runCompletion(shell, program, terminal));
    },
  );

  return program;
}

/** The flags of every command that analyzes a project. */
function analyzing(command: Command): Command {
  return command
    .option("--root <dir>", "audit this folder (default: the nearest config's, else the working directory)")
    .option("--config <file>", "read this config")
    .option("--rule <name=level>", "set a rule's level (repeatable)", ruleLevel)
    .option("--cache", "keep what was read of each file in node_modules/.cache")
    .option("--no-color", "print without colour");
}

function formatOption(): Option {
  return new Option(
    "--format <names>",
    `format of stdout: ${FORMAT_NAMES.join(", ")} (default: stylish)`,
  ).argParser(listOf);
}

function examples(name: string): string {
  const lines = EXAMPLES.get(name) ?? [];
  const width = Math.max(0, ...lines.map(([example]) => example.length));
  return ["", "Examples:", ...lines.map(([example, does]) => `  $ ${example.padEnd(width)}  ${does}`)].join(
    "\n",
  );
}
