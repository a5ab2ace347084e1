// Loaded with `node --import`: writes the URLs of all modules that the program loads to the file that RECORD names.
import { appendFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";

const hook = `
  import { appendFileSync } from "node:fs";
  export async function load(url, context, next) {
    appendFileSync(${JSON.stringify(process.env.RECORD)}, url + "\\n");
    return next(url, context);
  }`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

// What CommonJS modules require passes no such hook.
const require = createRequire(import.meta.url);
process.on("exit", () => {
  for (const file of Object.keys(require.cache))
    appendFileSync(process.env.RECORD, `${pathToFileURL(file).href}\n`);
});
