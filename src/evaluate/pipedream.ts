/** Pipedream's components. https://pipedream.com/docs/components/contributing/api */
import type { Reading } from "./members.js";
import { unknown, type ObjectValue, type Value } from "./values.js";

/** They see what their `props` ask for as `this`: of an app its `methods`, else what the user gives. Null for other objects. */
export function askedFor(object: ObjectValue, key: string, at: Reading): Value[] | null {
  if (!object.layers.some((one) => one.key === "run" || one.key === "methods")) return null;
  const props = own(object, "props").filter((value) => value.kind === "object");
  const asked = props.flatMap((value) => own(value, key));
  if (asked.length === 0) return null;
  const methods = asked
    .filter((value) => value.kind === "object")
    .flatMap((app) => own(app, "methods"))
    .filter(({ kind }) => kind === "object");
  return methods.length > 0 ? methods : [unknown("given at run time", at, { name: key })];
}

function own(of: ObjectValue, name: string): Value[] {
  return of.layers.filter((one) => one.key === name).flatMap((one) => one.get());
}
