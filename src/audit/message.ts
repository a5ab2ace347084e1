/** A judgement's words: its rule's message with the data filled in. */
import type { Judgement, Rule, Suggestion } from "./rule.js";

/** The text with each `{{name}}` replaced from `data`; a name that is not in it stays as it is. */
export function fillMessage(text: string, data: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{([A-Za-z]{1,40})\}\}/g, (whole, name: string) =>
    Object.hasOwn(data, name) ? (data[name] ?? whole) : whole,
  );
}

/** @throws Error when the rule has no message of that id: a fault of ours, which tests must see. */
export function messageOf(rule: Rule, said: Pick<Judgement | Suggestion, "messageId" | "data">): string {
  const text = rule.messages[said.messageId];
  if (text === undefined) throw new Error(`${rule.name} has no message ${said.messageId}.`);
  return fillMessage(text, said.data);
}
