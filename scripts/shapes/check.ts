/** Audits generated projects and compares what is found with what they hold. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { analyze } from "../../src/api/analyze.js";
import type { Report } from "../../src/report/types.js";
import type { Sample } from "./sample.js";

export interface Outcome {
  seed: number;
  sample: Sample;
  found: string[];
  /** Expected and not found. */
  missed: string[];
  /** Found and not expected. */
  surplus: string[];
}

export interface Score {
  projects: number;
  precision: number;
  recall: number;
  /** The projects that were not judged as expected. */
  wrong: Outcome[];
}

export interface Generator {
  compose: (seed: number) => Sample;
  /** What a report says, in the words of the known answer. */
  found: (report: Report) => string[];
}

/** Audits one project. */
export async function check(generator: Generator, seed: number): Promise<Outcome> {
  const sample = generator.compose(seed);
  const root = mkdtempSync(path.join(tmpdir(), "shapes-"));
  try {
    for (const [file, text] of Object.entries(sample.files)) {
      const target = path.join(root, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
    const { report } = await analyze({ root });
    const found = [
      ...generator.found(report),
      ...report.skipped.map(({ file, reason }) => `${file} was skipped: ${reason}`),
    ];
    const missed = without(sample.expected, found);
    return { seed, sample, found, missed, surplus: without(found, sample.expected) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Audits `count` projects, those of `seed` and the numbers after it. */
export async function score(generator: Generator, seed: number, count: number): Promise<Score> {
  const wrong: Outcome[] = [];
  let [right, expected, found] = [0, 0, 0];
  for (let index = 0; index < count; index++) {
    const outcome = await check(generator, seed + index);
    expected += outcome.sample.expected.length;
    found += outcome.found.length;
    right += outcome.sample.expected.length - outcome.missed.length;
    if (outcome.missed.length > 0 || outcome.surplus.length > 0) wrong.push(outcome);
  }
  return {
    projects: count,
    precision: found === 0 ? 1 : right / found,
    recall: expected === 0 ? 1 : right / expected,
    wrong,
  };
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
