/** Whether a call may send a request: by the name of what is called, or by what is known to be behind it. */
import type { CallExpression, Expression, FileForm } from "../lower/form.js";
import { nameOf } from "../evaluate/members.js";
import type { Value } from "../evaluate/values.js";
import { take } from "../evaluate/variables.js";
import type { Declaration } from "../link/file-index.js";
import type { CallGraph } from "./call-graph.js";

/** Callees that may send a request. */
const SENDS =
  /^(?:rp|paginate|proxy|sendProxy|get|post|put|patch|delete|del|head|fetch|request|req|ajax|call|send|open|query|execute|invoke|raw|json|http|https|got|ky|axios|needle|bent|phin|wretch|superagent|Request)$|fetch|request|http|axios|api|klaviyo|(?:[a-z_](?:get|post|put|patch|delete)|^(?:get|post|put|patch|delete)[A-Z_])/i;
/** Receivers whose `get`, `post` … send nothing. */
const SENDS_NOT =
  /^(?:app|router|server|cache|store|map|params|searchParams|headers|cookies|session|logger|log|console|expect|assert|nock|scope|mock|http|rest|msw|cy|page|t|i18n|storage|localStorage|redis|db|registry|JSON|Object|Array|URL|path|fs|zod|z|yup|joi)$/;
/** Names that say that something is told of a URL, and that nothing is sent: `logApiRequest("GET", url)`. */
const TELLS =
  /^(?:set|is|has|log|track|record|report|measure|print|parse|format|validate|assert|expect|define|describe|register|with)[A-Z_]/;
/** What a server answers with (`res.status(200).json({ url })`), and the browser's windows. */
const ANSWERS =
  /^(?:res|resp|response|reply|Response|NextResponse|HttpResponse|c|ctx|context|event|window|globalThis|self)$/;
const ANSWER_METHODS = /^(?:json|send|raw|open)$/;
/** Stand-ins of tests, which are told of URLs: `fetchMock.get(…)`, `mockAxios.post`. */
const STANDS_IN = /mock|stub|spy|intercept/i;
/** Packages whose functions send nothing, whatever their names. */
export const SILENT_MODULES =
  /^(?:nock|msw(?:\/.*)?|supertest|axios-mock-adapter|fetch-mock.*|@pact.*|sinon|jest|vitest|cypress|zod|yup|joi|express|fastify|hono|koa.*|@?hapi(?!\/wreck).*|winston|pino|bunyan|debug|chalk|lodash.*)$/;
/** Functions of the platform, and packages, that send what they are given. */
const GLOBAL_SENDER = /^(?:(?:globalThis|window|self|global)\.)?(?:fetch|\$fetch|ofetch)$/;
export const SENDER_MODULES =
  /fetch|axios|^(?:got|ky|undici|needle|superagent|request(?:-promise(?:-native)?)?|phin|bent|wretch|ky-universal)$/;

/** How a call's name, receiver and callee let it be looked at. */
export type Chance = "named" | "made" | "given" | null;

/** A first look at the written call, before anything is evaluated. */
export function chanceOf(graph: CallGraph, file: string, node: CallExpression): Chance {
  if (node.style === "jsx" || (node.args.length === 0 && !endsChain(node))) return null;
  if (isNamedSender(node)) return "named";
  if (node.style !== "call") return null;
  if (handsOnSender(node)) return "given";
  const { callee } = node;
  const { program } = graph.evaluator;
  const form = program.form(file);
  if (callee.kind === "member" && callee.object.kind === "this")
    return isField(form, nameOf(callee)) ? "made" : null;
  // `node_fetch_1.default(url)`, as compilers write the import.
  const called = callee.kind === "member" && nameOf(callee) === "default" ? callee.object : callee;
  if (called.kind !== "name" || called.binding < 0) return null;
  const { declarations } = program.index(file).variable(called.binding);
  // `load: typeof fetch`: evaluated, it is that function.
  const isTyped = form.bindings[called.binding]?.type?.kind === "typeof";
  if (isTyped || declarations.some(mayHoldClient)) return "made";
  return declarations.some((one) => isGivenSender(graph, file, one)) ? "given" : null;
}

/** `this.load(url)`, where `load` is no method of a class of the file: what the object was given. */
function isField({ classes }: FileForm, name: string): boolean {
  return (
    classes.length > 0 &&
    !classes.some(({ members }) =>
      members.some(({ key, kind }) => kind === "method" && key.kind === "string" && key.value === name),
    )
  );
}

