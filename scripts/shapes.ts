/**
 * `npm run shapes`: composes small projects at random, audits each, and compares with the answer it knows.
 * `--requests` or `--calls` runs one of the two generators, `--count` says how many projects each makes (2,000),
 * `--seed` where to begin, and `--only` shows the one project of a seed.
 */
import { parseArgs } from "node:util";
import { calls } from "./shapes/calls/index.js";
import { check, score, type Generator, type Outcome } from "./shapes/check.js";
import { requests } from "./shapes/requests/index.js";

const { values } = parseArgs({
  options: {
    requests: { type: "boolean", default: false },
    calls: { type: "boolean", default: false },
    count: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
  },
});

const generators: [string, Generator][] = [
  ["requests", requests],
  ["calls", calls],
];
const both = values.requests === values.calls;
for (const [name, generator] of generators) {
  if (!both && !values[name as "requests" | "calls"]) continue;
  if (values.only === undefined) await run(name, generator);
  else show(await check(generator, number(values.only)));
}

async function run(name: string, generator: Generator): Promise<void> {
  const { projects, precision, recall, wrong } = await score(
    generator,
    number(values.seed),
    number(values.count),
  );
  for (const outcome of wrong.slice(0, 20)) {
    console.log(`seed ${String(outcome.seed)}: ${outcome.sample.parts.join(" → ")}`);
    for (const line of outcome.missed) console.log(`  missed   ${line}`);
    for (const line of outcome.surplus) console.log(`  surplus  ${line}`);
  }
  const percent = (part: number): string => `${(part * 100).toFixed(2)} %`;
  console.log(
    `${name}: ${String(projects)} projects, precision ${percent(precision)}, recall ${percent(recall)}, ${String(wrong.length)} wrong`,
  );
  if (wrong.length > 0) {
    const [first] = wrong;
    console.log(`Look at one with: npm run shapes -- --${name} --only ${String(first?.seed)}`);
    process.exitCode = 1;
  }
}

function show({ sample, found }: Outcome): void {
  console.log(sample.parts.join(" → "));
  for (const [file, text] of Object.entries(sample.files)) console.log(`\n── ${file}\n${text}`);
  console.log(["expected", ...sample.expected, "found", ...found].join("\n"));
}

function number(text: string | undefined): number {
  const parsed = Number(text);
  if (!Number.isInteger(parsed)) throw new Error(`Not a number: ${String(text)}`);
  return parsed;
}
