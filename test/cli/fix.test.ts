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

it.each([
  [
    "commas it is split at",
    `"profiles:read,lists:read".split(",")`,
    `"accounts:read,profiles:read,lists:read"`,
  ],
  [
    "pipes it is split at",
    `"profiles:read|lists:read".split("|")`,
    `"accounts:read|profiles:read|lists:read"`,
  ],
])("puts a scope in by the %s", async (_, list, fixed) => {
  const code = `const S = ${list};\nexport const url = "${AUTHORIZE}" + S.join("%20");`;
  expect(await diffOf(code)).toContain(`+const S = ${fixed}`);
});

it.each([
  ["accounts:read%2Clists:read", "accounts:read%20lists:read"],
  ["accounts%3Aread,lists%3Aread", "accounts%3Aread%20lists%3Aread"],
  ["accounts:read,lists:read", "accounts:read lists:read"],
])("separates %s as the URL around it is written", async (list, fixed) => {
  expect(await diffOf(`export const url = "${AUTHORIZE}${list}&redirect_uri=x";`)).toContain(
    `scope=${fixed}&`,
  );
});

it("takes a plus that is encoded once more for no space, and one in a URL for one", async () => {
  const url = (scope: string): string => `export const url = "${AUTHORIZE}" + ${scope};`;
  expect(await diffOf(url(`encodeURIComponent("accounts:read+lists:read")`))).toContain(
    `("accounts:read lists:read")`,
  );
  expect(await diffOf(url(`"accounts:read+lists:read"`))).not.toContain("accounts:read lists:read");
});
