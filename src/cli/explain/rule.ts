import { ruleUrl } from "../../audit/rule-url.js";
import { code, heading, list, paragraph, prose } from "../document.js";
import { RULE_REASONS } from "./rule-reasons.js";
import type { Rule } from "../../audit/rule.js";
import type { Block } from "../document.js";

const LEVELS = { off: "off", warn: "a warning", error: "an error" };

/** What a rule reports and at which level, why it matters, and what can be done about a finding. */
export function explainRule({ name, meta }: Rule): Block[] {
  return [
    heading(1, name),
    paragraph(...prose(`${meta.description}.`)),
    heading(2, "Why, and what to do"),
    ...(RULE_REASONS[name] ?? []).map((reason) => paragraph(...prose(reason))),
    ...(meta.fixable
      ? [paragraph(code("klaviyo-scope-audit --fix"), " mends it where that is one clean edit.")]
      : []),
    ...(meta.hasSuggestions
      ? [
          paragraph(
            "The report names suggestions under the finding; editors with ESLint apply one that is chosen.",
          ),
        ]
      : []),
    heading(2, "Its level"),
    paragraph(`In recommended it is ${LEVELS[meta.recommended]}, in strict ${LEVELS[meta.strict]}.`),
    list([
      ["In the config: ", code(`"rules": { "${name}": "off" }`)],
      ["For one run: ", code(`klaviyo-scope-audit --rule ${name}=off`)],
      ["For one place: a comment ", code(`klaviyo-scope-audit-ignore-next-line ${name} -- reason`)],
    ]),
    paragraph("Examples, and what it cannot see: ", code(ruleUrl(name))),
  ];
}
