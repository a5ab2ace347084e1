/** What a rule reports in one file, through ESLint; see rules.test.ts. */
import type { RuleTester } from "eslint";

export interface RuleCase {
  /** The linted file; `app.js` where it is not said. */
  file?: string;
  /** Other files of the project, by path. */
  files: Record<string, string>;
  code: string;
  /** After one pass of fixes; null where the rule has none. */
  output: string | null;
  errors: RuleTester.TestCaseError[];
}

/** Those of a rule, written in several ways. */
export async function casesOf(rule: string): Promise<RuleCase[]> {
  return ((await import(`./cases/${rule}.ts`)) as { cases: RuleCase[] }).cases;
}
