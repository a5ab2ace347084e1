import type { CompletedCommand, Completions } from "./types.js";

/** For bash 3.2 (macOS) and later, with or without the bash-completion package. */
export function bashScript({ name, commands }: Completions): string {
  const names = commands.map((command) => command.name);
  return `# bash completion of ${name}
_klaviyo_scope_audit() {
  local line="\${COMP_LINE:0:COMP_POINT}" current="" previous="" command="audit" first=1 words="" files="" word
  local -a typed
  # Readline also splits at colons and equals signs, which stand in scopes and levels: split at spaces only.
  read -ra typed <<< "$line"
  if [[ "$line" != *[[:space:]] ]]; then
    current="\${typed[\${#typed[@]}-1]}"
    unset "typed[\${#typed[@]}-1]"
  fi
  previous="\${typed[\${#typed[@]}-1]}"
  for word in "\${typed[@]:1}"; do
    case "$word" in
      ${names.join("|")}) command="$word"; first=""; break ;;
    esac
  done
  case "$command $previous" in
${commands.flatMap(valueCases).join("\n")}
    *)
      if [[ "$current" == -* ]]; then
        case "$command" in
${commands.map((command) => `          ${command.name}) words="${command.flags.map((flag) => flag.name).join(" ")}" ;;`).join("\n")}
        esac
      else
        case "$command" in
${commands.flatMap(subjectCase).join("\n")}
        esac
        if [[ -n "$first" ]]; then words="${names.join(" ")}"; fi
      fi ;;
  esac
  COMPREPLY=()
  while IFS= read -r word; do
    [[ -n "$word" ]] && COMPREPLY+=("$word")
  done < <(compgen -W "$words" -- "$current"; if [[ -n "$files" ]]; then compgen -f -- "$current"; fi)
  # Only file names are quoted. (bash 3.2 has no compopt: it quotes nothing.)
  if [[ -n "$files" ]]; then compopt -o filenames 2>/dev/null; fi
  if [[ \${#COMPREPLY[@]} -eq 1 && "\${COMPREPLY[0]}" == *= ]]; then compopt -o nospace 2>/dev/null; fi
  # What stands before the last colon or equals sign is a word of its own to readline, and stays.
  local before
  for word in : =; do
    if [[ "$COMP_WORDBREAKS" == *"$word"* && "$current" == *"$word"* ]]; then
      before="\${current%"\${current##*"$word"}"}"
      COMPREPLY=("\${COMPREPLY[@]#"$before"}")
    fi
  done
}
complete -F _klaviyo_scope_audit ${name}
`;
}

function valueCases({ name, flags }: CompletedCommand): string[] {
  return flags
    .filter(({ takesValue }) => takesValue)
    .map(({ name: flag, values }) =>
      values.length > 0
        ? `    "${name} ${flag}") words="${values.join(" ")}" ;;`
        : `    "${name} ${flag}") files=1 ;;`,
    );
}

function subjectCase({ name, subjects, files }: CompletedCommand): string[] {
  const words = subjects.length > 0 ? `words="${subjects.join(" ")}" ` : "";
  return words === "" && !files ? [] : [`          ${name}) ${words}${files ? "files=1 " : ""};;`];
}
