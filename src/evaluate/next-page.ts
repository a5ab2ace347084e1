/**
 * Addresses that an answer gives to go on with: the link to its next page, where a redirect leads. What is cut from one
 * leads where it led (https://developers.klaviyo.com/en/docs/pagination_).
 */
import { knownTexts } from "./text.js";
import type { ExternalValue, ResultValue } from "./values.js";

/** Methods of a text that answer with it or with a part of it. */
const CUTS =
  /^(?:replace(?:All)?|slice|substr(?:ing)?|split|at|pop|shift|trim(?:Start|End)?|toString|match)$/;

/** Keys of what such a method answers: `next.split("/api")[1]`. */
const PART = /^(?:\d+|at|pop|shift)$/;

/** Whether a value of which only its making is known is such an address. */
export function leadsOn(value: ExternalValue | ResultValue): boolean {
  if (value.kind === "external") return isAddress(value, value.path);
  const { callee, args } = value;
  const method = callee.path.at(-1) ?? "";
  // `response.headers.get("location")`
  if (callee.path.slice(-2).join(".") === "headers.get")
    return knownTexts(args[0]?.() ?? []).texts.some((text) => /^location$/i.test(text));
  return CUTS.test(method) && isAddress(callee, callee.path.slice(0, -1));
}

function isAddress({ result }: ExternalValue, path: readonly string[]): boolean {
  if (/^(?:links\.next|headers\.location)$/i.test(path.slice(-2).join("."))) return true;
  return result !== null && path.every((key) => PART.test(key)) && leadsOn(result);
}
