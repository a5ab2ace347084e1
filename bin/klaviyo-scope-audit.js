#!/usr/bin/env node
import { existsSync } from "node:fs";
import module from "node:module";

const bundle = new URL("../dist/bundle/cli.js", import.meta.url);
if (existsSync(bundle)) {
  // Node 20 has no compile cache.
  module.enableCompileCache?.();
  const { main } = await import(bundle.href);
  await main(process.argv.slice(2));
} else {
  // In a clone of the repository: the published package has it. Exit code 1 would mean findings.
  process.stderr.write("error: klaviyo-scope-audit is not built.\n  Run npm run build first.\n");
  process.exitCode = 2;
}
