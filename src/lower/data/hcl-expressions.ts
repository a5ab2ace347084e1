/** HCL expressions. Functions such as `join` are calls of global names; what Terraform alone can know is unknown. */
import type { Expression, MapEntry, Range, StringExpression } from "../form.js";
import { MAX_DEPTH, numberNode, TOO_DEEP, unknown } from "./content.js";
import type { HclScanner } from "./hcl-scanner.js";
import { readHeredoc, readQuoted } from "./hcl-templates.js";
import { verbatimString } from "./placed-text.js";

/** Binary operators by how tightly they bind, loosest first. */
const OPERATORS = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

const KEYWORDS = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

export class HclExpressions {
  private depth = 0;

  constructor(private readonly scanner: HclScanner) {}

  /** Reads one expression; `lineBreaks` tells whether it may go on over lines, as inside brackets. */
  read(lineBreaks: boolean): Expression {
    const { scanner } = this;
    if (this.depth >= MAX_DEPTH) scanner.fail(`an expression is ${TOO_DEEP}`);
    this.depth++;
    const condition = this.binary(0, lineBreaks);
    const afterCondition = scanner.position;
    scanner.skip(lineBreaks);
    let value = condition;
    if (scanner.accept("?")) {
      const then = this.read(true);
      scanner.skip(true);
      scanner.expect(":", "a conditional has no `:`");
      const otherwise = this.read(lineBreaks);
      const range: Range = [condition.range[0], otherwise.range[1]];
      value = { kind: "conditional", range, test: condition, then, else: otherwise };
    } else {
      scanner.position = afterCondition;
    }
    this.depth--;
    return value;
  }

  /** Back to the outermost level, after a failure. */
  reset(): void {
    this.depth = 0;
  }

  private binary(level: number, lineBreaks: boolean): Expression {
    const operators = OPERATORS[level];
    if (!operators) return this.unary(lineBreaks);
    let left = this.binary(level + 1, lineBreaks);
    for (let count = 0; ; count++) {
      const { scanner } = this;
      const before = scanner.position;
      scanner.skip(lineBreaks);
      const operator = operators.find((candidate) => scanner.accept(candidate));
      if (operator === undefined) {
        scanner.position = before;
        return left;
      }
      if (count >= MAX_DEPTH) scanner.fail(`an expression is ${TOO_DEEP}`);
      const right = this.binary(level + 1, lineBreaks);
      left = { kind: "binary", range: [left.range[0], right.range[1]], operator, left, right };
    }
  }

  private unary(lineBreaks: boolean): Expression {
    const { scanner } = this;
    scanner.skip(lineBreaks);
    const start = scanner.position;
    const { character } = scanner;
    if (character !== "!" && character !== "-") return this.postfix(lineBreaks);
    scanner.position++;
    if (this.depth >= MAX_DEPTH) scanner.fail(`an expression is ${TOO_DEEP}`);
    this.depth++;
    const argument = this.unary(lineBreaks);
    this.depth--;
    return { kind: "unary", range: [start, argument.range[1]], operator: character, argument };
  }

  private postfix(lineBreaks: boolean): Expression {
    const { scanner } = this;
    let value = this.primary(lineBreaks);
    for (let count = 0; ; count++) {
      if (count >= MAX_DEPTH) scanner.fail(`an expression is ${TOO_DEEP}`);
      const [start] = value.range;
      if (scanner.at("...")) return value;
      if (scanner.accept(".*") || scanner.accept("[*]")) {
        value = unknown([start, scanner.position], "splat", [value]);
      } else if (scanner.accept(".")) {
        const name = scanner.name() ?? scanner.number() ?? scanner.fail("a name is expected after `.`");
        const property = verbatimString(scanner.text, name.range[0], name.range[1]);
        value = { kind: "member", range: [start, scanner.position], object: value, property };
      } else if (scanner.accept("[")) {
        const property = this.read(true);
        this.close("]");
        value = { kind: "member", range: [start, scanner.position], object: value, property };
      } else {
        return value;
      }
    }
  }

  private primary(lineBreaks: boolean): Expression {
    const { scanner } = this;
    scanner.skip(lineBreaks);
    scanner.spend();
    const start = scanner.position;
    if (scanner.character === '"') return readQuoted(scanner, () => this.read(true));
    if (scanner.at("<<")) return readHeredoc(scanner) ?? scanner.fail("a heredoc is malformed");
    if (scanner.accept("(")) {
      const value = this.read(true);
      this.close(")");
      return value;
    }
    if (scanner.accept("[")) return this.list(start);
    if (scanner.accept("{")) return this.object(start);
    const number = scanner.number();
    if (number) return numberNode(number.range, Number(number.value));
    return this.name(start);
  }

