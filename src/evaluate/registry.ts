/** What is given for a key or name by which something was registered: in a container, in a module, on an application. */
import type { Expression } from "../lower/form.js";
import { registrationsIn, type Registration } from "../link/registrations.js";
import type { FileIndex } from "../link/file-index.js";
import { filledPer } from "../link/reads.js";
import { receiverOf, type Receiver } from "./carriers.js";
import { instanceOf } from "./containers.js";
import type { Evaluator } from "./evaluator.js";
import { callFunction } from "./functions.js";
import { flatten } from "./literals.js";
import { nameOf, type Reading } from "./members.js";
import { knownTexts } from "./text.js";
import { isTypedByPackage } from "./types.js";
import { always, isUnknown, unknown, type FunctionValue, type Value } from "./values.js";
import { addTo } from "../source/multimap.js";

interface Entry {
  file: string;
  registration: Registration;
}

type Registry = Map<string, Entry[]>;

/** More under one key, and it says nothing. */
const MOST_ENTRIES = 6;

/**
 * What is registered under the name of a property: `fastify.klaviyo`, `({ klaviyo }) => …`. It stands beside what the
 * property is else: another application's object may have one of that name. None where nothing is, or of any other object.
 */
export function registeredAs(evaluator: Evaluator, object: Value, name: string, at: Reading): Value[] {
  const isRegistered = evaluator.program.names("registered").has(name);
  if (!isRegistered && !SERVICE.test(name)) return [];
  const receiver = receiverOf(object, name, at);
  if (receiver === null) return [];
  const isPackages = isUnknown(object) && isTypedByPackage(evaluator, object);
  const entries = isRegistered
    ? entriesOf(evaluator, textKey(name)).filter(
        ({ registration }) => mayGive(registration, name, receiver) && !(registration.isSdk && isPackages),
      )
    : [];
  return given(evaluator, entries, at) ?? namedAfterClass(evaluator, name, receiver, at);
}

function mayGive({ loose, byContainer, isSdk }: Registration, name: string, receiver: Receiver): boolean {
  if (isSdk) return receiver.unknown && !receiver.apart;
  if (receiver.carrier) return true;
  const isKlaviyo = /klaviyo/i.test(name);
  return receiver.apart ? isKlaviyo || byContainer : isKlaviyo && !loose && receiver.unknown;
}

/** `klaviyoService`, as containers name what they make of `KlaviyoService`. */
const SERVICE = /klaviyo[A-Z]\w*$/;

/** `({ klaviyoService }) => …`: containers that read a folder of classes give each under its own name. */
function namedAfterClass(evaluator: Evaluator, name: string, receiver: Receiver, at: Reading): Value[] {
  if (!SERVICE.test(name) || !(receiver.carrier || receiver.unknown)) return [];
  const wanted = name.charAt(0).toUpperCase() + name.slice(1);
  const [found, ...more] = evaluator.program.classes().all.filter(({ form }) => form.name === wanted);
  if (found === undefined || more.length > 0) return [];
  const { file, cls, form } = found;
  const value: Value = { kind: "class", file, cls, frame: evaluator.rootFrame(file, form.fn) };
  return instanceOf(value, unknown("made by a container", at), file);
}

/** What a container gives for a key. @param written The key as it is written, where that may tell that nothing is registered for it. */
export function registeredFor(
  evaluator: Evaluator,
  written: Expression | null,
  keys: readonly Value[],
  at: Reading,
): Value[] | null {
  if (written !== null && !evaluator.program.names("registered").has(writtenName(written))) return null;
  return given(
    evaluator,
    keys.flatMap(identities).flatMap((key) => entriesOf(evaluator, key)),
    at,
  );
}

function writtenName(key: Expression): string {
  return key.kind === "string" ? key.value : nameOf(key);
}

