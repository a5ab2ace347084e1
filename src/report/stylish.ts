/** The terminal format: each finding with its code, then per app the table of scopes, then what to do next. */
import stringWidth from "./width.js";
import { SourceLines } from "./excerpt.js";
import { matrix, type Cell, type MatrixRow } from "./matrix.js";
import { noCommands, visible } from "./safe.js";
import {
  activeFindings,
  audible,
  hasNoRequest,
  nextSteps,
  noFindings,
  NO_REQUEST,
  totalsOf,
  unresolvedOf,
} from "./summary.js";
import { Terminal } from "./terminal.js";
import { andMore, count, fixInWords, severityOf } from "./words.js";
import type { Excerpt } from "./excerpt.js";
import type { FormatContext } from "./context.js";
import type { Report, ReportApp, ReportFinding, ReportUnresolved } from "./types.js";

const MOST_RELATED = 4;
const MOST_PLACES = 5;

export function stylish(given: Report, context: FormatContext): string {
  const report = audible(given, context);
  const view = new Stylish(report, context);
  const blocks = report.apps.flatMap((app) => view.app(app));
  const text = `${[...blocks, ...view.skipped(), view.closing()].join("\n\n")}\n`;
  return noCommands(context.unicode === false ? text.replaceAll("…", "~").replaceAll("·", "-") : text);
}

class Stylish {
  readonly #terminal: Terminal;
  readonly #lines: SourceLines;

  constructor(
    private readonly report: Report,
    private readonly context: FormatContext,
  ) {
    this.#terminal = new Terminal(context);
    this.#lines = new SourceLines(context);
  }

  /** The blocks of one app. */
  app(app: ReportApp): string[] {
    const findings = activeFindings(this.report).filter((finding) => finding.app === app.name);
    return [
      ...(this.report.apps.length > 1 ? [this.#appHeading(app)] : []),
      ...findings.map((finding) => this.#finding(finding)),
      ...this.#table(app),
      ...this.#remarks(app),
    ];
  }

  #appHeading(app: ReportApp): string {
    const { chalk, marks, width } = this.#terminal;
    const name = visible(app.name);
    const root = app.root === "." ? "" : `  ${visible(app.root)}`;
    const start = marks.rule.repeat(2);
    const line = marks.rule.repeat(Math.max(2, width - stringWidth(`${start} ${name}${root} `)));
    if (stringWidth(name + root) > width - 8)
      return this.#terminal.hanging(`${start} `, name + root, chalk.bold);
    return `${chalk.dim(start)} ${chalk.bold(name)}${chalk.dim(`${root} ${line}`)}`;
  }

  #finding(finding: ReportFinding): string {
    const { chalk, marks, code } = this.#terminal;
    const color = finding.severity === "error" ? chalk.red : chalk.yellow;
    const related = finding.related.slice(0, MOST_RELATED);
    const hidden = finding.related.length - related.length;
    return [
      this.#findingHead(finding),
      this.#terminal.hanging("  ", finding.message, code),
      ...this.#code(finding, color),
      ...related.map((other) => this.#placeLine(chalk.dim(`  ${marks.arrow} `), other, other.message)),
      ...(hidden > 0 ? [chalk.dim(`    ${andMore(hidden)}`)] : []),
      ...this.#hints(finding),
    ].join("\n");
  }

  #findingHead(finding: ReportFinding): string {
    const { chalk, marks, width } = this.#terminal;
    const color = finding.severity === "error" ? chalk.red : chalk.yellow;
    const severity = `${marks[finding.severity]} ${severityOf(finding)}`;
    const rule = visible(finding.rule);
    const where = `${finding.file}:${String(finding.line)}:${String(finding.column)}`;
    const fits = stringWidth(`${severity}  ${rule}  ${visible(where)}`) <= width;
    const url = this.context.ruleDocs(finding.rule)?.url ?? null;
    const head = `${color.bold(severity)}  ${this.#terminal.link(chalk.bold(rule), url)}`;
    return `${head}${fits ? "  " : "\n  "}${this.#terminal.place(finding)}`;
  }

  #code(finding: ReportFinding, color: (text: string) => string): string[] {
    const { chalk, marks, width } = this.#terminal;
    const gutter = String(finding.line).length + 4;
    const excerpt = this.#lines.excerpt(finding, width - gutter - 3);
    if (excerpt === undefined) return [];
    const indent = " ".repeat(stringWidth(excerpt.before));
    const under = marks.under.repeat(Math.max(1, stringWidth(excerpt.token)));
    const rest = excerpt.continues ? chalk.dim(` to line ${String(finding.endLine)}`) : "";
    const tooLong = stringWidth(indent + under) + 16 > width - gutter - 3;
    return [
      "",
      `    ${chalk.dim(`${String(finding.line)} ${marks.bar}`)} ${this.#paint(excerpt, color)}`,
      `${" ".repeat(gutter)} ${chalk.dim(marks.bar)} ${indent}${color(under)}${tooLong ? "" : rest}`,
    ];
  }

