/** What ESLint and CI need: whole files where there are none yet, else text to paste into those that are there. */
import { eslintAddition, eslintConfig, isOldConfig } from "./eslint-config.js";
import type { PackageManager, Stack } from "./stack.js";

interface Commands {
  add: string;
  /** In CI, as the lock file says. */
  install: string;
  run: string;
  /** Steps of a GitHub workflow that bring the package manager. */
  github: string[];
}

const NODE = ["- uses: actions/setup-node@v4", "  with:", "    node-version: 22"];

const COMMANDS: Record<PackageManager, Commands> = {
  npm: { add: "npm install --save-dev", install: "npm ci", run: "npx klaviyo-scope-audit", github: NODE },
  pnpm: {
    add: "pnpm add --save-dev",
    install: "pnpm install --frozen-lockfile",
    run: "pnpm exec klaviyo-scope-audit",
    github: ["- uses: pnpm/action-setup@v4", ...NODE],
  },
  yarn: {
    add: "yarn add --dev",
    install: "yarn install --frozen-lockfile",
    run: "yarn run klaviyo-scope-audit",
    github: NODE,
  },
  bun: {
    add: "bun add --dev",
    install: "bun install --frozen-lockfile",
    run: "bunx klaviyo-scope-audit",
    github: ["- uses: oven-sh/setup-bun@v2", ...NODE],
  },
};

export interface SetupFile {
  /** Relative to the root, with `/`. */
  file: string;
  text: string;
}

/** Files of set-up that can be written whole, if none of them is there. */
export function setupFiles(stack: Stack): SetupFile[] {
  return [
    ...(stack.eslint && stack.eslintConfig === null
      ? [{ file: "eslint.config.mjs", text: eslintConfig(stack.languages).text }]
      : []),
    ...(stack.ci === "github"
      ? [{ file: ".github/workflows/klaviyo-scopes.yml", text: githubWorkflow(stack) }]
      : []),
  ];
}

function githubWorkflow({ packageManager }: Stack): string {
  const { github, install, run } = COMMANDS[packageManager];
  const steps = ["- uses: actions/checkout@v4", ...github, `- run: ${install}`, `- run: ${run}`];
  return `name: Klaviyo scopes
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  audit:
    runs-on: ubuntu-latest
    steps:
${steps.map((step) => `      ${step}`).join("\n")}
`;
}

/** What is left to do by hand. @param written the files of `setupFiles` that are there now. */
export function nextSteps(stack: Stack, written: ReadonlySet<string>): string {
  const { add, run } = COMMANDS[stack.packageManager];
  const open = setupFiles(stack).filter(({ file }) => !written.has(file));
  const sections = [
    ...(stack.missing.length === 0
      ? []
      : [
          `Install ${stack.missing.length === 1 ? "it" : "them"}:\n\n${indent(`${add} ${stack.missing.join(" ")}`)}`,
        ]),
    ...open.map(({ file, text }) => `To be written to ${file}:\n\n${indent(text.trimEnd())}`),
    ...eslintSection(stack),
    ...(stack.ci === "github" ? [] : [ciSection(stack)]),
    `Next: ${run}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

/** What ESLint's config lacks; nothing where it has it. */
function eslintSection({ eslintConfig: config, languages }: Stack): string[] {
  if (config === null) return [];
  const head = `In ${config.file}, for findings in the editor:`;
  if (isOldConfig(config.file)) {
    return [
      `${head} the plugin has flat configs only.\nMove to eslint.config.js first: https://eslint.org/docs/latest/use/configure/migration-guide`,
    ];
  }
  const addition = eslintAddition(languages, config);
  return addition === null ? [] : [`${head}\n\n${indent(addition.text.trimEnd())}`];
}

function ciSection({ ci, packageManager }: Stack): string {
  const { install, run } = COMMANDS[packageManager];
  const snippets = {
    gitlab: {
      file: ".gitlab-ci.yml",
      text: `klaviyo-scopes:
  image: node:22
  script:
    - ${install}
    - ${run} --output gitlab=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json`,
    },
    circleci: {
      file: "a job's steps in .circleci/config.yml",
      text: `- run: ${install}
- run: ${run} --output junit=test-results/klaviyo-scopes.xml
- store_test_results:
    path: test-results`,
    },
    jenkins: {
      file: "a stage of the Jenkinsfile",
      text: `steps {
    sh '${install}'
    sh '${run} --output junit=klaviyo-scopes.xml'
}
post {
    always { junit 'klaviyo-scopes.xml' }
}`,
    },
    none: { file: "CI", text: `${install}\n${run}` },
  };
  const { file, text } = snippets[ci === null || ci === "github" ? "none" : ci];
  return `In ${file}, for every change:\n\n${indent(text)}`;
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? line : `    ${line}`))
    .join("\n");
}
