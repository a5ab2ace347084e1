#!/usr/bin/env node
import module from "node:module";

// Node 20 has no compile cache.
module.enableCompileCache?.();
const { main } = await import("../dist/bundle/cli.js");
await main(process.argv.slice(2));
