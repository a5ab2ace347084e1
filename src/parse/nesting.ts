/**
 * The parser recurses in native code and takes the whole process with it where code is nested some thousand levels deep.
 * So nesting is estimated first. The limit was found by trial in a worker thread, which has the smaller stack: the most
 * costly nesting (classes in methods) fails at 1,600 brackets, chains without brackets at 3,000 links.
 */
const LIMIT = 1500;
const BRACKET_WEIGHT = 3;

/** What can nest without a bracket: `a ? b : a ? b : …`, `a => a => …`, `if (a) if (a) …`, `<a><a>…`. */
const LINK = /^(?:=|=>|\?|:|<[\w>]|new|if|for|while|do|with|async|yield|keyof|extends)$/;
/** What starts a new statement or element, so that a chain is over. */
const BREAK = /^(?:[;,]|const|let|var|import|export|case|return|throw|break|continue|default|type|readonly)$/;

const TOKEN = /\/\/.*|\/\*|["'`]|=>|[=!<>]==?|<\/|\/>|<[\w>]|[()[\]{}=?:;,]|\/|\.?[\w$]+|\S/g;

interface Level {
  /** Links of the chain at hand. */
  links: number;
  /** `else … else …` nests over semicolons, too. */
  elses: number;
  /** True for the `${` of a template. */
  template: boolean;
}

/** Where the text gets nested too deeply to be parsed safely; -1 where it does not. Takes linear time. */
export function tooDeepAt(text: string): number {
  if (text.length * BRACKET_WEIGHT < LIMIT) return -1;
  const levels: Level[] = [];
  let level: Level = { links: 0, elses: 0, template: false };
  let total = 0;
  let previous = "";
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [token] = match;
    if (token.startsWith("//")) continue;
    if (token === "/*") {
      TOKEN.lastIndex = after(text, "*/", TOKEN.lastIndex);
      continue;
    }
    if (token === "'" || token === '"') TOKEN.lastIndex = afterString(text, token, TOKEN.lastIndex);
    if (token === "/" && startsRegex(previous)) TOKEN.lastIndex = afterRegex(text, TOKEN.lastIndex);
    let opens = /^[([{]$/.test(token);
    let template = false;
    if (token === "`" || (token === "}" && level.template)) {
      TOKEN.lastIndex = afterTemplateText(text, TOKEN.lastIndex);
      template = text.startsWith("${", TOKEN.lastIndex - 2);
      opens = template;
    }
    if (/^[)\]}]$/.test(token)) {
      total -= level.links + level.elses + BRACKET_WEIGHT;
      level = levels.pop() ?? { links: 0, elses: 0, template: false };
      total = Math.max(total, 0);
    }
    if (opens) {
      levels.push(level);
      level = { links: 0, elses: 0, template };
      total += BRACKET_WEIGHT;
    } else if (LINK.test(token) && !isAttribute(text, token, TOKEN.lastIndex)) {
      level.links++;
      total++;
    } else if (token === "else") {
      level.elses++;
      total++;
    } else if (BREAK.test(token)) {
      total -= level.links;
      level.links = 0;
    } else if ((token === "</" || token === "/>") && level.links > 0) {
      level.links--;
      total--;
    }
    if (total > LIMIT) return match.index;
    previous = token;
  }
  return -1;
}

/** The `=` of `<a b={c} d="e">` starts no chain. */
function isAttribute(text: string, token: string, end: number): boolean {
  return token === "=" && "{\"'".includes(text.charAt(end));
}

function after(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at < 0 ? text.length : at + end.length;
}

/** Behind a string's closing quote; where none is on the line (an apostrophe in JSX), behind the opening one. */
export function afterString(text: string, quote: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === quote) return i + 1;
    if (character === "\\") i++;
    else if (character === "\n" || character === "\r") return from;
  }
  return from;
}

/** A slash divides behind a value and starts a regular expression elsewhere. */
export function startsRegex(previous: string): boolean {
  return /^(?:[([{=?:;,!&|+*%~^<>-]|=>|[=!<>]==?|return|typeof|case)?$/.test(previous);
}

/** Behind a regular expression's closing slash; where none is on the line, behind the opening one. */
export function afterRegex(text: string, from: number): number {
  let inClass = false;
  for (let i = from; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === "\n" || character === "\r") return from;
    if (character === "\\") i++;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    else if (character === "/" && !inClass) return i + 1;
  }
  return from;
}

/** Behind the backtick or `${` that ends a template's text. */
export function afterTemplateText(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === "\\") i++;
    else if (character === "`") return i + 1;
    else if (character === "$" && text.charAt(i + 1) === "{") return i + 2;
  }
  return text.length;
}
