import { ruleUrl } from "../../audit/rule-url.js";
import { code, heading, list, paragraph, prose } from "../document.js";
import type { Rule } from "../../audit/rule.js";
import type { Block } from "../document.js";

const LEVELS = { off: "off", warn: "a warning", error: "an error" };

/** What a rule reports, at which level, and what can be done about a finding. */
export function explainRule({ name, meta, messages }: Rule): Block[] {
  return [
    heading(1, name),
    paragraph(`${meta.description}.`),
    paragraph(
      `In \`recommended\` it is ${LEVELS[meta.recommended]}, in \`strict\` ${LEVELS[meta.strict]}. `,
      meta.fixable ? "--fix mends it. " : "",
      meta.hasSuggestions ? "Editors offer suggestions for it." : "",
    ),
    heading(2, "What it says"),
    list(
      Object.values(messages).map((message) =>
        prose(message.replaceAll(/\{\{\s?(\w{1,64})\s?\}\}/gu, "<$1>")),
      ),
    ),
    heading(2, "To change its level"),
    list([
      ["In the config: ", code(`"rules": { "${name}": "off" }`)],
      ["For one run: ", code(`klaviyo-scope-audit --rule ${name}=off`)],
      ["For one place: a comment ", code(`klaviyo-scope-audit-ignore-next-line ${name} -- reason`)],
    ]),
    paragraph("More: ", code(ruleUrl(name))),
  ];
}
