/** Forms that send the authorization request: an action at Klaviyo's authorize URL, the parameters in hidden inputs. */
import type { CallExpression, MapExpression } from "../lower/form.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { getProperty, type Reading } from "../evaluate/members.js";
import { objectEntries } from "../evaluate/literals.js";
import { chunksOf, textChoice } from "../evaluate/strings.js";
import { knownTexts, outline, unknownsIn } from "../evaluate/text.js";
import { isGiven, type ParamsEntry, type Value } from "../evaluate/values.js";
import { AUTHORIZE_URL, pkceOf } from "./authorize-url.js";
import { askEach, callsOfCode } from "./ask-each.js";
import type { Caller, CallGraph } from "./call-graph.js";
import { lookAround, wayTo } from "./contexts.js";
import type { RawRequest } from "./raw.js";

export function findFormRequests(graph: CallGraph): RawRequest[] {
  return askEach(graph, "form", callsOfCode, (caller) => {
    const { callee, style } = caller.node;
    if (style !== "jsx" || callee.kind !== "string" || callee.value !== "form") return null;
    return () => requestsAt(graph, caller);
  });
}

function requestsAt(graph: CallGraph, { file, fn, node }: Caller): RawRequest[] {
  const { evaluator } = graph;
  const site = { file, range: node.range };
  return lookAround(graph, {
    file,
    fn,
    look: (frame) => look(evaluator, node, frame),
    settle: ({ answer, context }): RawRequest[] => {
      const scope = answer.find((entry) => knownTexts(entry.key).texts.includes("scope"));
      if (scope === undefined) return [];
      const chunks = textChoice(evaluator, scope.value(), site);
      const { pkce, methodPlace } = pkceOf(answer, []);
      return [
        {
          chunks,
          all: null,
          delivery: "text",
          site,
          kind: "authorize-url",
          evidence: "authorize-url",
          authorization: { ...site, pkce, methodPlace, pkceEdit: null },
          via: wayTo(context),
        },
      ];
    },
  });
}

function look(
  evaluator: Evaluator,
  node: CallExpression,
  frame: Frame,
): { answer: ParamsEntry[]; open: boolean } {
  const at: Reading = { file: frame.file, range: node.range, node, frame };
  const [attributes] = node.args;
  if (attributes?.kind !== "map") return { answer: [], open: false };
  const action = attribute(evaluator, attributes, "action", frame, at);
  const isOurs = action.some(
    (value) =>
      (value.kind === "string" || value.kind === "url") &&
      AUTHORIZE_URL.test(outline(chunksOf(evaluator, value, at)).split("?")[0] ?? ""),
  );
  const open = !isOurs && action.some(isGiven);
  if (!isOurs) return { answer: [], open };
  const answer = inputsIn(attributes).flatMap((input): ParamsEntry[] => {
    const key = attribute(evaluator, input, "name", frame, at);
    const value = [
      ...attribute(evaluator, input, "value", frame, at),
      ...attribute(evaluator, input, "defaultValue", frame, at),
    ];
    return key.length === 0 || value.length === 0 ? [] : [{ key, value: () => value, optional: false }];
  });
  const scope = answer.find((entry) => knownTexts(entry.key).texts.includes("scope"));
  const hidden = scope === undefined ? [] : unknownsIn(textChoice(evaluator, scope.value(), at));
  return { answer, open: hidden.some(isGiven) };
}

function attribute(
  evaluator: Evaluator,
  map: MapExpression,
  name: string,
  frame: Frame,
  at: Reading,
): Value[] {
  const [object] = evaluator.evaluate(map, frame);
  if (object?.kind !== "object" || !objectEntries(evaluator, object).some((entry) => entry.key === name))
    return [];
  return getProperty(evaluator, object, name, at);
}

/** The attributes of all inputs below an element, in order. */
function inputsIn(attributes: MapExpression): MapExpression[] {
  const children = attributes.entries.find(
    (entry) => entry.key?.kind === "string" && entry.key.value === "children",
  )?.value;
  if (children?.kind !== "list") return [];
  return children.items.flatMap((item) => {
    if (item.kind !== "call" || item.style !== "jsx") return [];
    const [own] = item.args;
    if (own?.kind !== "map") return [];
    const isInput = item.callee.kind === "string" && /^(?:input|button|textarea)$/.test(item.callee.value);
    return [...(isInput ? [own] : []), ...inputsIn(own)];
  });
}
