/**
 * Prints the outputs of action.yml: `name=value` lines, made from the JSON report.
 * Scopes are text of the analyzed code: JSON keeps each value on its line, whatever is in it.
 */
import { existsSync, readFileSync } from "node:fs";
import process from "node:process";

const [, , report = "", exitCode = "2"] = process.argv;
const put = (name, value) => process.stdout.write(`${name}=${value}\n`);
put("exit-code", exitCode);
if (existsSync(report)) {
  const { apps, findings } = JSON.parse(readFileSync(report, "utf8"));
  const active = findings.filter(({ suppressed }) => !suppressed);
  const count = (level) => active.filter(({ severity }) => severity === level).length;
  const sets = apps.map(({ name, root, configured, requested, needed, unused, missing }) => {
    return { name, root, configured, requested, needed, unused, missing };
  });
  put("errors", count("error"));
  put("warnings", count("warning"));
  put("apps", JSON.stringify(sets));
  put("report", report);
}
