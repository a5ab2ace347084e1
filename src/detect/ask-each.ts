/** Asks about each call, or each object, of a program: what a file answers is kept as a whole, and by node. */
import type { CallExpression, Range } from "../lower/form.js";
import type { FileIndex } from "../link/file-index.js";
import type { CallGraph } from "./call-graph.js";

/** A node as an index lists it, and in which file. */
export interface InFile<Node> {
  file: string;
  /** The function in which it stands; -1 for the module. */
  fn: number;
  node: Node;
  /** Which of the file's nodes of its kind it is. */
  at: number;
}

/**
 * @param nodesOf The nodes of a file to ask about.
 * @param ask Gives what a node tells; null where the written node alone tells that there is nothing to ask.
 */
export function askEach<Node extends { range: Range }, T>(
  graph: CallGraph,
  question: string,
  nodesOf: (index: FileIndex) => readonly { node: Node; fn: number }[],
  ask: (found: InFile<Node>) => (() => T[]) | null,
): T[] {
  const { program } = graph.evaluator;
  return program.files().flatMap((file) =>
    graph.about(program.form(file), `each ${question}`, () =>
      nodesOf(program.index(file)).flatMap(({ node, fn }, at) => {
        const answer = ask({ file, fn, node, at });
        if (answer === null) return [];
        return graph.about(node, question, () => graph.lost.attempt(file, node, answer, []));
      }),
    ),
  );
}

/** The calls of code. Data may hold some too (Terraform's functions), which send nothing. */
export function callsOfCode({ form, calls }: FileIndex): readonly { node: CallExpression; fn: number }[] {
  return form.data === null ? calls : [];
}
