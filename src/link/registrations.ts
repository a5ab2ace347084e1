/**
 * What a file registers under a key, for others to ask for it by that key: providers of Nest and Angular, containers of
 * dependency injection, what is put on an application's or a request's object. Syntax alone: what key and value are is
 * for the evaluator.
 */
import type { CallExpression, Expression, MapExpression } from "../lower/form.js";
import { namedEntries } from "../lower/walk.js";
import { rootedAt, type FileIndex } from "./file-index.js";
import { perKey } from "./per-key.js";

/** How what stands there becomes what is given: as it is, as an object of the class, as what the function returns. */
export type Making = "value" | "class" | "factory" | "existing";

export interface Registration {
  /** The written key, or the name of the property that it is. */
  key: Expression | string;
  value: Expression;
  making: Making;
  /** What is handed to a factory: `inject: [ConfigService, TOKEN]`. */
  given: Expression | null;
  /** The function in which it stands. */
  fn: number;
  /** An entry of just any object: only a name that says Klaviyo makes it more than that. */
  loose: boolean;
  /** In a container's own words: what it makes takes what it needs apart by name. */
  byContainer: boolean;
  /**
   * An object of what by its name may be a class of Klaviyo's SDK, put in a field of anything: only under a name of its
   * own, and only where the class is Klaviyo's.
   */
  isSdk: boolean;
}

const PROVIDED: ReadonlyMap<string, Making> = new Map([
  ["useValue", "value"],
  ["useClass", "class"],
  ["useFactory", "factory"],
  ["useExisting", "existing"],
  ["service", "class"],
]);
/** Inversify's and awilix' words for the same. */
const SAID: ReadonlyMap<string, Making> = new Map([
  ["to", "class"],
  ["toConstantValue", "value"],
  ["toDynamicValue", "factory"],
  ["toService", "existing"],
  ["asClass", "class"],
  ["asFunction", "factory"],
  ["asValue", "value"],
]);
/** Methods that take a key and what is under it, and whether a function is called for it. */
const REGISTERS =
  /^(?:decorate(?:Request|Reply)?|register(?:Instance|Singleton|Type|Value)?|provide|addService|Module)$/;
/** Such methods of anything: only of what by its name holds an application's things. */
const REGISTERS_THERE = /^(?:use|value|constant|set)$/;
const HOLDER = /(?:container|injector|module|app)$/i;
const CALLS_FACTORY = /^(?:bind|singleton|scoped|transient|factory|registerFactory|instance|service)$/;
/** What hapi decorates, told before the key. */
const DECORATED = /^(?:toolkit|request|server|handler|response)$/;
/** What carries things through an application: `app.locals.klaviyo = …`, `ctx.state.klaviyo = …`. */
const CARRIER =
  /^(?:app|application|ctx|context|c|req|request|locals|state|globalThis|global|server|fastify|container|services|deps)$/;
/** Fields that say what of the SDK they hold: `_eventsApi`, never `client` or `api` alone, of which every service has one. */
const OF_SDK = /[a-z]_?api$|klaviyo/i;
/** What it is read of as well: `c.var.klaviyo`, `container.cradle.klaviyo`, `koaApp.klaviyo`. */
const READ_OF =
  /^(?:var|res|response|reply|cradle|dataSources|dependencies)$|[a-z](?:App|Ctx|Server|Container)$/;
const VERB = /^(?:get|post|put|patch|delete|head|options|request|fetch|send|call|body|method|headers)$/i;

/** Whether something of that name carries things through an application. */
export function isCarrier(name: string): boolean {
  return CARRIER.test(name) || READ_OF.test(name);
}

export const registrationsIn = perKey((index: FileIndex): readonly Registration[] => [
  ...index.maps.flatMap(({ node, fn }) => ofMap(node, fn)),
  ...index.calls.flatMap(({ node, fn }) => ofCall(node, fn)),
  ...index.assigns.flatMap(({ node, fn }): Registration[] => {
    if (node.target.kind !== "target") return [];
    const carried = carriedName(node.target.expression);
    if (carried !== null) return [plain(carried, node.value, fn)];
    const key = maySdkObject(node.value) ? fieldName(node.target.expression) : null;
    return key === null || !OF_SDK.test(key) ? [] : [{ ...plain(key, node.value, fn), isSdk: true }];
  }),
]);

/** The names by which a file registers something: those that are read of objects, and those that keys are written as. */
export function registeredNames(index: FileIndex): string[] {
  return registrationsIn(index).flatMap(({ key }) => {
    if (typeof key === "string") return [key];
    if (key.kind === "string") return [key.value];
    if (key.kind === "member") return [writtenName(key)].filter((name) => name !== "");
    if (key.kind !== "name" || key.binding < 0) return [];
    const texts = index
      .variable(key.binding)
      .declarations.flatMap((one) =>
        one.kind === "let" && one.value?.kind === "string" ? [one.value.value] : [],
      );
    return [key.name, ...texts];
  });
}

function plain(key: Expression | string, value: Expression, fn: number): Registration {
  return { key, value, making: "value", given: null, fn, loose: false, byContainer: false, isSdk: false };
}

