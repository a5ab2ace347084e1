/** `completion`: a script for the shell, made from the commands and flags there are. */
import { UserError } from "../../api/errors.js";
import type { Command } from "commander";
import type { Terminal } from "../terminal.js";

const NAME = "klaviyo-scope-audit";

export function runCompletion(shell: string, program: Command, terminal: Terminal): number {
  const write = new Map([
    ["bash", bash],
    ["zsh", zsh],
    ["fish", fish],
  ]).get(shell);
  if (!write)
    throw new UserError(`There is no completion for \`${shell}\`.`, "The shells are bash, zsh and fish.");
  terminal.stdout.write(write(program));
  return 0;
}

function bash(program: Command): string {
  const cases = program.commands.map(
    (command) => `    ${command.name()}) words="${flagsOf(command).join(" ")}" ;;`,
  );
  return `# bash completion of ${NAME}
_klaviyo_scope_audit() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="audit" word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${names(program).join("|")}) command="$word"; break ;;
    esac
  done
  case "$command" in
${cases.join("\n")}
  esac
  if [[ "$current" != -* ]]; then
    words=""
    if (( COMP_CWORD == 1 )); then words="${names(program).join(" ")}"; fi
  fi
  COMPREPLY=( $(compgen -W "$words" -- "$current") )
  if [[ "$current" != -* ]]; then COMPREPLY+=( $(compgen -f -- "$current") ); fi
}
complete -o filenames -F _klaviyo_scope_audit ${NAME}
`;
}

function zsh(program: Command): string {
  const described = program.commands.map(
    (command) => `    '${command.name()}:${quoted(command.description())}'`,
  );
  const cases = program.commands.map((command) => {
    const flags = command.options.map(({ long, description }) => `'${long ?? ""}[${quoted(description)}]'`);
    return `    ${command.name()}) _arguments ${flags.join(" ")} '*:file:_files' ;;`;
  });
  return `#compdef ${NAME}
_klaviyo_scope_audit() {
  local -a commands
  commands=(
${described.join("\n")}
  )
  if (( CURRENT == 2 )) && [[ "$words[2]" != -* ]]; then
    _describe command commands
    _files
    return
  fi
  case "$words[2]" in
${cases.join("\n")}
    *) _arguments ${flagsOf(program.commands[0])
      .map((flag) => `'${flag}'`)
      .join(" ")} '*:file:_files' ;;
  esac
}
compdef _klaviyo_scope_audit ${NAME}
`;
}

function fish(program: Command): string {
  const all = names(program).join(" ");
  const lines = program.commands.flatMap((command) => [
    `complete -c ${NAME} -n "not __fish_seen_subcommand_from ${all}" -a ${command.name()} -d '${quoted(command.description())}'`,
    ...command.options.map(
      ({ long, description, required }) =>
        `complete -c ${NAME} -n "__fish_seen_subcommand_from ${command.name()}" -l ${(long ?? "").slice(2)}` +
        `${required ? " -r" : ""} -d '${quoted(description)}'`,
    ),
  ]);
  return `# fish completion of ${NAME}\n${lines.join("\n")}\n`;
}

function names(program: Command): string[] {
  return program.commands.map((command) => command.name());
}

function flagsOf(command: Command | undefined): string[] {
  return (command?.options ?? []).flatMap(({ long }) => (long === undefined ? [] : [long]));
}

/** Inside single quotes, and without what zsh reads as the end of a description. */
function quoted(text: string): string {
  return text.replaceAll("'", "").replaceAll(/[[\]:]/gu, " ");
}
