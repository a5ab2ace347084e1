/** The places of a program that may assemble an authorize URL. */
import { parentOf } from "../link/parent-of.js";
import type { CallExpression, Expression } from "../lower/form.js";
import { isObjectAssign } from "../evaluate/effects.js";
import type { FileIndex } from "../link/file-index.js";
import { readsOf } from "../link/reads-of.js";
import { perKey } from "../link/per-key.js";
import type { Program } from "../link/program.js";
import type { TextSite } from "./authorize-url.js";

/** Calls that make text of what they are given. */
const TEXT_CALLS =
  /^(?:join|concat|replace|replaceAll|withQuery|stringifyUrl|getUri|joinURL|toString|format|resolve|urlJoin|buildUrl|buildURL|addQuery|setQuery|appendQuery|query|search|setSearch|addSearch|href|reduce)$/;

export function textSites(program: Program): TextSite[] {
  return program.files().flatMap((file) => sitesOf(program.index(file)));
}

/** The sites of a file, which hang on nothing else. */
const sitesOf = perKey((index: FileIndex): readonly TextSite[] =>
  index.form.data === null ? findSites(index.form.file, index) : [],
);

function findSites(file: string, index: FileIndex): TextSite[] {
  const out: TextSite[] = [];
  for (const { node, fn } of index.texts) {
    if (node.kind === "string" && !/oauth\/authorize/i.test(node.value)) continue;
    if (isPart(index, node) || isConsumed(index, node)) continue;
    out.push({ file, fn, node, binding: null });
  }
  for (const { node, fn } of index.calls) {
    const isUrl = isUrlMade(node);
    const name =
      node.callee.kind === "name"
        ? node.callee.name
        : node.callee.kind === "member" && node.callee.property.kind === "string"
          ? node.callee.property.value
          : "";
    const answersUrl = takesNewUrl(node);
    if (!isUrl && !answersUrl && !TEXT_CALLS.test(name) && !isUrlMade(assignsTo(node))) continue;
    // `url.toString()`: the variable is looked at itself.
    if (name === "toString" && node.callee.kind === "member" && node.callee.object.kind === "name") continue;
    if (isPart(index, node)) continue;
    const isChanged = isUrl || answersUrl || name === "assign";
    out.push({ file, fn, node, binding: isChanged ? declared(index, node) : null });
  }
  index.form.bindings.forEach((binding, id) => {
    const variable = index.variable(id);
    const grows = variable.effects.find(
      (effect) =>
        effect.kind === "write" && (effect.node.operator === "+=" || effect.node.value.kind === "binary"),
    );
    if (grows === undefined || grows.kind !== "write") return;
    // The text is complete where it last grows.
    const last = variable.effects.filter((effect) => effect.kind === "write").at(-1) ?? grows;
    const [first] = variable.declarations;
    const node = first?.kind === "let" && first.value !== null ? first.value : last.node;
    out.push({ file, fn: binding.fn, node, binding: id });
  });
  return out;
}

/** `new URL(…)`. */
function isUrlMade(node: Expression | null): boolean {
  return (
    node?.kind === "call" && node.style === "new" && node.callee.kind === "name" && node.callee.name === "URL"
  );
}

/** `withParams(new URL(…), …)`: a helper that may fill in what is made for it, and hand it back. */
export function takesNewUrl(node: Expression): boolean {
  return (
    node.kind === "call" &&
    node.style !== "new" &&
    node.args.some((argument) => argument.kind !== "spread" && isUrlMade(argument))
  );
}

/** What `Object.assign(it, …)` changes and answers. */
function assignsTo({ callee, args }: CallExpression): Expression | null {
  const [target] = args;
  return isObjectAssign(callee) && target !== undefined && target.kind !== "spread" ? target : null;
}

/** The beginning of a larger text, or what a URL is made from. A URL further inside one is whole: "Open …" and the link. */
function isPart(index: FileIndex, node: Expression): boolean {
  const parent = index.parent(node);
  if (parent === undefined || !("kind" in parent)) return false;
  const around = parent as Expression;
  switch (around.kind) {
    case "template":
      // What is written of it, up to the first value that is put in, is no text of its own.
      return (
        around.quasis.some((quasi) => quasi === node) ||
        (around.quasis[0]?.value === "" && around.expressions[0] === node)
      );
    case "tagged":
      return true;
    case "binary":
      return around.operator === "+" && isFirst(node, around);
    case "call": {
      const name = around.callee.kind === "name" ? around.callee.name : "";
      if (around.callee === node) return true;
      if (assignsTo(around) === node) return true;
      return /^(?:URL|String)$/.test(name) && around.args.includes(node);
    }
    case "member":
      // `(a + b).trim()`, `"…".concat(x)`: the call around it is looked at. A URL's `href` is the URL.
      return (
        around.object === node && !(around.property.kind === "string" && around.property.value === "href")
      );
    default:
      return false;
  }
}

/** The first term of a sum that says anything; terms before it are empty. */
function isFirst(node: Expression, sum: Extract<Expression, { kind: "binary" }>): boolean {
  return sum.left === node || (sum.left.kind === "string" && sum.left.value === "");
}

/** `const base = …; const url = base + "&state=…"`: the larger text is looked at instead. */
function isConsumed(index: FileIndex, node: Expression): boolean {
  const binding = declared(index, node);
  if (binding === null) return false;
  const reads = readsOf(index, binding);
  return (
    reads.length > 0 && reads.every((read) => isPart(index, read) || parentOf(index, read, "list") !== null)
  );
}

/** The variable an expression initialises. */
export function declared(index: FileIndex, node: Expression): number | null {
  const target = parentOf(index, node, "let")?.target;
  return target?.kind === "bind" ? target.binding : null;
}
