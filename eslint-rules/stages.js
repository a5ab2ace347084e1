/**
 * The stages of the pipeline, lowest first: a file may import from its own stage and from those before it.
 * CONTRIBUTING.md shows them as a map.
 */
export const STAGES = [
  "src/catalog",
  "src/config",
  "src/source",
  "src/parse",
  "src/lower",
  "src/link",
  "src/evaluate",
  "src/detect",
  "src/audit",
  "src/report",
  "rules",
  "src/api",
  "src/cli",
  "src/eslint",
];

/** Types that any stage may name: the form is what the stages hand to each other. */
export const SHARED_TYPES = ["src/lower/form.js"];
