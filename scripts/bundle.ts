/**
 * The last step of `npm run build`: the three entries with all modules of ours in a few files. Node takes about half a
 * millisecond for each module it loads, of which there are two hundred; packages and what is loaded on demand stay apart.
 */
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));
const outdir = `${root}dist/bundle`;

rmSync(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: {
    eslint: "dist/src/eslint/index.js",
    audit: "dist/src/api/index.js",
    cli: "dist/src/cli/main.js",
  },
  outdir,
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  packages: "external",
  platform: "node",
  format: "esm",
  // What the lowest Node of package.json knows.
  target: "node20.19",
  logLevel: "warning",
});
