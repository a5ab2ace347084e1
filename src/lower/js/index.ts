import type { TSESTree } from "@typescript-eslint/utils";

import { directiveOf } from "../directives.js";
import { FORM_VERSION, type FileForm, type Language, type Problem } from "../form.js";
import { Context } from "./context.js";
import { lowerBody } from "./functions.js";

/** A comment as ESLint's parsers and ours give it. */
export interface JsComment {
  value: string;
  range: readonly [number, number];
}

export interface JsSource {
  /** Path relative to the audited root, with `/`. */
  file: string;
  /** The text that the ranges of program and comments point into. */
  text: string;
  language?: Language;
  problems?: Problem[];
}

/**
 * Lowers a module of JavaScript or TypeScript, in any flavour of ESTree: that of espree, of typescript-eslint, of
 * the parsers of Vue, Svelte and Astro, or of oxc. Never throws for what it does not know; such code becomes unknown expressions.
 */
export function lowerJs(
  program: TSESTree.Program,
  comments: readonly JsComment[],
  source: JsSource,
): FileForm {
  const form: FileForm = {
    version: FORM_VERSION,
    file: source.file,
    language: source.language ?? "js",
    lines: lineStarts(source.text),
    body: [],
    bindings: [],
    functions: [],
    classes: [],
    imports: [],
    exports: [],
    types: [],
    data: null,
    directives: comments.flatMap(
      (comment) => directiveOf(comment.value, [comment.range[0], comment.range[1]]) ?? [],
    ),
    problems: source.problems ?? [],
  };
  const statements = program.body.flatMap(scriptStatements);
  const kept = DECLARATION_FILE.test(source.file) ? statements.filter(isAmbient) : statements;
  form.body = lowerBody(new Context(form, source.text), kept);
  return form;
}

/** The parsers of Svelte and Astro put the template, and Svelte's scripts, into the program's body. */
function scriptStatements(node: TSESTree.ProgramStatement): TSESTree.ProgramStatement[] {
  const { type } = node as { type: string };
  if (type === "SvelteScriptElement") return (node as unknown as { body: TSESTree.ProgramStatement[] }).body;
  return /^(?:Svelte|Astro)/.test(type) ? [] : [node];
}

const DECLARATION_FILE = /\.d\.[cm]?ts$/i;

/** In a declaration file variables and classes only stand for what is elsewhere; types and re-exports are real. */
function isAmbient(node: TSESTree.ProgramStatement): boolean {
  const declared = node.type === "ExportNamedDeclaration" && node.declaration ? node.declaration : node;
  return /^(?:TSInterface|TSTypeAlias|Import|Export)/.test(declared.type);
}

/** Offsets of the lines' first characters, by the line terminators of ECMAScript. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(match.index + match[0].length);
  return starts;
}
