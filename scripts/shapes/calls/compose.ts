/** One random project for API calls: a client, a helper, and some calls with their paths and methods. */
import type { Operation } from "../../../src/catalog/types.js";
import { Project, type SourceFile } from "../project.js";
import { Random } from "../random.js";
import type { Sample } from "../sample.js";
import { distractors } from "./distractors.js";
import { helpers, type Method } from "./helpers.js";
import { CREDENTIALS, type Composition } from "./operation.js";
import { pathForms } from "./paths.js";
import { transports } from "./transports.js";

/** @param operations All operations that are called with an account's credential. */
export function composeCalls(seed: number, operations: readonly Operation[]): Sample {
  const random = new Random(seed);
  const project = new Project(random);
  const composition: Composition = { project, operations, credential: random.pick(CREDENTIALS) };
  const transport = random.pick(transports);
  const helper = random.pick(helpers);
  const parts = [transport.name, helper.name];
  const home = project.file();
  const sender = transport.declare(home);
  const call = helper.declare(composition, home, sender);
  for (let calls = random.integer(1, 3); calls > 0; calls--) {
    const form = random.pick(pathForms);
    const [operation, second] = operationsFor(random, operations, form.writes ?? (() => true));
    const chosen = form.operations === 2 ? [operation, second] : [operation];
    const caller = helper.inPlace !== true && random.chance(0.6) ? project.file() : home;
    const method = methodOf(project, caller, operation.method);
    const path = { ...form.write(caller, chosen, sender.needs), operations: chosen };
    parts.push(`${form.name} ${method.code}`);
    call(caller, path, method);
  }
  for (const distractor of random.some(distractors, random.integer(0, 2))) {
    parts.push(`beside ${distractor.name}`);
    distractor.add(project, random.pick(["/api/profiles", "/api/lists", "/api/events"]));
  }

  const { files, placed } = project.finish();
  const expected = placed.flatMap(({ mark, file, start }) =>
    mark.kind === "call" ? [callLine({ ...mark, place: `${file}:${start}` })] : [],
  );
  return { files, expected, parts };
}

/** Two different operations of one method whose paths a form can write. */
function operationsFor(
  random: Random,
  all: readonly Operation[],
  writes: (operation: Operation) => boolean,
): [Operation, Operation] {
  const able = all.filter(writes);
  const first = random.pick(able);
  const second = random.pick(able.filter((one) => one.method === first.method && one.path !== first.path));
  return [first, second];
}

/** The method as it is written in a caller. */
function methodOf(project: Project, file: SourceFile, name: string): Method {
  switch (project.random.integer(0, 5)) {
    case 0:
      return { name, code: file.constant(`"${name}"`) };
    case 1: {
      const table = project.name("object");
      file.add(
        `const ${table} = { read: "GET", wanted: "${name}" }${project.isTypeScript ? " as const" : ""};`,
      );
      return { name, code: `${table}.wanted` };
    }
    case 2: {
      if (!project.isTypeScript) return { name, code: `"${name}"` };
      const methods = project.name("class");
      file.add(`enum ${methods} {\n  Wanted = "${name}",\n}`);
      return { name, code: `${methods}.Wanted` };
    }
    default:
      return { name, code: `"${name}"` };
  }
}

export interface CallLine {
  place: string;
  method: string;
  operation: string;
  auth: string;
}

/** A call as one line of the known answer. */
export function callLine({ place, method, operation, auth }: CallLine): string {
  return `${place} ${method} ${operation} ${auth}`;
}
