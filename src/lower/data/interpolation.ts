/**
 * Placeholders in the strings of data files: `${NAME}`, `${NAME:-default}` (shells, Compose), `${name:default}` (Spring),
 * `${{ expression }}` (GitHub Actions), `{{ expression }}` (Helm, Jinja, Postman) and, where asked for, `$NAME`.
 */
import type { Expression, StringExpression } from "../form.js";
import { unknown } from "./content.js";
import { sliceString } from "./placed-text.js";
import { ANY_EXPRESSION, EXPRESSION_REASON, SELF_REASON, VARIABLE_REASON } from "./settings.js";

export interface InterpolationOptions {
  /** Indexes of characters that start no placeholder. */
  inert?: ReadonlySet<number>;
  /** `$NAME` without braces is a placeholder as well. */
  bare?: boolean;
}

interface Placeholder {
  start: number;
  end: number;
  /** Index range of what stands between the delimiters. */
  inner: [start: number, end: number];
  style: "variable" | "expression";
}

/** More placeholders than this make no list that anybody could judge: the string stays as it is written. */
const MAX_PLACEHOLDERS = 100;

const MAX_NESTING = 5;

/** The string itself, or a template whose unknown parts are its placeholders; defaults become `unknown || default`. */
export function interpolate(
  node: StringExpression,
  options: InterpolationOptions = {},
  nesting = 0,
): Expression {
  if (nesting >= MAX_NESTING || (!node.value.includes("$") && !node.value.includes("{{"))) return node;
  const placeholders = findPlaceholders(node.value, options);
  if (placeholders.length === 0 || placeholders.length > MAX_PLACEHOLDERS) return node;
  const quasis: StringExpression[] = [];
  const expressions: Expression[] = [];
  let from = 0;
  for (const placeholder of placeholders) {
    quasis.push(sliceString(node, from, placeholder.start));
    expressions.push(placeholderValue(node, placeholder, options, nesting));
    from = placeholder.end;
  }
  quasis.push(sliceString(node, from, node.value.length));
  return { kind: "template", range: node.range, quasis, expressions };
}

function findPlaceholders(value: string, options: InterpolationOptions): Placeholder[] {
  const found: Placeholder[] = [];
  let unclosed = false;
  let i = 0;
  while (i < value.length) {
    const placeholder =
      unclosed || options.inert?.has(i) === true ? null : placeholderAt(value, i, options);
    if (placeholder === "unclosed") {
      // What closes nothing here closes nothing further on: searching again would be quadratic.
      unclosed = true;
      i++;
    } else if (placeholder) {
      found.push(placeholder);
      i = placeholder.end;
    } else {
      i++;
    }
  }
  return found;
}

function placeholderAt(
  value: string,
  i: number,
  options: InterpolationOptions,
): Placeholder | "unclosed" | null {
  if (value.startsWith("${{", i)) return delimited(value, i, 3, "}}");
  if (value.startsWith("{{", i)) return delimited(value, i, 2, "}}");
  if (value.startsWith("${", i)) return braced(value, i);
  if (options.bare === true && value[i] === "$" && isNameStart(value.charCodeAt(i + 1))) {
    let end = i + 2;
    while (end < value.length && isNamePart(value.charCodeAt(end))) end++;
    return { start: i, end, inner: [i + 1, end], style: "variable" };
  }
  return null;
}

function delimited(value: string, start: number, open: number, close: string): Placeholder | "unclosed" {
  const end = value.indexOf(close, start + open);
  if (end === -1) return "unclosed";
  return { start, end: end + close.length, inner: [start + open, end], style: "expression" };
}

/** `${…}`; a default may hold placeholders of its own. */
function braced(value: string, start: number): Placeholder | "unclosed" {
  let depth = 0;
  for (let i = start; i < value.length; i++) {
    if (value.startsWith("${", i)) {
      depth++;
      i++;
    } else if (value[i] === "}") {
      depth--;
      if (depth === 0) return { start, end: i + 1, inner: [start + 2, i], style: "variable" };
    }
  }
  return "unclosed";
}

function placeholderValue(
  node: StringExpression,
  placeholder: Placeholder,
  options: InterpolationOptions,
  nesting: number,
): Expression {
  const whole = sliceString(node, placeholder.start, placeholder.end).range;
  const [start, end] = placeholder.inner;
  if (placeholder.style === "expression") return expressionValue(node, whole, start, end);
  let nameEnd = start;
  while (nameEnd < end && isDottedNamePart(node.value.charCodeAt(nameEnd))) nameEnd++;
  const name = node.value.slice(start, nameEnd);
  if (name === "" || name.length > 100) return unknown(whole, ANY_EXPRESSION);
  if (node.value[nameEnd] === ":" && SOURCES.test(name) && !/[-=?+]/.test(node.value.charAt(nameEnd + 1)))
    return addressed(node, whole, name, [nameEnd + 1, end]);
  const variable = unknown([whole[0], whole[1]], VARIABLE_REASON + name);
  const fallback = defaultStart(node.value, nameEnd, end);
  if (fallback === null) return variable;
  return {
    kind: "logical",
    operator: "||",
    range: whole,
    left: variable,
    right: interpolate(sliceString(node, fallback, end), options, nesting + 1),
  };
}

