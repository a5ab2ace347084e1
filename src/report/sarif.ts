/** SARIF 2.1.0 (OASIS standard), for code scanning. */
import { inRepository } from "./context.js";
import { SourceLines } from "./excerpt.js";
import { fingerprints } from "./fingerprint.js";
import { pathToUri, safeJson, visible } from "./safe.js";
import { audible } from "./summary.js";
import type {
  ArtifactLocation,
  CodeFlow,
  Fix,
  Location,
  Log,
  Notification,
  Region,
  ReportingDescriptor,
  Result,
  Run,
} from "sarif";
import type { FormatContext } from "./context.js";
import type { Position, Report, ReportEdit, ReportFinding, ReportRequest, Span } from "./types.js";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HOME = "https://www.npmjs.com/package/eslint-plugin-klaviyo-scopes";
/** The name code scanning knows for the repository's top; without a URI, so that no machine path is told. */
const BASE = "%SRCROOT%";
const SKIPPED = "skipped-file";
// A line longer than this is generated code: its text helps nobody.
const LONGEST_SNIPPET = 1000;

export function sarif(given: Report, context: FormatContext): string {
  const report = audible(given, context);
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [new SarifRun(report, context).run()] };
  return `${safeJson(log, 2)}\n`;
}

class SarifRun {
  readonly #lines: SourceLines;
  readonly #rules: string[];

  constructor(
    private readonly report: Report,
    private readonly context: FormatContext,
  ) {
    this.#lines = new SourceLines(context);
    this.#rules = [...new Set(report.findings.map((finding) => finding.rule))].sort();
  }

  run(): Run {
    const { report, context } = this;
    const prints = fingerprints(report.findings, context);
    return {
      tool: {
        driver: {
          name: report.tool.name,
          version: report.tool.version,
          semanticVersion: report.tool.version,
          informationUri: HOME,
          rules: this.#rules.map((rule) => this.#rule(rule)),
          notifications: [
            { id: SKIPPED, name: "SkippedFile", shortDescription: { text: "A file could not be audited." } },
          ],
          properties: { catalogRevision: report.tool.catalogRevision },
        },
      },
      invocations: [
        {
          executionSuccessful: context.failure === undefined,
          toolExecutionNotifications:
            context.failure === undefined
              ? report.skipped.map((skipped) => this.#skipped(skipped))
              : [{ level: "error", message: plainText(context.failure) }],
        },
      ],
      originalUriBaseIds: { [BASE]: { description: { text: "The top of the audited repository." } } },
      columnKind: "utf16CodeUnits",
      results: report.findings.map((finding, index) => this.#result(finding, prints[index] ?? "")),
    };
  }

  #rule(name: string): ReportingDescriptor {
    const docs = this.context.ruleDocs(name);
    const description = docs?.description ?? name;
    const sentence = `${description}.`;
    const help = docs?.help ?? sentence;
    const level = docs?.level ?? "error";
    return {
      id: name,
      name: name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      shortDescription: { text: sentence },
      fullDescription: { text: sentence },
      help: { text: help, markdown: help },
      ...(docs?.url != null && { helpUri: docs.url }),
      defaultConfiguration: {
        enabled: level !== "off",
        level: level === "error" ? "error" : "warning",
      },
      properties: { tags: ["oauth", "klaviyo"] },
    };
  }

  #result(finding: ReportFinding, print: string): Result {
    const { app, scope, operation, confidence } = finding;
    const codeFlow = this.#codeFlow(finding);
    const fixes = this.#fixes(finding);
    return {
      ruleId: finding.rule,
      ruleIndex: this.#rules.indexOf(finding.rule),
      level: finding.severity,
      kind: "fail",
      message: plainText(finding.message),
      locations: [this.#location(finding)],
      relatedLocations: finding.related.map((related, index) => ({
        id: index,
        ...this.#location(related),
        message: plainText(related.message),
      })),
      ...(codeFlow !== undefined && { codeFlows: [codeFlow] }),
      // The first is what code scanning compares; the second says whose it is.
      partialFingerprints: {
        primaryLocationLineHash: `${print.slice(0, 16)}:1`,
        "klaviyoScopeAudit/v1": print,
      },
      // Either all results have suppressions or none (SARIF 3.27.23).
      suppressions: finding.suppressed
        ? [
            {
              kind: "inSource",
              ...(finding.suppressionReason !== null && {
                justification: visible(finding.suppressionReason),
              }),
            },
          ]
        : [],
      ...(fixes.length > 0 && { fixes }),
      properties: { app: visible(app), scope: scope && visible(scope), operation, confidence },
    };
  }

  #artifact(file: string): ArtifactLocation {
    return { uri: pathToUri(inRepository(file, this.context)), uriBaseId: BASE };
  }

