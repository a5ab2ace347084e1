import { unquoted } from "./words.js";
import type { CompletedCommand, Completions } from "./types.js";

export function fishScript({ name, commands }: Completions): string {
  const all = commands.map((command) => command.name).join(" ");
  const lines = commands.flatMap((command, index) => [
    `complete -c ${name} -n "not __fish_seen_subcommand_from ${all}" -a ${command.name} -d '${unquoted(command.description)}'`,
    // The flags of the default command hold where no command is named.
    ...linesOf(
      name,
      command,
      index === 0
        ? `not __fish_seen_subcommand_from ${all.replace(`${command.name} `, "")}`
        : `__fish_seen_subcommand_from ${command.name}`,
    ),
  ]);
  return `# fish completion of ${name}\n${lines.join("\n")}\n`;
}

function linesOf(program: string, { subjects, files, flags }: CompletedCommand, when: string): string[] {
  const start = `complete -c ${program} -n "${when}"`;
  return [
    ...(files ? [] : [`${start} -f`]),
    ...(subjects.length > 0 ? [`${start} -a '${subjects.join(" ")}'`] : []),
    ...flags.map(({ name, description, takesValue, values }) => {
      const value = !takesValue ? "" : values.length > 0 ? ` -x -a '${values.join(" ")}'` : " -r";
      return `${start} -l ${name.slice(2)}${value} -d '${unquoted(description)}'`;
    }),
  ];
}
