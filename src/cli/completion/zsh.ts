import { unquoted } from "./words.js";
import type { CompletedCommand, CompletedFlag, Completions } from "./types.js";

export function zshScript({ name, commands }: Completions): string {
  const described = commands.map((command) => `    '${command.name}:${unquoted(command.description)}'`);
  return `#compdef ${name}
_klaviyo_scope_audit() {
  local -a commands
  commands=(
${described.join("\n")}
  )
  local command=audit word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$word" in ${commands.map((command) => command.name).join("|")}) command=$word; break ;; esac
  done
  if (( CURRENT == 2 )) && [[ "$PREFIX" != -* ]]; then
    _describe command commands
    _files
    return
  fi
  case "$command" in
${commands.map(commandCase).join("\n")}
  esac
}
compdef _klaviyo_scope_audit ${name}
`;
}

function commandCase({ name, flags, subjects, files }: CompletedCommand): string {
  const words = `compadd - ${escaped(subjects)}`;
  const action = subjects.length === 0 ? "_files" : files ? `{ ${words}; _files }` : words;
  const rest = subjects.length > 0 || files ? ` '*:subject:${action}'` : "";
  return `    ${name}) _arguments ${flags.map(flagOf).join(" ")}${rest} ;;`;
}

function flagOf({ name, description, takesValue, values }: CompletedFlag): string {
  const text = `*${name}[${unquoted(description)}]`;
  if (!takesValue) return `'${text}'`;
  return values.length > 0
    ? `'${text}:value:compadd${values.every((value) => value.endsWith("=")) ? ' -S ""' : ""} - ${escaped(values)}'`
    : `'${text}:file:_files'`;
}

/** `_arguments` reads a colon as the end of the action. */
function escaped(words: readonly string[]): string {
  return words.join(" ").replaceAll(":", "\\:");
}
