/** What a shell can complete. */
export interface Completions {
  /** Of the program. */
  name: string;
  /** The first one is run when none is named. */
  commands: CompletedCommand[];
}

export interface CompletedCommand {
  name: string;
  description: string;
  /** Words that may follow the command. */
  subjects: string[];
  /** Files may follow it. */
  files: boolean;
  flags: CompletedFlag[];
}

export interface CompletedFlag {
  /** `--format` */
  name: string;
  description: string;
  takesValue: boolean;
  /** The values there are; files where it is empty. */
  values: string[];
}
