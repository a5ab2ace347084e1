/** Finds operations by their path, concrete or in parts unknown. */
import type { Operation, Segment } from "./types.js";
import { beforeQuery, isParameter, isRootSegment, methodAsked } from "./path.js";

interface PathNode {
  fixed: Map<string, PathNode>;
  parameter: PathNode | null;
  /** The operations of the path that ends here, one for each method. */
  operations: Operation[];
}

/** A segment of which part is unknown may be whatever this allows; a concrete one is a literal. */
type Choose = (node: PathNode) => PathNode[][];

export class PathTree {
  readonly #root = emptyNode();
  #depth = 0;

  /** Where two operations share method and path, the first one added wins. */
  add(operation: Operation): void {
    const segments = operation.path.split("/").slice(1);
    let node = this.#root;
    for (const segment of segments) {
      if (isParameter(segment)) {
        node = node.parameter ??= emptyNode();
      } else {
        const next = node.fixed.get(segment) ?? emptyNode();
        node.fixed.set(segment, next);
        node = next;
      }
    }
    this.#depth = Math.max(this.#depth, segments.length);
    if (!node.operations.some((other) => other.method === operation.method)) node.operations.push(operation);
  }

  /** The operations (of any method, unless one is given) that a path can be. */
  find(method: string | null, path: readonly Segment[]): Operation[] {
    const wanted = methodAsked(method);
    const segments = withoutQuery(path);
    const first = segments[0];
    if (first === undefined) return [];
    if (segments.filter((segment) => segment.kind !== "rest").length > this.#depth) return [];
    if (first.kind === "literal" && isRootSegment(first.text)) return find(this.#root, segments, wanted);
    const api = this.#root.fixed.get("api");
    const found = api === undefined ? [] : find(api, segments, wanted);
    return found.length > 0 || first.kind === "literal" ? found : find(this.#root, segments, wanted);
  }
}

function emptyNode(): PathNode {
  return { fixed: new Map(), parameter: null, operations: [] };
}

/** Drops empty segments, neighbouring rests, and all that follows a `?` or `#`. */
function withoutQuery(path: readonly Segment[]): Segment[] {
  const segments: Segment[] = [];
  for (const segment of path) {
    if (segment.kind === "rest") {
      if (segments.at(-1)?.kind !== "rest") segments.push(segment);
    } else if (segment.kind === "unknown") {
      segments.push(segment);
    } else {
      const text = segment.kind === "literal" ? segment.text : segment.prefix;
      const known = beforeQuery(text);
      const cut = known !== text;
      if (segment.kind === "partial" && !cut)
        segments.push({ ...segment, suffix: beforeQuery(segment.suffix) });
      else if (known !== "") segments.push({ kind: "literal", text: known });
      if (cut || (segment.kind === "partial" && beforeQuery(segment.suffix) !== segment.suffix)) break;
    }
  }
  return segments;
}

function find(node: PathNode, segments: readonly Segment[], method: string | null): Operation[] {
  const [segment, ...others] = segments;
  if (segment === undefined) {
    return node.operations.filter((operation) => method === null || operation.method === method);
  }
  if (segment.kind === "rest") {
    const found = new Set(find(node, others, method));
    for (const child of children(node)) {
      for (const operation of find(child, segments, method)) found.add(operation);
    }
    return [...found];
  }
  // The first group of nodes that leads to an operation wins: what stands where an id can stand is an id.
  for (const group of chooser(segment)(node)) {
    const found = group.flatMap((child) => find(child, others, method));
    if (found.length > 0) return found;
  }
  return [];
}

function chooser(segment: Exclude<Segment, { kind: "rest" }>): Choose {
  switch (segment.kind) {
    case "literal":
      return (node) => [present(node.fixed.get(segment.text)), present(node.parameter)];
    case "unknown":
      return (node) => [present(node.parameter), [...node.fixed.values()]];
    case "partial":
      return (node) => [
        // `profiles${query}`: the known text is a whole segment already.
        segment.suffix === "" ? present(node.fixed.get(segment.prefix)) : [],
        present(node.parameter),
        [...node.fixed].filter(([text]) => fits(text, segment)).map(([, child]) => child),
      ];
  }
}

function fits(text: string, { prefix, suffix }: { prefix: string; suffix: string }): boolean {
  return text.length >= prefix.length + suffix.length && text.startsWith(prefix) && text.endsWith(suffix);
}

function children(node: PathNode): PathNode[] {
  return [...node.fixed.values(), ...present(node.parameter)];
}

function present(node: PathNode | null | undefined): PathNode[] {
  return node === null || node === undefined ? [] : [node];
}
