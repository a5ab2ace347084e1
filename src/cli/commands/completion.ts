/** `completion`: a script for the shell, made from the commands, flags and values there are. */
import { UserError } from "../../api/errors.js";
import { loadCatalog } from "../../catalog/index.js";
import { bashScript } from "../completion/bash.js";
import { fishScript } from "../completion/fish.js";
import { zshScript } from "../completion/zsh.js";
import { FORMAT_NAMES } from "../formats.js";
import type { Command, Option } from "commander";
import type { CompletedCommand, Completions } from "../completion/types.js";
import type { Terminal } from "../terminal.js";

const SHELLS = new Map([
  ["bash", bashScript],
  ["zsh", zshScript],
  ["fish", fishScript],
]);

/** `paths…`, and the `file:line` of `explain`. */
const FILE_ARGUMENTS: ReadonlySet<string> = new Set(["paths", "what"]);

export async function runCompletion(shell: string, program: Command, terminal: Terminal): Promise<number> {
  const script = SHELLS.get(shell);
  if (!script)
    throw new UserError(`There is no completion for \`${shell}\`.`, "The shells are bash, zsh and fish.");
  terminal.stdout.write(script(await completionsOf(program)));
  return 0;
}

async function completionsOf(program: Command): Promise<Completions> {
  const { rules } = await import("../../../rules/index.js");
  const ruleNames = rules.map(({ name }) => name);
  const subjects = new Map([
    [
      "explain",
      [
        ...ruleNames,
        ...loadCatalog()
          .scopes()
          .map(({ name }) => name),
      ],
    ],
    ["completion", [...SHELLS.keys()]],
  ]);
  const valuesOf = ({ long, argChoices }: Option): string[] => {
    if (argChoices) return argChoices;
    if (long === "--format") return FORMAT_NAMES;
    if (long === "--output") return FORMAT_NAMES.map((name) => `${name}=`);
    if (long !== "--rule") return [];
    return ruleNames.flatMap((name) => ["off", "warn", "error"].map((level) => `${name}=${level}`));
  };
  return {
    name: program.name(),
    commands: program.commands.map((command): CompletedCommand => ({
      name: command.name(),
      description: command.description(),
      subjects: subjects.get(command.name()) ?? [],
      files: command.registeredArguments.some((argument) => FILE_ARGUMENTS.has(argument.name())),
      flags: command.options.flatMap((option) =>
        option.long === undefined
          ? []
          : [
              {
                name: option.long,
                description: option.description,
                takesValue: option.required,
                values: option.long === "--output" && command.name() === "extract" ? [] : valuesOf(option),
              },
            ],
      ),
    })),
  };
}