/** `wretch(base).url("/profiles").get()`: all was said before. */
function endsChain({ callee }: CallExpression): boolean {
  return callee.kind === "member" && /^(?:get|post|put|patch|delete|head)$/.test(nameOf(callee));
}

function isNamedSender(node: CallExpression): boolean {
  const { callee, style } = node;
  // `axios[method](url)`: the method is not written here.
  if (callee.kind === "member" && callee.property.kind !== "string") return isSenderOrReceiver(callee.object);
  const name = nameOf(callee);
  // `client.paginate.all("lists")` of got.
  if (callee.kind === "member" && /^(?:all|each)$/.test(name) && nameOf(callee.object) === "paginate")
    return true;
  if (callee.kind === "member" && name === "apply") return SENDS.test(nameOf(callee.object));
  // `withToken(token)("lists")`: what a call returns has no name.
  if (!SENDS.test(name) && !(style === "call" && callee.kind === "call")) return false;
  if (style === "new" && name !== "Request") return false;
  if (TELLS.test(name)) return false;
  if (callee.kind === "member") {
    const receiver = nameOf(callee.object);
    if (ANSWER_METHODS.test(name) && ANSWERS.test(rootName(callee.object))) return false;
    // `http.get` of Angular and Nest is a client; express's `http` is not asked for paths of Klaviyo's. Zapier's `z` is.
    const isZapier = receiver === "z" && name === "request";
    if (STANDS_IN.test(receiver)) return false;
    if (SENDS_NOT.test(receiver) && receiver !== "http" && !isZapier) return false;
  }
  return true;
}

/** The name at the head of a chain: `res` of `res.status(200).json`. */
function rootName(node: Expression): string {
  let at = node;
  while (at.kind === "member" || at.kind === "call") at = at.kind === "member" ? at.object : at.callee;
  return nameOf(at);
}

function isSenderOrReceiver(node: Expression): boolean {
  return SENDS.test(nameOf(node)) && !SENDS_NOT.test(nameOf(node));
}

/** `limiter.schedule(options, fetch, url)`: a sender, by its name, among the arguments, and what it is to send behind it. */
export function handsOnSender({ args }: CallExpression): boolean {
  return args
    .slice(0, -1)
    .some((node) => node.kind === "name" && /^(?:fetch|axios|got|ky|ofetch|\$fetch)$/.test(node.name));
}

/** `const k = ky.create(…)`, or an import that may be one: a client that is called may have any name. */
function mayHoldClient(declaration: Declaration): boolean {
  if (declaration.kind === "import") return !SILENT_MODULES.test(declaration.form.source);
  if (declaration.kind !== "let" || declaration.value === null) return false;
  return /^(?:call|name|member|logical|conditional)$/.test(declaration.value.kind);
}

/** `(send) => (url) => send(url)`: some caller hands `fetch` to the parameter. */
function isGivenSender(graph: CallGraph, file: string, declaration: Declaration): boolean {
  if (declaration.kind !== "parameter" || declaration.rest) return false;
  const { fn, index, path } = declaration;
  const { evaluator } = graph;
  return graph.remember(`sender ${file}#${String(fn)}.${String(index)}`, false, () =>
    graph.framesOf(file, fn, 2).some((frame) => {
      const values = frame.args?.[index]?.() ?? [];
      if (values.length === 0) return false;
      const [node] = evaluator.program.index(file).statements;
      const range = evaluator.program.form(file).functions[fn]?.range ?? [0, 0];
      const at = { file, range, node: { kind: "this" as const, range }, frame };
      return (
        node !== undefined &&
        evaluator
          .within(() => take(evaluator, values, path, frame, at))
          .some((value) => isSender(value) || isClient(value))
      );
    }),
  );
}

/** A client that a package made and that can be called itself: `axios.create(…)`, `fetchBaseQuery(…)`. */
function isClient(value: Value): boolean {
  if (value.kind !== "result") return false;
  const { module, path } = value.callee;
  return SENDER_MODULES.test(module) || path.at(-1) === "fetchBaseQuery";
}

/** Something that is known to send what it is called with. */
export function isSender(value: Value): boolean {
  // `event.fetch` of SvelteKit, `({ fetch }) => …`: what frameworks hand over under this name.
  if (value.kind === "unknown") return /^\$?fetch$/.test(value.name);
  if (value.kind !== "external" || value.result !== null) return false;
  return value.module === ""
    ? GLOBAL_SENDER.test(value.path.join("."))
    : SENDER_MODULES.test(value.module) && !SILENT_MODULES.test(value.module);
}