function ofMap(node: MapExpression, fn: number): Registration[] {
  const entries = namedEntries(node);
  const key = entries.find((one) => one.key === "provide")?.value;
  if (key === undefined)
    return entries.flatMap((one) =>
      /klaviyo/i.test(one.key) ? [{ ...plain(one.key, one.value, fn), loose: true }] : [],
    );
  return ofProvider(key, node, fn);
}

/** `{ useFactory: …, inject: […] }` beside its key or in the same map. */
function ofProvider(key: Expression, node: MapExpression, fn: number): Registration[] {
  const entries = namedEntries(node);
  const given = entries.find((one) => one.key === "inject" || one.key === "deps")?.value ?? null;
  return entries.flatMap(({ key: name, value }): Registration[] => {
    const making = PROVIDED.get(name);
    return making === undefined ? [] : [{ ...plain(key, value, fn), making, given }];
  });
}

function ofCall(node: CallExpression, fn: number): Registration[] {
  const { callee, args } = node;
  const name = callee.kind === "member" ? writtenName(callee) : "";
  const [first] = args;
  if (callee.kind === "member" && SAID.has(name) && callee.object.kind === "call")
    return boundTo(callee.object, node, fn);
  const called = writtenName(callee);
  if (callee.kind === "name" && called !== "Module" && called !== "provide") return [];
  if (first?.kind === "map" && args.length === 1 && called === "register")
    return namedEntries(first).flatMap(({ key, value }) => described(key, value, fn));
  const isFactory = CALLS_FACTORY.test(called);
  const isThere = REGISTERS_THERE.test(called) && callee.kind === "member" && isHolder(callee.object);
  if (!isFactory && !isThere && !REGISTERS.test(called)) return [];
  const isTold = first?.kind === "string" && DECORATED.test(first.value) && args.length > 2;
  const [key, value] = isTold ? args.slice(1) : args;
  if (key === undefined || value === undefined || !isKey(key, called)) return [];
  if (value.kind === "map" && namedEntries(value).some((one) => PROVIDED.has(one.key)))
    return ofProvider(key, value, fn);
  const said = described(key, value, fn);
  if (said.length > 0) return said;
  return [{ ...plain(key, value, fn), making: isFactory ? "factory" : "value" }];
}

/** `container.set`, `c.set`, `angular.module("app").value`. */
function isHolder(node: Expression): boolean {
  const name = writtenName(node.kind === "call" ? node.callee : node);
  return CARRIER.test(name) || HOLDER.test(name);
}

function isKey(key: Expression, method: string): boolean {
  if (key.kind === "string") return !key.value.includes("/") && !VERB.test(key.value);
  return method !== "set" && method !== "use" && (key.kind === "name" || key.kind === "member");
}

/** `bind(T).to(C)`, `bind<Api>("api").toDynamicValue(() => …)`. */
function boundTo(bind: CallExpression, { callee, args }: CallExpression, fn: number): Registration[] {
  const { callee: inner, args: keys } = bind;
  const isBind = inner.kind === "member" && writtenName(inner) === "bind";
  const making = callee.kind === "member" ? SAID.get(writtenName(callee)) : undefined;
  const [key] = keys;
  const [value] = args;
  if (!isBind || key === undefined || value === undefined || making === undefined) return [];
  return [{ ...plain(key, value, fn), making }];
}

/** `asClass(C).singleton()`. */
function described(key: Expression | string, value: Expression, fn: number): Registration[] {
  let at = value;
  while (at.kind === "call" && at.callee.kind === "member") at = at.callee.object;
  if (at.kind !== "call" || at.callee.kind !== "name") return [];
  const making = SAID.get(at.callee.name);
  const [what] = at.args;
  return making === undefined || what === undefined
    ? []
    : [{ ...plain(key, what, fn), making, byContainer: true }];
}

/** `new EventsApi(session)`, of whatever module. */
function maySdkObject(value: Expression): boolean {
  const made = value.kind === "typed" ? value.value : value;
  return made.kind === "call" && made.style === "new" && /^[A-Z]\w*Api$/.test(writtenName(made.callee));
}

/** `_eventsApi` of `settings._eventsApi`: what a class has of its own is known without. */
function fieldName(target: Expression): string | null {
  if (target.kind !== "member" || target.property.kind !== "string") return null;
  return rootedAt(target.object) === null || target.object.kind === "this" ? null : target.property.value;
}

/** The name of what is put on a carrier: `klaviyo` of `app.locals.klaviyo`. */
function carriedName(target: Expression): string | null {
  if (target.kind !== "member" || target.property.kind !== "string") return null;
  const name = target.property.value;
  const { object } = target;
  return rootedAt(object) !== null && CARRIER.test(writtenName(object)) && !VERB.test(name) ? name : null;
}

/** The name of a variable, or of the property of a member; "" where none is written. */
function writtenName(node: Expression): string {
  if (node.kind === "name") return node.name;
  return node.kind === "member" && node.property.kind === "string" ? node.property.value : "";
}
