/** What a value of the SDK is: a method of one of its objects, and with which session that was made. */
import type { CallAuth } from "./types.js";
import type { FileIndex } from "../link/file-index.js";
import { perKey } from "../link/per-key.js";
import type { Program } from "../link/program.js";
import { packageNamed } from "../link/specifier.js";
import { ancestors } from "../evaluate/ancestors.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { knownTexts } from "../evaluate/text.js";
import {
  isGiven,
  type ExternalValue,
  type ResultValue,
  type UnknownValue,
  type Value,
} from "../evaluate/values.js";
import { sessionOf } from "./credentials.js";
import { SDK_MODULE } from "./oauth-clients.js";

export interface SdkMethod {
  method: string;
  auth: CallAuth;
  /** The class of an object that was surely made of the SDK's; null for any other. */
  className: string | null;
  /** Callers may know more of the session. */
  open: boolean;
  /** What hides which method it is; absent where that is known. */
  hidden?: UnknownValue;
}

/** The method that a value of a package is; null where it is none of the SDK's. */
export function readSdkMethod(evaluator: Evaluator, value: ExternalValue): SdkMethod | null {
  const found = sdkMethod(evaluator, value);
  if (found === null) return null;
  const { method, made } = found;
  const session = sessionOf(evaluator, made === null ? [] : made.args);
  const typed = made?.typed;
  return {
    method,
    auth: made === null ? "private-key" : session.auth,
    className: classOf(value),
    open:
      session.open ||
      isGiven(typed) ||
      // A method of a class of ours that extends the SDK's: with which session, its instances know.
      (value.self?.args === null && value.self.call === null),
  };
}

/** `api[method](…)`: any method of an object of the SDK's. */
export function hiddenMethod(evaluator: Evaluator, receiver: Value, hidden: UnknownValue): SdkMethod | null {
  if (receiver.kind !== "result") return null;
  const method = readSdkMethod(evaluator, {
    kind: "external",
    module: receiver.callee.module,
    result: receiver,
    path: [""],
  });
  return method?.className == null || method.className === "OAuthApi" ? null : { ...method, hidden };
}

/** The class of `new ProfilesApi(session)`, of which this is a member. */
function classOf({ result, path }: ExternalValue): string | null {
  if (result?.style !== "new" || path.length !== 1 || !/^klaviyo-api$/.test(result.callee.module))
    return null;
  const name = result.callee.path.at(-1) ?? "";
  return result.callee.result === null && name.endsWith("Api") ? name : null;
}

/** Whether anything of the program names the SDK as a module: without it there is nothing to look for. */
export function importsSdk(program: Program): boolean {
  return program.files().some((file) => namesSdk(program.index(file)));
}

function isSdk(specifier: string): boolean {
  return SDK_MODULE.test(packageNamed(specifier)) || DESCRIPTION.test(specifier) || DESCRIBED.test(specifier);
}

/** Klaviyo's API as its reference describes it to the package `api`, and the package that this makes of it. */
const DESCRIPTION = /^@klaviyo\/v\d/;
const DESCRIBED = /^@api\/[\w-]*klaviyo/;

/** `require("api")("@klaviyo/v2024-10-15#…")`. https://api.readme.dev */
function isDescribed({ module, result }: ExternalValue): boolean {
  if (DESCRIBED.test(module)) return true;
  if (result?.callee.module !== "api") return false;
  return knownTexts(result.args[0]?.() ?? []).texts.some((text) => DESCRIPTION.test(text));
}

/** Whose token it is made with is set by a call of its own. */
function describedBy(callee: ExternalValue): ResultValue {
  return { kind: "result", callee, style: "call", args: [], file: "", node: null, frame: null };
}

const namesSdk = perKey(
  ({ form: { imports, exports }, texts }: FileIndex): boolean =>
    imports.some(({ source }) => isSdk(source)) ||
    exports.some((entry) => "source" in entry && isSdk(entry.source)) ||
    texts.some(({ node }) => node.kind === "string" && isSdk(node.value)),
);

/** The method of an SDK object, and the object as it was made; the old global-key objects were made by nobody. */
function sdkMethod(
  evaluator: Evaluator,
  callee: ExternalValue,
): { method: string; made: ResultValue | null } | null {
  if (callee.path.at(-1) === "bind") return null;
  const path = callee.path.filter((part) => part !== "prototype");
  const method = path.at(-1);
  if (method === undefined) return null;
  if (isDescribed(callee)) return path.length === 1 ? { method, made: describedBy(callee) } : null;
  if (callee.result !== null) {
    if (!SDK_MODULE.test(callee.result.callee.module)) return null;
    return { method, made: callee.result };
  }
  // `class Wrapper extends ProfilesApi`: `this.getProfiles()`.
  if (callee.self !== undefined && SDK_MODULE.test(callee.module)) {
    const args = ancestors(evaluator, callee.self).args ?? [];
    return {
      method,
      made: { kind: "result", callee, style: "new", args, file: callee.self.file, node: null, frame: null },
    };
  }
  return SDK_MODULE.test(callee.module) && path.length >= 2 ? { method, made: null } : null;
}