  #paint(excerpt: Excerpt, color: (text: string) => string): string {
    return `${excerpt.before}${color(excerpt.token)}${excerpt.after}`;
  }

  #hints(finding: ReportFinding): string[] {
    const { chalk, marks, code } = this.#terminal;
    const fix = finding.fix === null ? [] : [`fix: ${fixInWords(finding, finding.fix)} (--fix does it)`];
    const hints = finding.suggestions.map((suggestion) => `suggestion: ${suggestion.description}`);
    return [...fix, ...hints.slice(0, 3)].map((hint) =>
      this.#terminal.hanging(chalk.green(`  ${marks.hint} `), hint, (line) => chalk.green(code(line))),
    );
  }

  /** A place and its phrase on one line, on two where they are too long. */
  #placeLine(
    start: string,
    position: ReportUnresolved | ReportFinding["related"][number],
    text: string,
  ): string {
    const { width, chalk } = this.#terminal;
    const shown = this.#terminal.place(position);
    const used = stringWidth(start) + stringWidth(shown) + 2;
    const phrase = this.#terminal.wrap(text, Math.max(24, width - used));
    if (phrase.length === 1 && used + stringWidth(phrase[0] ?? "") <= width) {
      return `${start}${shown}  ${chalk.dim(phrase[0] ?? "")}`;
    }
    return `${start}${shown}\n${this.#terminal.hanging(" ".repeat(stringWidth(start)), text, chalk.dim)}`;
  }

  #table(app: ReportApp): string[] {
    const rows = matrix(this.report, app, this.context);
    if (rows.length === 0) return [];
    const { chalk, marks, width } = this.#terminal;
    const columns = ["configured", "requested", "needed"] as const;
    const widths = columns.map((name) =>
      Math.max(name.length, ...rows.map((row) => row[name].word.length + 2)),
    );
    const room = width - 2 - widths.reduce((sum, value) => sum + value + 2, 0);
    const scopeWidth = Math.min(room, Math.max(12, ...rows.map((row) => stringWidth(visible(row.scope)))));
    const pad = (text: string, columnsWide: number): string =>
      text + " ".repeat(Math.max(0, columnsWide - stringWidth(text)));
    const head = ["Scope", "Configured", "Requested", "Needed"].map((name, index) =>
      pad(name, [scopeWidth, ...widths][index] ?? 0),
    );
    const line = (row: MatrixRow): string => {
      const full = visible(row.scope);
      const fits = stringWidth(full) <= scopeWidth;
      const name = fits ? full : `${this.#terminal.wrap(full, scopeWidth - 1)[0] ?? ""}…`;
      const cells = columns.map((column, index) => this.#cell(row[column], widths[index] ?? 0));
      return `  ${row.attention ? chalk.bold(pad(name, scopeWidth)) : pad(name, scopeWidth)}  ${cells.join("  ")}`;
    };
    const total = scopeWidth + widths.reduce((sum, value) => sum + value + 2, 0);
    return [
      [
        chalk.bold(`  ${head.join("  ").trimEnd()}`),
        chalk.dim(`  ${marks.rule.repeat(total)}`),
        ...rows.map((row) => line(row).trimEnd()),
      ].join("\n"),
    ];
  }

  #cell(cell: Cell, width: number): string {
    const { chalk, marks } = this.#terminal;
    const text = `${marks[cell.mark]} ${cell.word}`;
    const paint = { yes: chalk.green, no: chalk.dim, attention: chalk.yellow.bold, unsure: chalk.dim }[
      cell.mark
    ];
    return paint(text) + " ".repeat(Math.max(0, width - text.length));
  }

  #remarks(app: ReportApp): string[] {
    const { chalk, marks } = this.#terminal;
    const { requests, calls } = unresolvedOf(this.report, app);
    const remarks: string[] = [];
    if (hasNoRequest(this.report, app)) {
      remarks.push(
        this.#terminal.hanging(chalk.yellow.bold(`${marks.attention} `), NO_REQUEST, chalk.yellow.bold),
      );
    } else if (app.configured === null) {
      const hint = "The configured set is not declared, so it could not be compared.";
      remarks.push(this.#terminal.hanging(`${marks.unsure} `, hint, chalk.dim));
    }
    remarks.push(
      ...this.#unresolved(requests, "part of a request", "parts of requests"),
      ...this.#unresolved(calls, "API call", "API calls"),
    );
    if (app.note !== null) remarks.push(this.#terminal.hanging("Note: ", app.note));
    return remarks.length === 0 ? [] : [remarks.join("\n")];
  }

  #unresolved(places: readonly ReportUnresolved[], one: string, many: string): string[] {
    if (places.length === 0) return [];
    const { chalk, marks } = this.#terminal;
    const shown = places.slice(0, MOST_PLACES);
    const hidden = places.length - shown.length;
    return [
      this.#terminal.hanging(`${marks.unsure} `, `${count(places.length, one, many)} could not be resolved:`),
      ...shown.map((place) => this.#placeLine("    ", place, `it is ${place.reason}`)),
      ...(hidden > 0 ? [chalk.dim(`    … ${andMore(hidden)}`)] : []),
    ];
  }

  /** Files that could not be audited, with the reason. */
  skipped(): string[] {
    const { skipped } = this.report;
    if (skipped.length === 0) return [];
    const { chalk, marks } = this.#terminal;
    const shown = skipped.slice(0, MOST_PLACES * 2);
    const hidden = skipped.length - shown.length;
    return [
      [
        chalk.yellow(`${marks.attention} ${count(skipped.length, "file was", "files were")} not audited:`),
        ...shown.map(({ file, reason }) => this.#terminal.hanging("    ", `${file}: ${reason}`)),
        ...(hidden > 0 ? [chalk.dim(`    … ${andMore(hidden)}`)] : []),
      ].join("\n"),
    ];
  }

  /** Totals, and what to do next. */
  closing(): string {
    const { chalk, marks, code } = this.#terminal;
    const { errors, warnings, lowConfidence, suppressed } = totalsOf(this.report);
    const all = errors + warnings;
    const aside = [
      ...(lowConfidence > 0 ? [`${String(lowConfidence)} of low confidence`] : []),
      ...(suppressed > 0 ? [`${String(suppressed)} suppressed`] : []),
      `${count(this.report.apps.length, "app")}, ${count(this.report.stats.files, "file")}`,
    ];
    const verdict =
      all === 0
        ? chalk.green.bold(`${marks.yes} ${noFindings(this.context)}`)
        : (errors > 0 ? chalk.red : chalk.yellow).bold(
            `${marks[errors > 0 ? "error" : "warning"]} ${count(all, "finding")}: ${count(errors, "error")}, ${count(warnings, "warning")}`,
          );
    const steps = nextSteps(this.report).map((step) => this.#terminal.hanging("  ", step, code));
    return [verdict, chalk.dim(`  ${aside.join(" · ")}`), ...steps].join("\n");
  }
}
