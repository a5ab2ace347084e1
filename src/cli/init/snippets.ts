/** What to add to ESLint and to CI, as text to paste. */
import type { Stack } from "./stack.js";

const INSTALL = {
  npm: "npm install --save-dev eslint-plugin-klaviyo-scopes",
  pnpm: "pnpm add --save-dev eslint-plugin-klaviyo-scopes",
  yarn: "yarn add --dev eslint-plugin-klaviyo-scopes",
  bun: "bun add --dev eslint-plugin-klaviyo-scopes",
};

const ESLINT = `import klaviyoScopes from "eslint-plugin-klaviyo-scopes";

export default [
  // … what is there already
  klaviyoScopes.configs.recommended,
];`;

const GITHUB = `      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      - run: npm ci
      - run: npx klaviyo-scope-audit`;

const GITLAB = `klaviyo-scopes:
  image: node:22
  script:
    - npm ci
    - npx klaviyo-scope-audit --format gitlab > gl-code-quality-report.json
  artifacts:
    when: always
    reports: { codequality: gl-code-quality-report.json }`;

const CIRCLECI = `      - run: npm ci
      - run: npx klaviyo-scope-audit --output junit=test-results/klaviyo-scopes.xml
      - store_test_results: { path: test-results }`;

const JENKINS = `        sh 'npm ci'
        sh 'npx klaviyo-scope-audit --output junit=klaviyo-scopes.xml'`;

const CI = {
  github: { file: "a job in .github/workflows", text: GITHUB },
  gitlab: { file: ".gitlab-ci.yml", text: GITLAB },
  circleci: { file: ".circleci/config.yml", text: CIRCLECI },
  jenkins: { file: "the Jenkinsfile", text: JENKINS },
};

export function nextSteps({ packageManager, eslint, eslintConfig, ci }: Stack): string {
  const sections = [
    `Install it:\n\n${indent(INSTALL[packageManager ?? "npm"])}`,
    ...(eslint
      ? [`In ${eslintConfig ?? "eslint.config.js"}, for findings in the editor:\n\n${indent(ESLINT)}`]
      : []),
    `In ${CI[ci ?? "github"].file}, for every pull request:\n\n${indent(CI[ci ?? "github"].text)}`,
    "Next: npx klaviyo-scope-audit",
  ];
  return `${sections.join("\n\n")}\n`;
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? line : `    ${line}`))
    .join("\n");
}
