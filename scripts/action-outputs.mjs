/**
 * Prints the outputs of action.yml: `name=value` lines, made from the JSON report.
 * Scopes are text of the analyzed code: JSON keeps each value on its line, whatever is in it.
 */
import { existsSync, readFileSync } from "node:fs";

const [, , report = "", exitCode = "2"] = process.argv;
console.log(`exit-code=${exitCode}`);
if (existsSync(report)) {
  const { apps, findings } = JSON.parse(readFileSync(report, "utf8"));
  const active = findings.filter(({ suppressed }) => !suppressed);
  const count = (level) => active.filter(({ severity }) => severity === level).length;
  const sets = apps.map(({ name, root, configured, requested, needed, unused, missing }) => {
    return { name, root, configured, requested, needed, unused, missing };
  });
  console.log(`errors=${count("error")}`);
  console.log(`warnings=${count("warning")}`);
  console.log(`apps=${JSON.stringify(sets)}`);
  console.log(`report=${report}`);
}
