/** docs/limits.md: of every example the audit says that it does not know all, and nothing more than that is claimed. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { auditFiles } from "../detect/program.js";

const page = readFileSync(new URL("../../docs/limits.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^```(ts|js|vue)\n([^]*?)^```$/gm)].map(
  ([, language = "", code = ""]) => ({
    language,
    code,
  }),
);

it("has examples", () => {
  expect(examples.length).toBeGreaterThan(5);
});

it.each(examples)("$code", async ({ language, code }) => {
  const { apps, requests, apiCalls } = await auditFiles({ [`src/main.${language}`]: code });
  const [app] = apps;
  expect(app?.requestsComplete === false || app?.callsComplete === false).toBe(true);
  expect([...requests, ...apiCalls].flatMap(({ unresolved }) => unresolved)).not.toEqual([]);
});
