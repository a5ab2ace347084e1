/** Runs the rules over the picture and decides what becomes of each judgement: its severity, and whether it is muted. */
import { isOnSomewhere } from "./levels.js";
import type { Picture } from "../audit/picture.js";
import type { Rule } from "../audit/rule.js";
import type { Suppressions } from "../audit/suppressions.js";
import type { Config } from "../config/types.js";
import type { Judged } from "../report/build.js";
import type { Levels } from "./levels.js";

export interface JudgeInput {
  picture: Picture;
  rules: readonly Rule[];
  levels: Levels;
  config: Config | null;
  suppressions: Suppressions;
}

export function judge({ picture, rules, levels, config, suppressions }: JudgeInput): Judged[] {
  return rules
    .filter((rule) => isOnSomewhere(rule, levels, config))
    .flatMap((rule) =>
      rule.check({ picture, options: { ...rule.defaultOptions } }).flatMap((judgement): Judged[] => {
        const level = levels(rule, judgement.place.file);
        if (level === "off") return [];
        const severity = level === "error" ? "error" : "warning";
        return [{ rule, judgement, severity, suppression: suppressions.match(rule.name, judgement.place) }];
      }),
    );
}
