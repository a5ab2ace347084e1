/** Evaluates what a small program exports, for tests. */
import { envEntries } from "../../src/lower/data/env-entries.js";
import { lowerFile } from "../../src/lower/index.js";
import { AutoImports } from "../../src/link/auto-imports.js";
import { createResolver } from "../../src/link/resolver.js";
import { Program } from "../../src/link/program.js";
import { Environment } from "../../src/evaluate/environment.js";
import { Evaluator, type Budget } from "../../src/evaluate/evaluator.js";
import { chunksOf, textChoice } from "../../src/evaluate/strings.js";
import { expand } from "../../src/evaluate/text.js";
import type { Chunk, Value } from "../../src/evaluate/values.js";

export interface Evaluated {
  values: Value[];
  chunks: Chunk[];
  /** All texts it can be; unknown parts as `?`. */
  texts: string[];
  /** Nothing of it is unknown. */
  complete: boolean;
  reasons: string[];
}

/** What `name`, exported by `file` (the first one by default), can be. */
export function evaluated(
  sources: string | Readonly<Record<string, string>>,
  { name = "result", file, budget }: { name?: string; file?: string; budget?: Budget } = {},
): Evaluated {
  const files = typeof sources === "string" ? { "main.ts": sources } : sources;
  const forms = new Map(Object.entries(files).map(([path, text]) => [path, lowerFile(path, text)]));
  const root = "/project";
  const program = new Program({
    root,
    forms,
    resolve: createResolver(root, Object.keys(files)),
    autoImports: new AutoImports(root, []),
  });
  const entries = [...forms.values()].flatMap((form) =>
    envEntries(form).map((entry) => ({ file: form.file, name: entry.name, value: entry.value })),
  );
  const evaluator = new Evaluator(program, new Environment(entries), budget);
  const from = file ?? Object.keys(files)[0] ?? "";
  const [target] = program.exported(from, name);
  if (target?.kind !== "expression") throw new Error(`${from} does not export ${name}`);
  const values = evaluator.ask(target.node, evaluator.moduleFrame(target.file));
  const origin = { file: from, range: target.node.range };
  const whole = textChoice(evaluator, values, origin);
  const { expansions, overflow } = expand(whole, 256);
  const reasons: string[] = [];
  const texts = expansions.map(({ chunks }) =>
    chunks
      .map((chunk) => {
        if (chunk.kind === "text") return chunk.text;
        reasons.push(chunk.value.reason);
        return "?";
      })
      .join(""),
  );
  return {
    values,
    chunks: values.flatMap((value) => chunksOf(evaluator, value, origin)),
    texts: [...new Set(texts)],
    complete: reasons.length === 0 && !overflow,
    reasons,
  };
}
