/** What goes to stdout when a run fails: programs that read it must still find what they can parse. */
import { packageVersion } from "../api/version.js";
import { safeJson } from "../report/safe.js";
import { isMachineFormat, loadFormat, checkFormats } from "./formats.js";
import type { Report } from "../report/types.js";

/** The document of the format that the arguments ask for, without findings, and with the failure where it can hold that; "" where a person reads stdout. */
export async function failureOutput(argv: readonly string[], message: string): Promise<string> {
  const command = argv.find((argument) => !argument.startsWith("-"));
  if (command === "extract" || (command !== "audit" && argv.includes("--json"))) {
    return `${safeJson({ error: message })}\n`;
  }
  const machine = askedFormats(argv).find(isMachineFormat);
  if (machine === undefined) return "";
  const [name] = checkFormats([machine]);
  if (name === undefined) return "";
  const format = await loadFormat(name);
  return format(failedReport(message), {
    source: () => undefined,
    color: false,
    width: 80,
    hyperlinks: false,
    ruleDocs: () => undefined,
    failure: message,
  });
}

/** Nothing was audited, and why: said where a reader of the report looks for what is missing in it. */
function failedReport(message: string): Report {
  return {
    schemaVersion: 1,
    tool: { name: "klaviyo-scope-audit", version: packageVersion(), catalogRevision: "" },
    apps: [],
    requests: [],
    apiCalls: [],
    findings: [],
    skipped: [{ file: ".", reason: message }],
    stats: { files: 0, parsed: 0, bytes: 0 },
  };
}

/** Read without commander: it may be what failed. */
function askedFormats(argv: readonly string[]): string[] {
  return argv
    .flatMap((argument, index) => {
      if (argument === "--format" || argument === "-f") return [argv[index + 1] ?? ""];
      return argument.startsWith("--format=") ? [argument.slice("--format=".length)] : [];
    })
    .flatMap((value) => value.split(","));
}
