/** What `--fix` must leave alone: a text that is written once and sent in many places. */
import { expect, it } from "vitest";
import { temporaryFolder } from "../api/temporary.js";
import { runIn } from "./terminal.js";

const AUTHORIZE =
  "https://www.klaviyo.com/oauth/authorize?client_id=1&code_challenge=x&code_challenge_method=S256&scope=";

async function diffOf(code: string): Promise<string> {
  const folder = temporaryFolder({ "auth.js": `${code}\n` });
  return (await runIn(folder, ["--fix-dry-run"])).stdout;
}

it.each([
  ["an empty item", `const S = ["accounts:read", "lists:read", ""];`, 'S.join(" ")'],
  ["one at the start", `const S = ["", "accounts:read", "lists:read"];`, 'S.join(",")'],
  ["a line's end", String.raw`const S = "accounts:read\nlists:read\n".split("\n");`, 'S.join(" ")'],
])("takes no separator away from between the items for %s", async (_, list, joined) => {
  expect(await diffOf(`${list}\nexport const url = "${AUTHORIZE}" + ${joined};`)).not.toContain('join("")');
});

it("still takes a space from the end of a text", async () => {
  expect(await diffOf(`export const url = "${AUTHORIZE}" + "accounts:read lists:read ";`)).toContain(
    '+ "accounts:read lists:read";',
  );
});

it("inserts no scope where it would run together with the next", async () => {
  const code = `const S = "lists:read events:write".split(" ");\nexport const url = "${AUTHORIZE}" + S.join("");`;
  expect(await diffOf(code)).not.toContain("accounts:read ");
});
