/** What is read as often as it is changed costs what its length does, not the square of it. */
import { afterEach, expect, it, vi } from "vitest";
import { Program } from "../../src/link/program.js";
import { auditFiles } from "../detect/program.js";

type Write = (position: number) => string;

const writes: [string, string, Write][] = [
  [
    "functions beside it, called at once",
    "",
    (at) => `const add${String(at)} = () => { scopes.push("lists:read"); };\nadd${String(at)}();\n`,
  ],
  [
    "functions that run at any time, with readers between",
    'let token = "a";\n',
    (at) =>
      `export const set${String(at)} = () => { token = "t"; };\nexport const get${String(at)} = () => token + scopes;\n`,
  ],
];

afterEach(() => {
  vi.restoreAllMocks();
});

it.each(writes)("is in proportion for %s", async (_name, head, write) => {
  const looks = vi.spyOn(Program.prototype, "form");
  const cost = async (count: number): Promise<number> => {
    looks.mockClear();
    const all = Array.from({ length: count }, (_, at) => write(at)).join("");
    await auditFiles({
      "src/klaviyo.ts": `const scopes = ["accounts:read"];\n${head}${all}export const url = \`https://www.klaviyo.com/oauth/authorize?client_id=1&scope=\${scopes.join(" ")}\`;\n`,
    });
    return looks.mock.calls.length;
  };
  const few = await cost(100);
  expect((await cost(400)) / few).toBeLessThan(8);
});
