/** HCL (Terraform `.tf` and `.tfvars`): blocks become maps nested by type and labels, attributes their entries. */
import type { MapExpression, Problem, Range, StringExpression } from "../form.js";
import { addProblem, MAX_DEPTH, MAX_PROBLEMS, TOO_DEEP, TOO_MANY, type Content } from "./content.js";
import { HclExpressions } from "./hcl-expressions.js";
import { HclError, HclScanner } from "./hcl-scanner.js";
import { readQuoted } from "./hcl-templates.js";
import { verbatimString } from "./placed-text.js";

export function lowerHcl(text: string): Content {
  return new HclReader(text).read();
}

class HclReader {
  private readonly problems: Problem[] = [];
  private readonly scanner: HclScanner;
  private readonly expressions: HclExpressions;

  constructor(private readonly text: string) {
    this.scanner = new HclScanner(text);
    this.expressions = new HclExpressions(this.scanner);
  }

  read(): Content {
    const data: MapExpression = { kind: "map", range: [0, this.text.length], entries: [] };
    const { scanner } = this;
    this.body(data, 0);
    // A body ends at a `}`; here there is none that it could close.
    while (scanner.character === "}" && !scanner.exhausted) {
      this.problem(new HclError("a `}` closes nothing", [scanner.position, scanner.position + 1]));
      scanner.position++;
      this.body(data, 0);
    }
    return { data, problems: this.problems, comments: scanner.comments };
  }

  /** Reads attributes and blocks up to a `}`, which it leaves, or the end. */
  private body(map: MapExpression, depth: number): void {
    const { scanner } = this;
    for (;;) {
      scanner.skip(true);
      if (scanner.done || scanner.character === "}" || scanner.exhausted) return;
      const before = scanner.position;
      try {
        this.item(map, depth);
      } catch (error) {
        if (!(error instanceof HclError)) throw error;
        this.problem(error);
        this.expressions.reset();
        // What is left of the line belongs to what could not be read.
        scanner.position = Math.max(scanner.lineEnd(), before + 1);
      }
    }
  }

  private item(map: MapExpression, depth: number): void {
    const { scanner } = this;
    scanner.spend();
    const start = scanner.position;
    const key = this.label() ?? scanner.fail("an attribute or a block is expected");
    scanner.skip(false);
    if (scanner.character === "=" && !scanner.at("==")) {
      scanner.position++;
      const value = this.expressions.read(false);
      map.entries.push({ kind: "value", range: [start, Math.max(value.range[1], scanner.position)], key, value });
      this.endOfItem();
      return;
    }
    const labels = [key];
    for (let label = this.label(); label; label = this.label()) {
      labels.push(label);
      scanner.skip(false);
    }
    const open = scanner.position;
    scanner.expect("{", "a block has no `{`");
    if (depth + labels.length >= MAX_DEPTH) scanner.fail(`a block is ${TOO_DEEP}`);
    const body: MapExpression = { kind: "map", range: [open, open + 1], entries: [] };
    this.body(body, depth + labels.length);
    const closed = scanner.accept("}");
    const end = scanner.position;
    body.range = [open, end];
    this.nest(map, labels, body, [start, end]);
    if (!closed) this.problem(new HclError("a block is not closed", [open, open + 1]));
  }

  private nest(map: MapExpression, labels: StringExpression[], body: MapExpression, range: Range): void {
    let parent = map;
    labels.forEach((key, index) => {
      const last = index === labels.length - 1;
      const value: MapExpression = last ? body : { kind: "map", range: [key.range[1], range[1]], entries: [] };
      parent.entries.push({ kind: "value", range: [key.range[0], range[1]], key, value });
      parent = value;
    });
  }

  /** A bare or quoted name at the cursor. */
  private label(): StringExpression | null {
    const { scanner } = this;
    const name = scanner.name();
    if (name) return verbatimString(this.text, name.range[0], name.range[1]);
    if (scanner.character !== '"') return null;
    const quoted = readQuoted(scanner, () => this.expressions.read(true));
    return quoted.kind === "string" ? quoted : scanner.fail("a label is no plain string");
  }

  private endOfItem(): void {
    const { scanner } = this;
    scanner.skip(false);
    if (!scanner.done && !/[\r\n},]/.test(scanner.character)) scanner.fail("a line goes on after its value");
    scanner.accept(",");
  }

  private problem(error: HclError): void {
    if (this.problems.length < MAX_PROBLEMS || error.message.includes(TOO_MANY))
      addProblem(this.problems, this.text, error.range, error.message, "Correct it; the rest of the file was read.");
  }
}
