/** A project with a known answer. */
export interface Sample {
  files: Record<string, string>;
  /** The requests or calls it holds, one line each. */
  expected: string[];
  /** What it is made of. */
  parts: string[];
}
