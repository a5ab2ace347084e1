/** `npm run new-rule <name>`: writes a rule, its tests and its page to start from, then the files that follow from them. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { ruleSkeleton } from "./rule-skeleton.js";
import { update } from "./update.js";

const root = new URL("../", import.meta.url);

const [name] = process.argv.slice(2);
if (name === undefined || !/^(?:no|require|prefer)(?:-[a-z]+)+$/.test(name)) {
  console.error("Usage: npm run new-rule <name>, such as no-unused-scope or require-pkce.");
  process.exit(2);
}

for (const [file, text] of Object.entries(ruleSkeleton(name))) {
  const path = fileURLToPath(new URL(file, root));
  const formatted = await format(text, { ...(await resolveConfig(path)), filepath: path });
  await mkdir(dirname(path), { recursive: true });
  // "wx": never over a rule that exists.
  await writeFile(path, formatted, { flag: "wx" });
  console.log(`wrote ${file}`);
}
await update({ check: false });
console.log("All of it passes as it is. Your words go where `…` and `example:read` stand.");