/** What stands before the colon in Serverless' variables: https://www.serverless.com/framework/docs/guides/variables */
const SOURCES = /^(?:self|opt|env|file|ssm|cf|s3|param|sls|aws|git|secrets|terraform|vault|doppler|strToBool)(?:\.[\w.-]+)?$/;

/** `${self:custom.scopes}`, `${env:SCOPES, 'a b'}`: the variable or the place in the document, and a quoted default. */
function addressed(
  node: StringExpression,
  whole: StringExpression["range"],
  source: string,
  [start, end]: readonly [number, number],
): Expression {
  const inner = withoutNested(node.value.slice(start, end));
  const before = /^[^,]*/.exec(inner)?.[0] ?? "";
  const address = before.replaceAll("\0", "").trim();
  const isName = /^(?:[\w.-]|(?<=^|\.)\*(?=\.|$)){1,100}$/.test(address);
  const reason =
    source === "env" && isName
      ? VARIABLE_REASON + address
      : source === "self" && isName
        ? SELF_REASON + address
        : source === "param" && isName
          ? `${SELF_REASON}params.*.${address}`
          : ANY_EXPRESSION;
  const left = unknown([whole[0], whole[1]], reason);
  const quoted = /^[^,]*,\s*(['"])(.*)\1\s*$/s.exec(inner);
  if (quoted?.[1] === undefined || quoted[2] === undefined) return left;
  const from = start + inner.indexOf(quoted[1], before.length) + 1;
  return {
    kind: "logical",
    operator: "||",
    range: whole,
    left,
    right: sliceString(node, from, from + quoted[2].length),
  };
}

/** `custom.scopes.${opt:stage, 'dev'}` as `custom.scopes.*`, of the same length: any key may stand there. */
function withoutNested(text: string): string {
  return text.replace(/\$\{[^{}]{0,100}(?:\{[^{}]{0,100}\}[^{}]{0,100})?\}/g, (nested) =>
    "*".padEnd(nested.length, "\0"),
  );
}

/** Where the default of `NAME:-default`, `NAME-default`, `NAME:=default`, `NAME:default` starts; null for none. */
function defaultStart(value: string, nameEnd: number, end: number): number | null {
  if (nameEnd >= end) return null;
  if (value[nameEnd] === "-" || value[nameEnd] === "=") return nameEnd + 1;
  if (value[nameEnd] !== ":" || value[nameEnd + 1] === "?" || value[nameEnd + 1] === "+") return null;
  return nameEnd + (value[nameEnd + 1] === "-" || value[nameEnd + 1] === "=" ? 2 : 1);
}

/** `vars.SCOPES || 'a b'` (GitHub) and `.Values.scopes | default "a b"` (Helm) have a default; the rest is unknown. */
function expressionValue(
  node: StringExpression,
  whole: StringExpression["range"],
  start: number,
  end: number,
): Expression {
  const inner = node.value.slice(start, end);
  const fallback = quotedDefault(inner);
  const words = (fallback ? /^[^|]*/.exec(inner)?.[0] ?? "" : inner).trim();
  const isName = /^[\w.-]{1,60}$/.test(words);
  const left = unknown([whole[0], whole[1]], isName ? EXPRESSION_REASON + words : ANY_EXPRESSION);
  if (!fallback) return left;
  return {
    kind: "logical",
    operator: "||",
    range: whole,
    left,
    right: sliceString(node, start + fallback[0], start + fallback[1]),
  };
}

/** The text range of a quoted default in an expression. */
function quotedDefault(inner: string): [number, number] | null {
  const or = inner.lastIndexOf("||");
  const filter = inner.lastIndexOf("default");
  const after = or !== -1 ? or + 2 : filter !== -1 ? filter + "default".length : -1;
  if (after === -1) return null;
  let start = after;
  while (start < inner.length && " (\\".includes(inner.charAt(start))) start++;
  const quote = inner.charAt(start);
  if (quote !== "'" && quote !== '"' && quote !== "`") return null;
  const end = inner.indexOf(quote, start + 1);
  if (end === -1 || inner.slice(start + 1, end).includes("\\")) return null;
  return [start + 1, end];
}

function isNameStart(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}

function isNamePart(code: number): boolean {
  return isNameStart(code) || (code >= 48 && code <= 57);
}

function isDottedNamePart(code: number): boolean {
  return isNamePart(code) || code === 46;
}
