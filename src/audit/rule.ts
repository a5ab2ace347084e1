/** What a rule is. Rules live in `rules/`, one file each; both faces run them. */
import type { App, Edit, Picture, Place } from "./picture.js";

export type RuleLevel = "off" | "warn" | "error";
export type Confidence = "high" | "low";

export interface RuleMeta {
  /** "problem": Klaviyo will refuse or ignore something; "suggestion": review or hygiene. */
  type: "problem" | "suggestion";
  /** One phrase, no full stop; the docs' head and the README's table show it. */
  description: string;
  /** Level in `recommended`. */
  recommended: RuleLevel;
  /** Level in `strict`. */
  strict: RuleLevel;
  fixable: boolean;
  hasSuggestions: boolean;
}

/** A change that a person chooses. `description` is a command: "Replace with `lists:read`." */
export interface Suggestion {
  messageId: string;
  data: Record<string, string>;
  edits: Edit[];
}

/** A judgement at a place. The message is `messages[messageId]` with `{{name}}` filled from `data`. */
export interface Judgement {
  app: App;
  place: Place;
  messageId: string;
  data: Record<string, string>;
  confidence: Confidence;
  scope: string | null;
  /** The operation concerned (id), null if none: part of a baseline entry's identity. */
  operation: string | null;
  fix: Edit[] | null;
  suggestions: Suggestion[];
  related: (Place & { message: string })[];
}

export interface RuleContext {
  picture: Picture;
  /** Validated against the rule's schema, defaults filled in. */
  options: Record<string, unknown>;
}

export interface Rule {
  /** File name = id. */
  name: string;
  meta: RuleMeta;
  /** Sentences, code in backticks, ending with a full stop or question mark. */
  messages: Record<string, string>;
  /** JSON schema of the rule's one options object; every property has a description. */
  schema: Record<string, unknown> | null;
  defaultOptions: Record<string, unknown>;
  check(context: RuleContext): Judgement[];
}

/** Gives a rule its literal type; the one way a rule file exports its rule. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
