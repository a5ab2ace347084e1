/**
 * JUnit XML. Errors are failures; warnings are skipped tests, so that a test report is red when the run's findings
 * are errors and still shows the rest. An app without findings is one passing test.
 */
import { visible } from "./safe.js";
import { activeFindings, audible } from "./summary.js";
import { place, severityOf } from "./words.js";
import type { FormatContext } from "./context.js";
import type { Report, ReportApp, ReportFinding } from "./types.js";

export function junit(given: Report, context: FormatContext): string {
  const report = audible(given, context);
  if (context.failure !== undefined) return failed(report, context.failure);
  const suites = report.apps.map((app) => suite(report, app));
  const totals = counts(activeFindings(report), report.apps.length);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    element("testsuites", { name: report.tool.name, ...totals, time: "0" }, suites),
    "",
  ].join("\n");
}

/** A test that could not be run is an error in JUnit's words, not a failure. */
function failed({ tool }: Report, message: string): string {
  const totals = { tests: "1", failures: "0", errors: "1", skipped: "0", time: "0" };
  const error = element("error", { message }, [escapeXml(message)]);
  const test = element("testcase", { name: "audit", classname: tool.name, time: "0" }, [error]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    element("testsuites", { name: tool.name, ...totals }, [
      element("testsuite", { name: tool.name, ...totals }, [test]),
    ]),
    "",
  ].join("\n");
}

function suite(report: Report, app: ReportApp): string {
  const findings = activeFindings(report).filter((finding) => finding.app === app.name);
  const cases = findings.map(testcase);
  if (cases.length === 0) {
    cases.push(element("testcase", { name: "no findings", classname: app.name, time: "0" }, []));
  }
  const skipped = report.skipped.map(({ file, reason }) => `${file} was not audited: ${reason}`);
  return element("testsuite", { name: app.name, ...counts(findings, 1), time: "0" }, [
    ...cases,
    ...(skipped.length > 0 ? [element("system-err", {}, skipped.map(escapeXml))] : []),
  ]);
}

/** `least`: each app without findings has its one passing test. */
function counts(findings: readonly ReportFinding[], least: number): Record<string, string> {
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const apps = new Set(findings.map((finding) => finding.app)).size;
  return {
    tests: String(findings.length + Math.max(0, least - apps)),
    failures: String(errors),
    errors: "0",
    skipped: String(findings.length - errors),
  };
}

function testcase(finding: ReportFinding): string {
  const attributes = { name: `${finding.rule} at ${place(finding)}`, classname: finding.file, time: "0" };
  const message = { message: finding.message, ...(finding.severity === "error" && { type: finding.rule }) };
  const details = [
    `${severityOf(finding)} ${finding.rule}`,
    `at ${place(finding)}`,
    finding.message,
    ...finding.related.map((related) => `${place(related)}: ${related.message}`),
    ...finding.suggestions.map((suggestion) => `suggestion: ${suggestion.description}`),
  ];
  const outcome = finding.severity === "error" ? "failure" : "skipped";
  return element("testcase", attributes, [element(outcome, message, details.map(escapeXml))]);
}

/** `children` are XML already. */
function element(name: string, attributes: Record<string, string>, children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const start = `<${name}${written.join("")}`;
  return children.length === 0 ? `${start}/>` : `${start}>\n${children.join("\n")}\n</${name}>`;
}

/** Characters that XML 1.0 cannot hold are spelled out, never dropped. */
function escapeXml(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");
}
