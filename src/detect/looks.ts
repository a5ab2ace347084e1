/** Lists that are only looked at: compared with what was granted, counted, shown. Nothing sends them. */
import { nameOf } from "../evaluate/members.js";
import { childExpressions, childStatements, statementExpressions } from "../lower/walk.js";
import type { CallExpression, Expression, Statement } from "../lower/form.js";
import type { FileIndex } from "../link/file-index.js";
import type { Program } from "../link/program.js";
import { readsOf } from "../link/reads-of.js";

/** Methods that ask about a list. */
const ASKS =
  /^(?:includes|indexOf|lastIndexOf|has|some|every|find|findIndex|findLast|isSubsetOf|isSupersetOf)$/;

/** Calls that tell people. */
const TELLS = /^(?:log|warn|info|debug|error|trace|assert|invariant|fail)$/;

/** Whether a module's variable is read, here or in files that import it, and nowhere in a way that could send it. */
export function isOnlyLookedAt(program: Program, file: string, binding: number): boolean {
  const index = program.index(file);
  const own = readsOf(index, binding).filter((read) => !isExport(index, read));
  if (!own.every((read) => isLook(index, read))) return false;
  const others = readsElsewhere(program, file, binding).filter(
    (other) => other.read === null || !isExport(other.index, other.read),
  );
  return (
    own.length + others.length > 0 &&
    others.every((other) => other.read !== null && isLook(other.index, other.read))
  );
}

interface Read {
  index: FileIndex;
  /** Null for an import whose uses cannot be told. */
  read: Expression | null;
}

function readsElsewhere(program: Program, file: string, binding: number): Read[] {
  const names = program
    .form(file)
    .exports.flatMap((entry) =>
      entry.kind === "local" && entry.value.kind === "name" && entry.value.binding === binding
        ? [entry.name]
        : [],
    );
  if (names.length === 0) return [];
  return program.files().flatMap((other): Read[] => {
    if (other === file) return [];
    return program.form(other).imports.flatMap((one): Read[] => {
      if (one.typeOnly) return [];
      const isNamespace = one.imported === "*";
      if (!isNamespace && !names.includes(one.imported)) return [];
      const index = program.index(other);
      if (isNamespace) {
        return program.resolve(other, one.source) === file ? [{ index, read: null }] : [];
      }
      const leads = program
        .imported(other, one.source, one.imported)
        .some(
          (target) =>
            target.kind === "expression" &&
            target.file === file &&
            target.node.kind === "name" &&
            target.node.binding === binding,
        );
      return leads ? readsOf(index, one.binding).map((read) => ({ index, read })) : [];
    });
  });
}

/** The name in `export { SCOPES }` is no use of it. */
function isExport(index: FileIndex, read: Expression): boolean {
  return index.form.exports.some((entry) => entry.kind === "local" && entry.value === read);
}

function isLook(index: FileIndex, read: Expression): boolean {
  let child: Expression = read;
  for (let at = index.parent(read); at !== undefined && "kind" in at; at = index.parent(at)) {
    const around = at as Expression;
    switch (around.kind) {
      case "member": {
        if (around.object !== child || around.property.kind !== "string") return false;
        const { value: method } = around.property;
        if (method === "length" || method === "size" || ASKS.test(method)) return true;
        const call = index.parent(around);
        if (!isCall(call) || call.callee !== around) return false;
        if (METHODS_WITH_BODY.test(method)) {
          const [callback] = call.args;
          if (callback?.kind === "function" && looksOnly(index, callback.fn)) return true;
        }
        if (!STILL_A_LIST.test(method)) return false;
        child = call;
        at = call;
        continue;
      }
      case "call":
        if (around.style === "jsx") return isShownIn(around, child);
        if (around.callee === child) return false;
        return TELLS.test(nameOf(around.callee)) || /Error$/.test(nameOf(around.callee));
      case "template":
      case "binary":
      case "typed":
      case "conditional":
      case "logical":
      case "list": // The children of an element, which stand in its map of attributes.
        child = around;
        continue;
      case "map": {
        const element = index.parent(around);
        if (!isCall(element) || element.style !== "jsx") return false;
        const entry = around.entries.find(({ value }) => value === child);
        return entry?.key?.kind === "string" && entry.key.value === "children";
      }
      default:
        return false;
    }
  }
  return false;
}

const METHODS_WITH_BODY = /^(?:map|flatMap|filter|forEach|reduce)$/;
const STILL_A_LIST = /^(?:map|filter|join|sort|slice|concat|toSorted|reverse|toString)$/;

function isCall(node: object | undefined): node is CallExpression {
  return node !== undefined && "kind" in node && node.kind === "call";
}

function isShownIn(element: CallExpression, child: Expression): boolean {
  return element.args.includes(child) && element.callee !== child;
}

/** A callback that asks whether something has the scope, shows it, or makes an option of it. */
function looksOnly(index: FileIndex, fn: number): boolean {
  const body = index.form.functions[fn]?.body ?? [];
  const [only] = body;
  if (only?.kind === "return" && only.value?.kind === "map") return true;
  const expressions: Expression[] = [];
  const statements: Statement[] = [...body];
  for (let next = statements.pop(); next !== undefined; next = statements.pop()) {
    statements.push(...childStatements(next));
    expressions.push(...statementExpressions(next));
  }
  for (let next = expressions.pop(); next !== undefined; next = expressions.pop()) {
    if (next.kind === "call" && (next.style === "jsx" || ASKS.test(nameOf(next.callee)))) return true;
    expressions.push(...childExpressions(next));
  }
  return false;
}
