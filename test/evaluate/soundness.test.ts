/**
 * Sound on what it claims: where the evaluator says that a value is complete, what the program really computes is among
 * its answers. The programs are our own, made at random; they run in a sandbox for both values of every flag.
 */
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { evaluated } from "./evaluate.js";

const word = fc.constantFrom("accounts:read", "lists:read", "profiles:write", "x", "y z");
const flag = fc.constantFrom("flags[0]", "flags[1]", "!flags[0]");
const literal = word.map((text) => JSON.stringify(text));

/** A string expression over the variables in scope. */
const text = (depth: number): fc.Arbitrary<string> =>
  depth === 0
    ? fc.oneof(literal, fc.constantFrom("s", "t"))
    : fc.oneof(
        literal,
        fc.constantFrom("s", "t"),
        fc.tuple(text(depth - 1), text(depth - 1)).map(([a, b]) => `(${a} + " " + ${b})`),
        fc.tuple(text(depth - 1), text(depth - 1)).map(([a, b]) => `\`\${${a}} \${${b}}\``),
        fc.tuple(flag, text(depth - 1), text(depth - 1)).map(([f, a, b]) => `(${f} ? ${a} : ${b})`),
        fc.tuple(list(depth - 1), fc.constantFrom('" "', '","')).map(([l, sep]) => `${l}.join(${sep})`),
        text(depth - 1).map((a) => `${a}.trim()`),
        text(depth - 1).map((a) => `${a}.toLowerCase()`),
        text(depth - 1).map((a) => `${a}.replaceAll(":", ".")`),
        text(depth - 1).map((a) => `${a}.split(" ").join("+")`),
        text(depth - 1).map((a) => `wrap(${a})`),
        fc.tuple(text(depth - 1), text(depth - 1)).map(([a, b]) => `pick({ first: ${a}, second: ${b} })`),
        text(depth - 1).map((a) => `new Holder(${a}).value()`),
      );

const list = (depth: number): fc.Arbitrary<string> =>
  depth === 0
    ? fc.oneof(
        fc.array(literal, { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
        fc.constant("l"),
      )
    : fc.oneof(
        fc.constant("l"),
        fc.array(text(depth - 1), { minLength: 1, maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
        fc.tuple(list(depth - 1), list(depth - 1)).map(([a, b]) => `[...${a}, ...${b}]`),
        fc.tuple(list(depth - 1), list(depth - 1)).map(([a, b]) => `${a}.concat(${b})`),
        fc.tuple(flag, list(depth - 1)).map(([f, a]) => `[...(${f} ? ${a} : [])]`),
        list(depth - 1).map((a) => `${a}.map((one) => \`<\${one}>\`)`),
        list(depth - 1).map((a) => `${a}.filter(Boolean)`),
        list(depth - 1).map((a) => `${a}.filter((one) => one.includes("read"))`),
        list(depth - 1).map((a) => `${a}.slice(1)`),
      );

const statement = fc.oneof(
  text(2).map((a) => `s = ${a};`),
  text(1).map((a) => `t += ${a};`),
  text(1).map((a) => `l.push(${a});`),
  fc.tuple(flag, text(1)).map(([f, a]) => `if (${f}) { s = ${a}; }`),
  fc.tuple(flag, text(1), text(1)).map(([f, a, b]) => `if (${f}) { t = ${a}; } else { l.push(${b}); }`),
  list(1).map((a) => `for (const one of ${a}) { t += one; }`),
  list(0).map((a) => `${a}.forEach((one) => { l.push(one); });`),
);

const program = fc.tuple(fc.array(statement, { maxLength: 5 }), text(2)).map(
  ([statements, result]) => `const wrap = (value, end = "!") => value + end;
const pick = ({ first, second: other, ...rest }) => first + other + Object.keys(rest).length;
class Holder { constructor(text) { this.text = text; } value() { return this.text; } }
let s = "start";
let t = "";
const l = ["one"];
${statements.join("\n")}
const result = ${result};
`,
);

it("answers with what the program computes, where it claims to know", () => {
  let claimed = 0;
  fc.assert(
    fc.property(program, (source) => {
      const { texts, complete } = evaluated(`${source}export { result };`);
      if (!complete) return;
      claimed += 1;
      for (const flags of [
        [true, true],
        [true, false],
        [false, true],
        [false, false],
      ]) {
        const computed: unknown = runInNewContext(`${source}result`, { flags }, { timeout: 1000 });
        expect(texts).toContain(computed);
      }
    }),
    { numRuns: 800, seed: 4 },
  );
  // A claim that is never made would be no claim.
  expect(claimed).toBeGreaterThan(150);
}, 120_000);

it("knows where each character is written", () => {
  fc.assert(
    fc.property(program, (source) => {
      const whole = `${source}export { result };`;
      for (const chunk of evaluated(whole).chunks) {
        if (chunk.kind !== "text" || typeof chunk.at !== "number") continue;
        expect(whole.slice(chunk.at, chunk.at + chunk.text.length).toLowerCase()).toBe(
          chunk.text
            .replaceAll(".", ":")
            .toLowerCase()
            .replaceAll("+", chunk.text.includes("+") ? "+" : " "),
        );
      }
    }),
    { numRuns: 150, seed: 9 },
  );
});
