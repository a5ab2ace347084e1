/** What overflows the stack in spite of all budgets is told, and all else is audited. */
import { afterEach, expect, it, vi } from "vitest";
import { analyze } from "../../src/api/analyze.js";
import { Evaluator } from "../../src/evaluate/evaluator.js";
import { project } from "../eslint/project.js";

afterEach(() => {
  vi.restoreAllMocks();
});

const call = (path: string): string =>
  `export const load = (token) =>\n  fetch("https://a.klaviyo.com/api/${path}", { headers: { Authorization: \`Bearer \${token}\` } });\n`;

it("tells what could not be followed, and goes on", async () => {
  const root = project({ "deep.js": call("lists"), "plain.js": call("profiles") });
  const evaluate = Reflect.get<Evaluator, "evaluate">(Evaluator.prototype, "evaluate");
  vi.spyOn(Evaluator.prototype, "evaluate").mockImplementation(function (this: Evaluator, node, frame) {
    if (frame.file === "deep.js" && node.kind === "template") return endlessly();
    return Reflect.apply(evaluate, this, [node, frame]);
  });
  const { report, diagnostics } = await analyze({ root });
  expect(report.apiCalls.map(({ operation }) => operation)).toEqual(["get_profiles"]);
  expect(diagnostics).toMatchObject([
    { file: "deep.js", line: 2, column: 3, message: expect.stringContaining("nests too deeply") as string },
  ]);
});

it("takes no other error for it", async () => {
  const root = project({ "plain.js": call("profiles") });
  vi.spyOn(Evaluator.prototype, "evaluate").mockImplementation(() => {
    throw new RangeError("Invalid array length");
  });
  await expect(analyze({ root })).rejects.toThrow("Invalid array length");
});

function endlessly(): never {
  return endlessly();
}