  private name(start: number): Expression {
    const { scanner } = this;
    const name = scanner.name() ?? scanner.fail("a value is expected");
    let { value } = name;
    // Functions of providers: `provider::aws::arn_parse(…)`.
    while (scanner.accept("::")) value += `::${scanner.name()?.value ?? scanner.fail("a name is expected after `::`")}`;
    const range: Range = [start, scanner.position];
    const keyword = KEYWORDS.get(value);
    if (keyword !== undefined) return { kind: "literal", range, value: keyword };
    const callee: Expression = { kind: "name", range, name: value, binding: -1 };
    if (!scanner.accept("(")) return callee;
    const args = this.items(")");
    return { kind: "call", range: [start, scanner.position], callee, args, style: "call", typeArgs: [] };
  }

  /** Reads items up to the closing bracket, which it takes. */
  private items(close: string): Expression[] {
    const { scanner } = this;
    const items: Expression[] = [];
    for (;;) {
      scanner.skip(true);
      if (scanner.accept(close)) return items;
      const item = this.read(true);
      scanner.skip(true);
      if (scanner.accept("..."))
        items.push({ kind: "spread", range: [item.range[0], scanner.position], argument: item });
      else items.push(item);
      scanner.skip(true);
      if (!scanner.accept(",") && !scanner.at(close)) scanner.fail("a comma or a closing bracket is expected");
    }
  }

  private list(start: number): Expression {
    const { scanner } = this;
    scanner.skip(true);
    if (this.isFor()) return this.forExpression(start, "]");
    const items = this.items("]");
    return { kind: "list", range: [start, scanner.position], items };
  }

  private object(start: number): Expression {
    const { scanner } = this;
    scanner.skip(true);
    if (this.isFor()) return this.forExpression(start, "}");
    const entries: MapEntry[] = [];
    for (;;) {
      scanner.skip(true);
      if (scanner.accept("}")) return { kind: "map", range: [start, scanner.position], entries };
      const key = this.objectKey();
      scanner.skip(true);
      if (!scanner.accept("=") && !scanner.accept(":")) scanner.fail("an object's key has no value");
      const value = this.read(false);
      entries.push({ kind: "value", range: [key.range[0], scanner.position], key, value });
      scanner.skip(false);
      if (!scanner.accept(",") && !/[\r\n}]/.test(scanner.character))
        scanner.fail("a comma or a closing brace is expected");
    }
  }

  /** A bare name is the key itself, not a reference. */
  private objectKey(): Expression {
    const { scanner } = this;
    const before = scanner.position;
    const name = scanner.name();
    if (name) {
      const after = scanner.position;
      scanner.skip(true);
      if ((scanner.character === "=" && !scanner.at("==")) || scanner.character === ":") {
        scanner.position = after;
        const key: StringExpression = verbatimString(scanner.text, name.range[0], name.range[1]);
        return key;
      }
    }
    scanner.position = before;
    return this.read(true);
  }

  private isFor(): boolean {
    return /^for[\s\p{Cc}]/u.test(this.scanner.text.slice(this.scanner.position, this.scanner.position + 4));
  }

  /** `[for k, v in list : value if test]`, `{for … : key => value…}`: the parts are kept, the loop is not run. */
  private forExpression(start: number, close: string): Expression {
    const { scanner } = this;
    scanner.position += 3;
    const parts: Expression[] = [];
    scanner.skip(true);
    scanner.name();
    scanner.skip(true);
    if (scanner.accept(",")) {
      scanner.skip(true);
      scanner.name();
      scanner.skip(true);
    }
    scanner.expect("in", "a `for` has no `in`");
    parts.push(this.read(true));
    scanner.skip(true);
    scanner.expect(":", "a `for` has no `:`");
    parts.push(this.read(true));
    scanner.skip(true);
    if (scanner.accept("=>")) parts.push(this.read(true));
    scanner.skip(true);
    scanner.accept("...");
    scanner.skip(true);
    if (scanner.at("if")) {
      scanner.position += 2;
      parts.push(this.read(true));
    }
    this.close(close);
    return unknown([start, scanner.position], "for expression", parts);
  }

  private close(bracket: string): void {
    this.scanner.skip(true);
    this.scanner.expect(bracket, "a bracket is not closed");
  }
}
