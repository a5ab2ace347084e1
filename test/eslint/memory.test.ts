/** An editor lints for hours in one process: what one edit's picture was made with must go with it. */
import { rmSync } from "node:fs";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { linter } from "./languages.js";
import { project } from "./project.js";

const CLIENTS = Array.from(
  { length: 30 },
  (_, at) => `
export class Client${String(at)} {
  constructor(token) { this.token = token; }
  get(path) { return fetch("https://a.klaviyo.com/api" + path, { headers: { Authorization: "Bearer " + this.token } }); }
}
export const client${String(at)} = new Client${String(at)}("x");
export const lists${String(at)} = () => new Client${String(at)}("y").get("/lists");
`,
).join("");
const CALLER =
  'import { client1 } from "./clients.js";\nexport const profiles = () => client1.get("/profiles");\n';

it("holds on to nothing of earlier edits", { timeout: 60_000 }, async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const root = project({ "clients.js": CLIENTS, "caller.js": CALLER });
  const eslint = linter(root);
  const used = async (from: number, to: number): Promise<number> => {
    for (let edit = from; edit < to; edit++) {
      const text = `${CALLER}console.log(${String(edit)});\n`;
      await eslint.lintText(text, { filePath: path.join(root, "caller.js") });
    }
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = await used(0, 20);
  const after = await used(20, 80);
  // What one picture is made with takes about one megabyte here.
  expect((after - before) / 1e6).toBeLessThan(15);
  rmSync(root, { recursive: true });
});
