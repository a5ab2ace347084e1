/** Functions that make text of text: encoding, formatting, paths, JSON. */
import { type Builtin, first } from "./builtin.js";
import { jsonInText } from "./json-text.js";
import { joinText, textChoice } from "./strings.js";
import { knownText, plainText, stringOf } from "./text.js";
import { decodeChunks, encodeChunks } from "./percent.js";
import { UNDEFINED, type Value, derived, under } from "./values.js";

export const asText: Builtin = (evaluator, args, at) => [stringOf(textChoice(evaluator, first(args), at))];
export const encode =
  (style: "component" | "uri"): Builtin =>
  (evaluator, args, at) => [stringOf(encodeChunks(textChoice(evaluator, first(args), at), style))];

export const decode: Builtin = (evaluator, args, at) => [
  stringOf(decodeChunks(textChoice(evaluator, first(args), at))),
];

/** `joinURL(base, path)`, `path.join`, `urlJoin`. */
export const joinPath: Builtin = (evaluator, args, at, node) => {
  const parts: Value[][] = [];
  args.forEach((argument, position) => {
    const values = argument();
    if (position > 0) parts.push([stringOf([plainText("/")])]);
    parts.push(
      values.map((value) => {
        const text = knownText(value);
        if (value.kind !== "string" || text === null) return value;
        const [chunk] = value.chunks;
        if (chunk?.kind !== "text" || value.chunks.length > 1) return value;
        const start = position > 0 ? (/^\/+/.exec(text)?.[0].length ?? 0) : 0;
        const end =
          position < args.length - 1 ? text.length - (/\/+$/.exec(text)?.[0].length ?? 0) : text.length;
        return stringOf([
          {
            ...chunk,
            text: text.slice(start, end),
            at: typeof chunk.at === "number" ? chunk.at + start : null,
          },
        ]);
      }),
    );
  });
  return joinText(evaluator, parts, { kind: "computed", ...at, node });
};

/** `util.format("/lists/%s", id)`, `sprintf`: with plain placeholders. */
export const format: Builtin = (evaluator, args, at, node) => {
  const [values, ...others] = args;
  const pattern = (values?.() ?? []).map(knownText);
  const [text] = pattern;
  if (text == null || pattern.length > 1 || /%(?![sdifj%])/.test(text)) return null;
  const pieces = text.split(/%[sdifj]/);
  const parts = pieces.flatMap((piece, position): Value[][] => {
    const written = [stringOf([plainText(piece.replaceAll("%%", "%"))])];
    return position === 0 ? [written] : [others[position - 1]?.() ?? [UNDEFINED], written];
  });
  return joinText(evaluator, parts, { kind: "computed", ...at, node });
};

/** `JSON.parse(text)`: as far as the text is known. */
export const parseJson: Builtin = (evaluator, args, at) => {
  const texts = first(args);
  const parsed = texts.map((value) =>
    value.kind === "unknown" && value.holds !== undefined ? value.holds() : jsonInText(evaluator, value),
  );
  if (parsed.every((values) => values === null)) return null;
  return texts.flatMap((value, position) => {
    const answer = parsed[position] ?? [derived(value, "JSON text that is not known", at)];
    return value.when === undefined ? answer : answer.flatMap((one) => under(one, value.when ?? []) ?? []);
  });
};
