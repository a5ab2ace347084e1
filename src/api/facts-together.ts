/** Whether some facts files are of one state of one project, and all of it: what is lost between them is found by nobody. */
import { UserError } from "./errors.js";
import type { FileForm } from "../lower/form.js";
import type { Facts } from "./facts.js";

/** A facts file: its name as the person sees it, and what is in it. */
export interface NamedFacts {
  name: string;
  facts: Facts;
}

/** @throws UserError when a part is missing, or the parts are of different files, or of different states of them. */
export function checkTogether(all: readonly NamedFacts[]): void {
  checkShards(all);
  checkFiles(all);
  checkForms(all);
}

const ANEW = "Write all of them anew, from the same files.";

function checkShards(all: readonly NamedFacts[]): void {
  const counts = new Set(all.map(({ facts }) => facts.shard.count));
  const [count = 1] = counts;
  if (counts.size > 1) {
    throw new UserError(
      "The facts files are shards of different runs.",
      "Remove the old ones, or name the right ones.",
    );
  }
  const present = new Set(all.map(({ facts }) => facts.shard.index));
  const missing = Array.from({ length: count }, (_, index) => index + 1).find((index) => !present.has(index));
  if (missing !== undefined) {
    throw new UserError(
      `The facts of shard ${String(missing)}/${String(count)} are missing.`,
      `Write them: klaviyo-scope-audit extract --shard ${String(missing)}/${String(count)} -o facts-${String(missing)}.json`,
    );
  }
}

/** Every part looks at all files, so that each knows where imports lead. */
function checkFiles([first, ...others]: readonly NamedFacts[]): void {
  if (first === undefined) return;
  const firsts = new Set(first.facts.files);
  for (const other of others) {
    const theirs = new Set(other.facts.files);
    const lacking = first.facts.files.find((file) => !theirs.has(file));
    const extra = other.facts.files.find((file) => !firsts.has(file));
    const file = lacking ?? extra;
    if (file === undefined) continue;
    const [seen, missed] = lacking === undefined ? [other, first] : [first, other];
    throw new UserError(
      `${seen.name} knows the file ${file}, and ${missed.name} does not: they were not written from the same files.`,
      ANEW,
    );
  }
}

function checkForms(all: readonly NamedFacts[]): void {
  const forms = new Map<string, { name: string; form: FileForm }>();
  for (const { name, facts } of all) {
    for (const form of facts.forms) {
      const known = forms.get(form.file);
      if (known !== undefined && JSON.stringify(known.form) !== JSON.stringify(form)) {
        throw new UserError(
          `${known.name} and ${name} say different things of ${form.file}.`,
          "Remove the older one, or name the right ones.",
        );
      }
      forms.set(form.file, { name, form });
    }
  }
  const skipped = new Set(all.flatMap(({ facts }) => facts.skipped.map(({ file }) => file)));
  for (const { name, facts } of all) {
    const lost = facts.chosen.find((file) => !forms.has(file) && !skipped.has(file));
    if (lost === undefined) continue;
    throw new UserError(
      `${name} says that ${lost} matters, and no facts file has it: they were not written from the same files.`,
      ANEW,
    );
  }
}
