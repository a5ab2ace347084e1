/** The comments of a YAML text. */
import { yaml } from "./parsers.js";
import type { Comment } from "./content.js";

/** Lexemes that only mark what follows; they stand for no text. */
const DOCUMENT = "\x02";
const FLOW_END = "\x18";
const SCALAR = "\x1f";

export function yamlComments(text: string): Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let scalarNext = false;
  for (const lexeme of new (yaml().Lexer)().lex(text)) {
    if (scalarNext) {
      scalarNext = false;
      offset += lexeme.length;
    } else if (lexeme === SCALAR) {
      scalarNext = true;
    } else if (lexeme !== DOCUMENT && lexeme !== FLOW_END) {
      if (lexeme.startsWith("#")) comments.push({ range: [offset, offset + lexeme.length], text: lexeme });
      offset += lexeme.length;
    }
  }
  return comments;
}
