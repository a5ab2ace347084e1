import { sensitiveReason } from "../src/catalog/sensitive.js";
import type { App, Picture } from "../src/audit/picture.js";
import { byUse, judge, related, tokensOf } from "../src/audit/judge.js";
import type { WrittenToken } from "../src/audit/judge.js";
import { justifyEdit } from "../src/audit/justify-edit.js";
import { defineRule } from "../src/audit/rule.js";
import type { Judgement } from "../src/audit/rule.js";
import { code } from "../src/audit/words.js";

/** Reports each sensitive scope that an app requests and for which the config gives no reason. */
export default defineRule({
  name: "require-justification",
  meta: {
    type: "suggestion",
    description: "Require a reason in the config for each sensitive scope",
    recommended: "off",
    strict: "warn",
    fixable: false,
    hasSuggestions: true,
  },
  messages: {
    unjustified: "{{scope}} needs a reason in the config's `justify`: it {{reason}}.",
    addEntry: "Add an entry for {{scope}} to `justify`, to be filled in.",
  },
  schema: null,
  defaultOptions: {},
  check: ({ picture }) => picture.apps.flatMap((app) => judgeApp(picture, app)),
});

/** A scope has one reason however often it is requested, so it is reported once for an app. */
function judgeApp(picture: Picture, app: App): Judgement[] {
  const byScope = new Map<string, [WrittenToken, ...WrittenToken[]]>();
  for (const written of tokensOf(app)) {
    const known = byScope.get(written.token.name);
    if (known === undefined) byScope.set(written.token.name, [written]);
    else known.push(written);
  }
  return [...byScope].flatMap(([name, all]) => {
    // A reason is best looked for where the list is written that is sent.
    const [first = all[0], ...others] = [...all].sort((a, b) => byUse(a.requests[0], b.requests[0]));
    const scope = picture.catalog.scope(name);
    const reason = scope && sensitiveReason(scope);
    if (!reason || isJustified(picture, name)) return [];
    const edits = justifyEdit(picture, name);
    return judge(app, first.token.place, {
      messageId: "unjustified",
      data: { scope: code(name), reason },
      scope: name,
      suggestions: edits === null ? [] : [{ messageId: "addEntry", data: { scope: code(name) }, edits }],
      related: others.map(({ token }) => related(token.place, "also requested here")),
    });
  });
}

/** An entry with nothing in it is a reason still to be written. */
function isJustified({ config }: Picture, name: string): boolean {
  const { justify = {} } = config ?? {};
  return Object.hasOwn(justify, name) && (justify[name]?.reason.trim() ?? "") !== "";
}
