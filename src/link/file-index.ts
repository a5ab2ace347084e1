/** One file's form, indexed: who contains whom, where each variable is declared, written and changed, and all calls. */
import type {
  AssignExpression,
  CallExpression,
  Expression,
  FileForm,
  ImportForm,
  MapExpression,
  NameExpression,
  Pattern,
  Statement,
} from "../lower/form.js";
import {
  childExpressions,
  childStatements,
  patternExpressions,
  statementExpressions,
} from "../lower/walk.js";

/** One step from a matched value into it, with the default taken when the result is undefined. */
export type Access =
  | { kind: "self"; default: Expression | null }
  | { kind: "key"; key: Expression; default: Expression | null }
  | { kind: "index"; index: number; default: Expression | null }
  | { kind: "rest-of-list"; from: number; default: Expression | null }
  | { kind: "rest-of-object"; without: Expression[]; default: Expression | null };

export type Declaration =
  | { kind: "let"; value: Expression | null; path: Access[]; statement: Statement }
  | { kind: "parameter"; fn: number; index: number; rest: boolean; path: Access[] }
  | { kind: "loop"; statement: Extract<Statement, { kind: "loop" }>; path: Access[] }
  | { kind: "import"; form: ImportForm };

/** Something that changes what a variable holds, after its declaration. */
export type Effect =
  /** `x = …`, `x += …`, `[x] = …`. */
  | { kind: "write"; node: AssignExpression; path: Access[]; fn: number }
  /** `x.a.b = …`: keys from the variable on. */
  | { kind: "member-write"; node: AssignExpression; keys: Expression[]; fn: number }
  /** `x.a.push(…)`: keys before the method. */
  | { kind: "method"; node: CallExpression; keys: Expression[]; method: string; fn: number }
  /** `x.method(…)`, where a method of that name may change what it is called on. */
  | { kind: "ran"; node: CallExpression; method: string; fn: number }
  /** `f(x)`. */
  | { kind: "passed"; node: CallExpression; index: number; fn: number }
  /** `add("scope", y)`, where `add` is a function beside it that changes it: what a call of it does. */
  | { kind: "called"; node: CallExpression; body: number; effects: Effect[]; fn: number; given: Given };

/** What such a function is given: a call's arguments, each item of a list (`names.forEach(add)`), or what it is handed to decides. */
export type Given = "arguments" | "items" | "unknown";

export interface Variable {
  declarations: Declaration[];
  effects: Effect[];
}

export interface FileIndex {
  form: FileForm;
  /** The expression, statement or function (as its id's holder) around a node. */
  parent(node: object): object | undefined;
  /** The function in which an expression stands; -1 for the module. */
  functionOf(node: Expression): number;
  variable(binding: number): Variable;
  calls: { node: CallExpression; fn: number }[];
  maps: { node: MapExpression; fn: number }[];
  assigns: { node: AssignExpression; fn: number }[];
  /** All other expressions that may make text: templates, concatenations, strings. */
  texts: { node: Expression; fn: number }[];
  /** All reads of variables. */
  names: NameExpression[];
  /** All statements, with the function they stand in. */
  statements: { node: Statement; fn: number }[];
  /** The FunctionExpression of a function id. */
  functionNode(fn: number): Expression | undefined;
  classNode(cls: number): Expression | undefined;
}

/** Methods of lists, tables and query strings that change what they are called on. */
export const MUTATORS = new Set([
  "push",
  "unshift",
  "append",
  "set",
  "add",
  "delete",
  "sort",
  "reverse",
  "splice",
  "pop",
  "shift",
]);

