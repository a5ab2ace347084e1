import { Linter, type Rule } from "eslint";
import * as typescriptParser from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/utils";

import type { FileForm } from "../../src/lower/form.js";
import { lowerFile } from "../../src/lower/index.js";
import { lowerJs, type JsComment } from "../../src/lower/js/index.js";

/** Lowers through the parser of the command line; throws where it has problems. */
export function lowered(text: string, file = "src/app.tsx"): FileForm {
  const form = lowerFile(file, text);
  if (form.problems.length > 0) throw new Error(`${file}: ${JSON.stringify(form.problems)}`);
  return form;
}

/** Lowers what ESLint hands to a rule; throws where ESLint cannot parse the text. */
export function loweredByEslint(text: string, file: string, parser: "espree" | "typescript"): FileForm {
  const forms: FileForm[] = [];
  const rule: Rule.RuleModule = {
    create: ({ sourceCode }) => ({
      Program: () => {
        const comments = sourceCode.getAllComments() as unknown as JsComment[];
        forms.push(
          lowerJs(sourceCode.ast as unknown as TSESTree.Program, comments, { file, text: sourceCode.text }),
        );
      },
    }),
  };
  const languageOptions: Linter.LanguageOptions = {
    sourceType: "module",
    parserOptions: { ecmaFeatures: { jsx: !/\.[cm]?ts$/.test(file) } },
    ...(parser === "typescript" ? { parser: typescriptParser } : {}),
  };
  const config: Linter.Config = {
    files: ["**/*.{js,jsx,cjs,mjs,ts,tsx,cts,mts}"],
    plugins: { test: { rules: { lower: rule } } },
    rules: { "test/lower": "error" },
    linterOptions: { noInlineConfig: true },
    languageOptions,
  };
  const messages = new Linter({ configType: "flat" }).verify(text, [config], { filename: file });
  const fatal = messages.find((message) => message.fatal);
  const [form] = forms;
  if (fatal || !form) throw new Error(`${file}: ${fatal?.message ?? JSON.stringify(messages)}`);
  return form;
}
