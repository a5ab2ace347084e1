import type { RuleLevel } from "../audit/rule.js";
import type { Report } from "./types.js";

/** What a report says of a rule beside its findings. */
export interface RuleDoc {
  /** One phrase, no full stop. */
  description: string;
  /** The rule's page; null where there is none. */
  url: string | null;
  /** What the rule is about and what to do, in Markdown. */
  help: string;
  /** Its level when nothing is configured. */
  level?: RuleLevel;
}

/** What a format needs besides the report. Nothing here changes what was found. */
export interface FormatContext {
  /** The text of an analyzed file; undefined when it is not at hand. */
  source(file: string): string | undefined;
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** The terminal understands OSC 8 links. */
  hyperlinks: boolean;
  /** False asks for ASCII marks; true by default. */
  unicode?: boolean;
  ruleDocs(name: string): RuleDoc | undefined;
  /** Whether Klaviyo has a scope, as far as is known; by default every one. Not asked of the findings: they may be filtered. */
  hasScope?: (scope: string) => boolean;
  /** The findings are those of some files only. */
  partial?: boolean;
  /** Why the run failed: nothing was audited, so no finding is no good news. */
  failure?: string;
  /** Leaves the warnings out, in every format. */
  quiet?: boolean;
  /** Absolute path of the audited root, only for links in the terminal. */
  root?: string;
  /** The root as seen from the repository's top ("apps/shop"; "" for the top), for formats that name files of the repository. */
  prefix?: string;
}

/** A file of the audited root as the repository names it. */
export function inRepository(file: string, { prefix = "" }: Pick<FormatContext, "prefix">): string {
  return prefix === "" ? file : `${prefix}/${file}`;
}

export type Format = (report: Report, context: FormatContext) => string;