const registryOf = filledPer(
  (): Registry => new Map(),
  (filling, evaluator: Evaluator) => {
    const { program } = evaluator;
    for (const file of program.filesWith(registers).files)
      for (const registration of registrationsIn(program.index(file))) {
        const { key: written, fn } = registration;
        const keys =
          typeof written === "string"
            ? [textKey(written)]
            : evaluator.evaluate(written, evaluator.rootFrame(file, fn)).flatMap(identities);
        for (const one of keys) addTo(filling, one, { file, registration });
      }
  },
);

function entriesOf(evaluator: Evaluator, key: string): Entry[] {
  const found = registryOf(evaluator).get(key) ?? [];
  const isTold = found.some(({ registration }) => !registration.loose && !registration.isSdk);
  const entries = isTold ? found.filter(({ registration }) => !registration.loose) : found;
  return entries.length > MOST_ENTRIES ? [] : entries;
}

function registers(index: FileIndex): boolean {
  return registrationsIn(index).length > 0;
}

function textKey(text: string): string {
  return `text ${text}`;
}

/** What makes two keys the same: their text, their class or its name in a package, the place where a token is made. */
function identities(value: Value): string[] {
  switch (value.kind) {
    case "string":
      return knownTexts([value]).texts.map(textKey);
    case "class":
      return [`class ${value.file}#${String(value.cls)}`];
    case "result":
      return value.node === null ? [] : [`made ${value.file}:${String(value.node.range[0])}`];
    case "external":
      return value.module === "" || value.result !== null ? [] : [`${value.module} ${value.path.join(".")}`];
    default:
      return [];
  }
}

function given(evaluator: Evaluator, entries: readonly Entry[], at: Reading): Value[] | null {
  const values = entries
    .flatMap((entry) => valuesOf(evaluator, entry, at))
    .filter((one) => isClient(evaluator, one));
  return values.length > 0 ? values : null;
}

function valuesOf(evaluator: Evaluator, { file, registration }: Entry, at: Reading): Value[] {
  const { value, making, given: asked, fn } = registration;
  const frame = evaluator.rootFrame(file, fn);
  const values = evaluator.evaluate(value, frame);
  if (registration.isSdk) return values.filter(isOfSdk);
  return values.flatMap((one): Value[] => {
    if (making === "existing" || making === "class" || one.kind === "class")
      return instanceOf(one, unknown("made by a container", at), file);
    if (making !== "factory" || one.kind !== "function") return [one];
    const keys = asked === null ? [] : evaluator.evaluate(asked, frame);
    return madeByContainer(evaluator, one, keys, { file, range: value.range, node: value, frame });
  });
}

/** `new EventsApi(session)` of Klaviyo's package: other services name their classes so as well. */
function isOfSdk(value: Value): boolean {
  return value.kind === "result" && value.style === "new" && value.callee.module === "klaviyo-api";
}

/** What a factory returns that a container calls, with what is registered for the keys that it names. */
export function madeByContainer(
  evaluator: Evaluator,
  factory: FunctionValue,
  keys: readonly Value[],
  at: Reading,
): Value[] {
  const { params } = evaluator.program.form(factory.file).functions[factory.fn] ?? { params: [] };
  const items = keys.flatMap((list) => (list.kind === "list" ? list.items : []));
  const nobodys = unknown("given by a container", at);
  const args = params.map((_, position) => {
    const asked = items[position]?.values() ?? [];
    return always(registeredFor(evaluator, null, asked, at) ?? [nobodys]);
  });
  return callFunction(evaluator, factory, args, at);
}

/** Something whose methods may send: texts, lists and records are registered as well, and say nothing of a client. */
function isClient(evaluator: Evaluator, value: Value): boolean {
  switch (value.kind) {
    case "instance":
    case "result":
    case "function":
    case "module":
      return true;
    case "object":
      return flatten(evaluator, value, 0).entries.some(({ get }) =>
        get().some((one) => one.kind === "function" || one.kind === "instance" || one.kind === "result"),
      );
    default:
      return !isUnknown(value) && value.kind === "external" && value.module !== "";
  }
}
