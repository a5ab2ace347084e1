import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../api/temporary.js";

const BIN = "bin/klaviyo-scope-audit.js";

it("says in a clone what is to be done before the first run, with the exit code of wrong usage", () => {
  const clone = temporaryFolder({
    "package.json": '{ "type": "module" }',
    [BIN]: readFileSync(BIN, "utf8"),
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(clone, BIN)], {
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: "",
    stderr: "error: klaviyo-scope-audit is not built.\n  Run npm run build first.\n",
  });
});
