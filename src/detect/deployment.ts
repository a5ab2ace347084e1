/** The deployment that a list is written for: told by the branch it is taken in, by the names around it, by its file. */
import { deploymentOfName, deploymentOfTest, deploymentOfWord } from "../evaluate/deployment.js";
import { textsIn } from "../evaluate/text.js";
import type { Chunk, Condition } from "../evaluate/values.js";
import type { FileIndex } from "../link/file-index.js";
import type { Program } from "../link/program.js";
import type { Expression, Statement } from "../lower/form.js";
import type { FoundRequest } from "./types.js";

/** Null: whichever it is. */
export function deploymentOf(
  program: Program,
  chunks: readonly Chunk[],
  when: readonly Condition[],
): string | null {
  const [taken] = when.flatMap(({ deployment }) => deployment ?? []);
  if (taken !== undefined) return taken;
  const [first] = textsIn(chunks);
  const owner = first?.owners[0];
  if (first === undefined) return null;
  const around =
    owner === undefined || !program.project.forms.has(owner.file)
      ? null
      : aroundOf(program.index(owner.file), owner.node);
  return around ?? placeOf(first.file).deployment;
}

/** What the names and tests around a written list say. */
function aroundOf(index: FileIndex, node: Expression): string | null {
  let child: object = node;
  for (let at = index.parent(node); at !== undefined && "kind" in at; child = at, at = index.parent(at)) {
    const found = saidBy(index, at as Expression | Statement, child);
    if (found !== null) return found;
  }
  return null;
}

function saidBy(index: FileIndex, at: Expression | Statement, child: object): string | null {
  switch (at.kind) {
    case "map": {
      const key = at.entries.find((entry) => entry.value === child)?.key;
      return key?.kind === "string" ? deploymentOfName(key.value) : null;
    }
    case "let":
      return at.target.kind === "bind"
        ? deploymentOfName(index.form.bindings[at.target.binding]?.name ?? "")
        : null;
    case "function": {
      const { name = "" } = index.form.functions[at.fn] ?? {};
      return /scope/i.test(name) ? deploymentOfName(name) : null;
    }
    case "conditional":
      return at.test === child ? null : deploymentOfTest(at.test, at.then === child);
    case "if":
      return at.test === child ? null : deploymentOfTest(at.test, at.then.includes(child as Statement));
    default:
      return null;
  }
}

/** Files that hold what is true wherever no other says otherwise, and the folders that those others stand in. */
const SHARED = /^(?:defaults?|base|common|shared|local|overlays?|environments?|envs)$/;

/**
 * `.env.production`, `config/production.json`, `values-prod.yaml`, `overlays/staging/app.yaml`: which deployment a file
 * is for, and what it is called without that.
 */
function placeOf(file: string): { deployment: string | null; family: string } {
  const segments = file.split("/");
  const words = (segments.pop() ?? "").split(/[._-]/);
  // `config/production.json5` may stand beside `config/default.json`; `.env` has no ending.
  const name = words.length > 1 && words[0] !== "" ? words.slice(0, -1) : words;
  const isOwn = (word: string): boolean =>
    deploymentOfWord(word) === null && !SHARED.test(word.toLowerCase());
  const [found] = [...name, ...segments].flatMap((word) => deploymentOfWord(word) ?? []);
  return {
    deployment: found ?? (name.includes("local") ? "development" : null),
    family: [...segments.filter(isOwn), name.filter(isOwn).join(".")].join("/"),
  };
}

/** Whether one deployment may send both lists: a file for one deployment stands in for the one for all. */
export function mayMeet(a: FoundRequest, b: FoundRequest): boolean {
  if (a.deployment === null || b.deployment === null) {
    return a.deployment === b.deployment || placeOf(a.file).family !== placeOf(b.file).family;
  }
  if (a.deployment === b.deployment) return true;
  const [first, second] = [a.deployment, b.deployment];
  if (first.startsWith("!")) return second.startsWith("!") || first !== `!${second}`;
  return second.startsWith("!") && second !== `!${first}`;
}
