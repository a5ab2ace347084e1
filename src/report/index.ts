/** The output formats: each a function of the report and its context to text. Only the CLI writes the text. */
import { github } from "./github.js";
import { gitlab } from "./gitlab.js";
import { html } from "./html.js";
import { json } from "./json.js";
import { junit } from "./junit.js";
import { markdown } from "./markdown.js";
import { sarif } from "./sarif.js";
import { stylish } from "./stylish.js";
import type { Format } from "./context.js";

export type FormatName = "stylish" | "json" | "sarif" | "github" | "gitlab" | "junit" | "markdown" | "html";

export const formats: Readonly<Record<FormatName, Format>> = {
  stylish,
  json,
  sarif,
  github,
  gitlab,
  junit,
  markdown,
  html,
};

export { githubSummary } from "./markdown.js";
export type { Format } from "./context.js";
export type * from "./types.js";