export function indexFile(form: FileForm): FileIndex {
  const parents = new Map<object, object>();
  const functions = new Map<Expression, number>();
  const variables: Variable[] = form.bindings.map(() => ({ declarations: [], effects: [] }));
  const functionNodes = new Map<number, Expression>();
  const classNodes = new Map<number, Expression>();
  const index: FileIndex = {
    form,
    parent: (node) => parents.get(node),
    functionOf: (node) => functions.get(node) ?? -1,
    variable: (binding) => variables[binding] ?? { declarations: [], effects: [] },
    calls: [],
    maps: [],
    assigns: [],
    texts: [],
    names: [],
    statements: [],
    functionNode: (fn) => functionNodes.get(fn),
    classNode: (cls) => classNodes.get(cls),
  };
  const variable = (binding: number): Variable | undefined => variables[binding];

  type Work =
    | { kind: "statement"; node: Statement; fn: number; parent: object }
    | { kind: "expression"; node: Expression; fn: number; parent: object };
  const work: Work[] = [];
  const pushAll = (items: Work[]): void => {
    for (let i = items.length - 1; i >= 0; i--) {
      const item = items[i];
      if (item !== undefined) work.push(item);
    }
  };

  const declare = (pattern: Pattern, make: (path: Access[]) => Declaration): void => {
    for (const { binding, path } of boundNames(pattern)) variable(binding)?.declarations.push(make(path));
  };

  const enterStatement = (node: Statement, fn: number): void => {
    index.statements.push({ node, fn });
    if (node.kind === "let") {
      const { value } = node;
      declare(node.target, (path) => ({ kind: "let", value, path, statement: node }));
    }
    if (node.kind === "loop" && node.target !== null) {
      declare(node.target, (path) => ({ kind: "loop", statement: node, path }));
    }
    pushAll([
      ...statementExpressions(node).map((child): Work => ({
        kind: "expression",
        node: child,
        fn,
        parent: node,
      })),
      ...childStatements(node).map((child): Work => ({ kind: "statement", node: child, fn, parent: node })),
    ]);
  };

  const enterFunction = (node: Expression, id: number): void => {
    functionNodes.set(id, node);
    const form_ = form.functions[id];
    if (form_ === undefined) return;
    form_.params.forEach((pattern, position) => {
      declare(pattern, (path) => ({ kind: "parameter", fn: id, index: position, rest: false, path }));
    });
    if (form_.rest !== null) {
      const position = form_.params.length;
      declare(form_.rest, (path) => ({ kind: "parameter", fn: id, index: position, rest: true, path }));
    }
    const written = [...form_.params, ...(form_.rest === null ? [] : [form_.rest])].flatMap(
      patternExpressions,
    );
    pushAll([
      ...written.map((child): Work => ({ kind: "expression", node: child, fn: id, parent: node })),
      ...form_.body.map((child): Work => ({ kind: "statement", node: child, fn: id, parent: node })),
    ]);
  };

  const enterClass = (node: Expression, id: number, fn: number): void => {
    classNodes.set(id, node);
    const cls = form.classes[id];
    if (cls === undefined) return;
    const children = [
      ...(cls.parent === null ? [] : [cls.parent]),
      ...cls.members.flatMap((member) => (member.value === null ? [member.key] : [member.key, member.value])),
    ];
    pushAll(children.map((child): Work => ({ kind: "expression", node: child, fn, parent: node })));
  };

  const enterExpression = (node: Expression, fn: number): void => {
    functions.set(node, fn);
    switch (node.kind) {
      case "call":
        index.calls.push({ node, fn });
        noteCall(node, fn);
        break;
      case "map":
        index.maps.push({ node, fn });
        break;
      case "name":
        index.names.push(node);
        break;
      case "template":
      case "tagged":
      case "binary":
      case "string":
        index.texts.push({ node, fn });
        break;
      case "assign":
        index.assigns.push({ node, fn });
        noteAssign(node, fn);
        break;
      case "function":
        enterFunction(node, node.fn);
        return;
      case "class":
        enterClass(node, node.cls, fn);
        return;
      default:
        break;
    }
    pushAll(
      childExpressions(node).map((child): Work => ({ kind: "expression", node: child, fn, parent: node })),
    );
  };

  const noteAssign = (node: AssignExpression, fn: number): void => {
    for (const { binding, path } of boundNames(node.target)) {
      variable(binding)?.effects.push({ kind: "write", node, path, fn });
    }
    for (const target of assignedMembers(node.target)) {
      const rooted = rootedAt(target);
      if (rooted !== null && rooted.binding >= 0) {
        variable(rooted.binding)?.effects.push({ kind: "member-write", node, keys: rooted.keys, fn });
      }
    }
  };

  const noteCall = (node: CallExpression, fn: number): void => {
    if (node.callee.kind === "member" && node.callee.property.kind === "string") {
      const method = node.callee.property.value;
      if (MUTATORS.has(method)) {
        const rooted = rootedAt(node.callee.object);
        if (rooted !== null && rooted.binding >= 0) {
          variable(rooted.binding)?.effects.push({ kind: "method", node, keys: rooted.keys, method, fn });
        }
      }
      const { object } = node.callee;
      if (object.kind === "name" && object.binding >= 0 && !isWrittenTo(object.binding, node)) {
        // `x.url("/lists").method("POST")`: all of the chain runs.
        variable(object.binding)?.effects.push({ kind: "ran", node: wholeChain(node), method, fn });
      }
    }
    node.args.forEach((argument, position) => {
      if (argument.kind === "name" && argument.binding >= 0) {
        variable(argument.binding)?.effects.push({ kind: "passed", node, index: position, fn });
      }
    });
  };

  const wholeChain = (node: CallExpression): CallExpression => {
    let whole = node;
    for (;;) {
      const member = parents.get(whole) as Expression | undefined;
      if (member?.kind !== "member" || member.object !== whole) return whole;
      const call = parents.get(member) as Expression | undefined;
      if (call?.kind !== "call" || call.callee !== member) return whole;
      whole = call;
    }
  };

  /** `x = x.url("/lists")`: what is written is what the call returns. */
  const isWrittenTo = (binding: number, node: CallExpression): boolean => {
    let at = parents.get(wholeChain(node));
    while (at !== undefined && "kind" in at && at.kind === "await") at = parents.get(at);
    return (
      at !== undefined &&
      "kind" in at &&
      at.kind === "assign" &&
      boundNames((at as AssignExpression).target).some((one) => one.binding === binding)
    );
  };

  for (const form_ of form.imports) {
    if (form_.binding >= 0) variable(form_.binding)?.declarations.push({ kind: "import", form: form_ });
  }
  pushAll([
    ...form.body.map((node): Work => ({ kind: "statement", node, fn: -1, parent: form })),
    ...form.exports.flatMap((entry): Work[] =>
      entry.kind === "local" ? [{ kind: "expression", node: entry.value, fn: -1, parent: form }] : [],
    ),
    ...(form.data === null ? [] : [{ kind: "expression" as const, node: form.data, fn: -1, parent: form }]),
  ]);
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    if (parents.has(item.node)) continue;
    parents.set(item.node, item.parent);
    if (item.kind === "statement") enterStatement(item.node, item.fn);
    else enterExpression(item.node, item.fn);
  }
  shareAliases(form, variables);
  return index;
}

