/** Calls that send several requests at once: `UrlFetchApp.fetchAll([…])` of Google Apps Script. */
import type { CallExpression } from "../lower/form.js";
import type { Callee } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { callArguments } from "../evaluate/functions.js";
import { itemsOf } from "../evaluate/literals.js";
import type { Thunk } from "../evaluate/values.js";
import type { Place } from "./types.js";

/** One of several requests. */
export interface BatchedRequest {
  request: Thunk;
  /** Its own place in the list, where it has one. */
  place: Place | null;
}

/** As many requests of one call are told apart. */
const MOST_REQUESTS = 40;

/** The requests of a call that sends several; null for one that sends one. */
export function batchOf(
  evaluator: Evaluator,
  node: CallExpression,
  frame: Frame,
  callees: readonly Callee[],
): BatchedRequest[] | null {
  // https://developers.google.com/apps-script/reference/url-fetch/url-fetch-app#fetchallrequests
  const sendsSeveral = callees.some(
    ({ callee }) =>
      callee?.kind === "external" && callee.module === "" && callee.path.join(".") === "UrlFetchApp.fetchAll",
  );
  if (!sendsSeveral) return null;
  const [list] = callArguments(evaluator, node, frame);
  return (list?.() ?? [])
    .flatMap((value) => itemsOf(evaluator, value, { file: frame.file, range: node.range }))
    .slice(0, MOST_REQUESTS)
    .map(({ values, origin }) => ({
      request: values,
      place: origin === null ? null : { file: origin.file, range: origin.item.range },
    }));
}
