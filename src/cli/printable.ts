import { visible } from "../report/safe.js";

/** Messages quote names of analyzed code: no control characters but line ends get to the terminal. */
export function printable(text: string): string {
  return text.split("\n").map(visible).join("\n");
}