/**
 * `const params = url.searchParams` names a part of `url`: what changes `params` changes `url`.
 * Effects of such a name are noted on the root as well, with the keys in front.
 */
function shareAliases(form: FileForm, variables: Variable[]): void {
  form.bindings.forEach((_, binding) => {
    const own = variables[binding];
    const [declaration, ...more] = own?.declarations ?? [];
    if (own === undefined || declaration?.kind !== "let" || more.length > 0 || declaration.value === null)
      return;
    const keysOfPath = declaration.path.flatMap((access) => (access.kind === "key" ? [access.key] : []));
    if (keysOfPath.length !== declaration.path.filter((access) => access.kind !== "self").length) return;
    const rooted = rootedAt(declaration.value);
    if (rooted === null || rooted.binding < 0 || rooted.binding === binding) return;
    const keys = [...rooted.keys, ...keysOfPath];
    if (keys.length === 0) return;
    const root = variables[rooted.binding];
    for (const effect of own.effects) {
      if (effect.kind === "method" || effect.kind === "member-write") {
        root?.effects.push({ ...effect, keys: [...keys, ...effect.keys] });
      }
    }
  });
}

/** `a.b.c` → the variable a and the keys b, c; null when it is rooted elsewhere. */
export function rootedAt(node: Expression): { binding: number; keys: Expression[] } | null {
  const { root, keys } = pathFrom(node);
  return root.kind === "name" ? { binding: root.binding, keys } : null;
}

/** `a.b.c` → the expression a and the keys b, c. */
export function pathFrom(node: Expression): { root: Expression; keys: Expression[] } {
  const keys: Expression[] = [];
  let at = node;
  for (;;) {
    if (at.kind === "member") {
      keys.unshift(at.property);
      at = at.object;
    } else if (at.kind === "typed") {
      at = at.value;
    } else {
      return { root: at, keys };
    }
  }
}

/** Each variable a pattern binds, with the way from the matched value to it. */
export function boundNames(pattern: Pattern, path: Access[] = []): { binding: number; path: Access[] }[] {
  const here: Access[] = pattern.default === null ? path : withDefault(path, pattern.default);
  switch (pattern.kind) {
    case "bind":
      return [{ binding: pattern.binding, path: here }];
    case "target":
      return pattern.expression.kind === "name" && pattern.expression.binding >= 0
        ? [{ binding: pattern.expression.binding, path: here }]
        : [];
    case "object":
      return [
        ...pattern.entries.flatMap((entry) =>
          boundNames(entry.value, [...here, { kind: "key", key: entry.key, default: null }]),
        ),
        ...(pattern.rest === null
          ? []
          : boundNames(pattern.rest, [
              ...here,
              { kind: "rest-of-object", without: pattern.entries.map((entry) => entry.key), default: null },
            ])),
      ];
    case "array":
      return [
        ...pattern.items.flatMap((item, position) =>
          item === null ? [] : boundNames(item, [...here, { kind: "index", index: position, default: null }]),
        ),
        ...(pattern.rest === null
          ? []
          : boundNames(pattern.rest, [
              ...here,
              { kind: "rest-of-list", from: pattern.items.length, default: null },
            ])),
      ];
  }
}

function withDefault(path: Access[], value: Expression): Access[] {
  const last = path.at(-1);
  if (last === undefined || last.default !== null) return [...path, { kind: "self", default: value }];
  return [...path.slice(0, -1), { ...last, default: value }];
}

function assignedMembers(pattern: Pattern): Expression[] {
  switch (pattern.kind) {
    case "bind":
      return [];
    case "target":
      return pattern.expression.kind === "member" ? [pattern.expression] : [];
    case "object":
      return pattern.entries.flatMap((entry) => assignedMembers(entry.value));
    case "array":
      return pattern.items.flatMap((item) => (item === null ? [] : assignedMembers(item)));
  }
}
