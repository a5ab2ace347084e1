/** Parts of a text that may be known in part only: whether it has them, and cutting them out. */
import { knownChunks, sliceText, stringOf } from "./text.js";
import { derived, type Chunk, type Origin, type StringValue, type Thunk, type Value } from "./values.js";

/** Whether a text begins or ends with another, or has it; null where what is known of it does not tell. */
export function says(
  chunks: readonly Chunk[],
  method: "startsWith" | "endsWith" | "includes",
  wanted: string,
): boolean | null {
  const text = knownChunks(chunks);
  if (method === "includes")
    return (
      text?.includes(wanted) ??
      (chunks.some((one) => one.kind === "text" && one.text.includes(wanted)) || null)
    );
  const edge = text ?? edgeOf(chunks, method === "startsWith");
  const shared = Math.min(edge.length, wanted.length);
  const [mine, theirs] =
    method === "startsWith"
      ? [edge.slice(0, shared), wanted.slice(0, shared)]
      : [edge.slice(edge.length - shared), wanted.slice(wanted.length - shared)];
  if (mine !== theirs) return false;
  return text !== null || shared === wanted.length ? shared === wanted.length : null;
}

/** The known text at one end. */
function edgeOf(chunks: readonly Chunk[], atStart: boolean): string {
  const ordered = atStart ? chunks : chunks.toReversed();
  const end = ordered.findIndex(({ kind }) => kind !== "text");
  const known = ordered.slice(0, end < 0 ? ordered.length : end);
  return knownChunks(atStart ? known : known.toReversed()) ?? "";
}

/** `text.slice(from, to)` and its like. */
export function slice(value: StringValue, args: readonly Thunk[], method: string, origin: Origin): Value[] {
  const numbers = args.map((argument) => {
    const [one, ...more] = argument();
    return one?.kind === "primitive" && typeof one.value === "number" && more.length === 0 ? one.value : null;
  });
  const [from, to] = numbers;
  const text = knownChunks(value.chunks);
  if (text !== null && from !== null && from !== undefined && to !== null) {
    const length = text.length;
    const clamp = (index: number): number =>
      Math.max(0, Math.min(length, index < 0 && method !== "substring" ? length + index : index));
    const start = clamp(from);
    const end = to === undefined ? length : method === "substr" ? clamp(start + to) : clamp(to);
    return [
      stringOf(cut(value.chunks, Math.min(start, end), method === "substring" ? Math.max(start, end) : end)),
    ];
  }
  // A known beginning can be taken off a text whose rest is unknown: `path.slice(1)`.
  const [head, ...tail] = value.chunks;
  if (
    from !== null &&
    from !== undefined &&
    from >= 0 &&
    numbers.length === 1 &&
    head?.kind === "text" &&
    head.text.length >= from
  ) {
    return [{ ...value, chunks: [sliceText(head, from, head.text.length), ...tail] }];
  }
  // And a known end: `path.slice(0, -1)`.
  const end = value.chunks.at(-1);
  const left = end?.kind === "text" && typeof to === "number" && to < 0 ? end.text.length + to : -1;
  if (method === "slice" && from === 0 && end?.kind === "text" && left >= 0)
    return [{ ...value, chunks: [...value.chunks.slice(0, -1), sliceText(end, 0, left)] }];
  return [
    derived(
      value.chunks.find((chunk) => chunk.kind === "unknown")?.value,
      "a part of it is cut out at run time",
      origin,
    ),
  ];
}

function cut(chunks: readonly Chunk[], start: number, end: number): Chunk[] {
  const out: Chunk[] = [];
  let at = 0;
  for (const chunk of chunks) {
    if (chunk.kind !== "text") continue;
    const from = Math.max(0, start - at);
    const to = Math.min(chunk.text.length, end - at);
    if (from < to) out.push(sliceText(chunk, from, to));
    at += chunk.text.length;
  }
  return out;
}