  #location(position: Position | Span): Location {
    const line = this.#lines.line(position.file, position.line);
    const shown = line !== undefined && line !== "" && line.length <= LONGEST_SNIPPET;
    return {
      physicalLocation: {
        artifactLocation: this.#artifact(position.file),
        region: { ...regionOf(position), ...(shown && snippetOf(position, line)) },
        ...(shown && {
          contextRegion: {
            startLine: position.line,
            endLine: Math.max(position.line, "endLine" in position ? position.endLine : 0),
            snippet: { text: line },
          },
        }),
      },
    };
  }

  /** How the list that the finding is about reaches Klaviyo. */
  #codeFlow(finding: ReportFinding): CodeFlow | undefined {
    const request = this.report.requests.find((candidate) => isAbout(finding, candidate));
    if (request?.site == null) return undefined;
    const steps = [
      { ...spanOnly(request), message: "The list is written here." },
      ...request.flow,
      { ...request.site, message: "It goes to Klaviyo here." },
    ];
    const locations = steps.map((step) => ({
      location: { ...this.#location(step), message: plainText(step.message) },
    }));
    return { threadFlows: [{ locations }] };
  }

  #fixes(finding: ReportFinding): Fix[] {
    const fix = finding.fix === null ? [] : [{ description: "Apply the fix.", edits: finding.fix }];
    return [...fix, ...finding.suggestions].map(({ description, edits }) => ({
      description: plainText(description),
      artifactChanges: [...new Set(edits.map((edit) => edit.file))].map((file) => ({
        artifactLocation: this.#artifact(file),
        replacements: edits.filter((edit) => edit.file === file).map(replacementOf),
      })),
    }));
  }

  #skipped({ file, reason }: Report["skipped"][number]): Notification {
    return {
      descriptor: { id: SKIPPED, index: 0 },
      level: "warning",
      message: plainText(`${file} was not audited: ${reason}`),
      locations: [{ physicalLocation: { artifactLocation: this.#artifact(file) } }],
    };
  }
}

/** A message in which nothing of the analyzed code can become a link (SARIF 3.11.6). */
function plainText(text: string): { text: string } {
  return { text: visible(text).replaceAll("](", "\\](") };
}

function regionOf(position: Position | Span): Region {
  const start = { startLine: position.line, startColumn: position.column };
  return "endLine" in position
    ? { ...start, endLine: position.endLine, endColumn: position.endColumn }
    : start;
}

/** The characters of a region within one line. */
function snippetOf(position: Position | Span, line: string): Pick<Region, "snippet"> {
  const text =
    "endLine" in position && position.endLine === position.line
      ? line.slice(position.column - 1, position.endColumn - 1)
      : "";
  return text === "" ? {} : { snippet: { text } };
}

const replacementOf = (edit: ReportEdit): Fix["artifactChanges"][number]["replacements"][number] => ({
  deletedRegion: regionOf(edit),
  ...(edit.text !== "" && { insertedContent: { text: edit.text } }),
});

function spanOnly({ file, line, column, endLine, endColumn }: Span): Span {
  return { file, line, column, endLine, endColumn };
}

/** The finding stands in the request's list, or at its site. */
function isAbout(finding: ReportFinding, request: ReportRequest): boolean {
  const { site } = request;
  const atSite =
    site !== null &&
    site.file === finding.file &&
    site.line === finding.line &&
    site.column === finding.column;
  const inScopes = request.scopes.some(
    (scope) => scope.file === finding.file && scope.line === finding.line && scope.column === finding.column,
  );
  return request.app === finding.app && (atSite || inScopes || contains(request, finding));
}

function contains(outer: Span, inner: Span): boolean {
  const startsBefore = outer.line < inner.line || (outer.line === inner.line && outer.column <= inner.column);
  const endsAfter =
    outer.endLine > inner.endLine || (outer.endLine === inner.endLine && outer.endColumn >= inner.endColumn);
  return outer.file === inner.file && startsBefore && endsAfter;
}
