/** Folders and files that are the project's own wherever it lies: `__dirname`, `import.meta.url`, `process.cwd()`. */
import type { ExternalValue, Value } from "./values.js";

const GLOBALS = /^(?:__dirname|__filename|import\.meta\.(?:url|dirname|dir|filename|path))$/;
const WHERE_STARTED = /^(?:process|Deno)\.cwd$/;

/** Whether a value is such a path, or the folder of one: `dirname(fileURLToPath(import.meta.url))`. */
export function isOfProject(value: Value): boolean {
  if (value.kind === "external") return value.module === "" && GLOBALS.test(value.path.join("."));
  if (value.kind !== "result") return false;
  if (isStartFolder(value.callee)) return true;
  if (!/^(?:dirname|fileURLToPath)$/.test(value.callee.path.at(-1) ?? "")) return false;
  const paths = value.args[0]?.() ?? [];
  return paths.length > 0 && paths.every(isOfProject);
}

function isStartFolder({ module, path }: ExternalValue): boolean {
  return /^(?:node:)?process$/.test(module)
    ? path.at(-1) === "cwd"
    : module === "" && WHERE_STARTED.test(path.join("."));
}
