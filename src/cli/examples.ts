/** The examples that each command's help shows: the command line, and what it does. */
export const EXAMPLES: ReadonlyMap<string, readonly (readonly [example: string, does: string])[]> = new Map([
  [
    "klaviyo-scope-audit",
    [
      ["klaviyo-scope-audit", "audit the project"],
      ["klaviyo-scope-audit --fix", "and mend what has one right answer"],
      ["klaviyo-scope-audit scopes", "the line to paste into Manage apps"],
      ["klaviyo-scope-audit explain no-unused-scope", "what a rule says, and why"],
    ],
  ],
  [
    "klaviyo-scope-audit audit",
    [
      ["klaviyo-scope-audit", "audit the project"],
      ["klaviyo-scope-audit src/auth.ts", "show the findings of one file"],
      ["klaviyo-scope-audit --format sarif --output html=report.html", "two formats at once"],
      ["klaviyo-scope-audit --rule no-unused-scope=off", "switch a rule off"],
      ["klaviyo-scope-audit --baseline known.json --update-baseline", "accept what there is"],
    ],
  ],
  [
    "klaviyo-scope-audit init",
    [
      ["klaviyo-scope-audit init", "write klaviyo-scopes.json"],
      ["klaviyo-scope-audit init --yes", "without a question"],
    ],
  ],
  [
    "klaviyo-scope-audit scopes",
    [
      ["klaviyo-scope-audit scopes", "the scopes the code needs"],
      ["klaviyo-scope-audit scopes --requested", "the scopes the code asks for"],
      ["klaviyo-scope-audit scopes --app loyalty --json", "of one app, as JSON"],
    ],
  ],
  [
    "klaviyo-scope-audit justify",
    [
      ["klaviyo-scope-audit justify > SCOPES.md", "write the document"],
      ["klaviyo-scope-audit justify --check SCOPES.md", "fail when it is stale"],
      ["klaviyo-scope-audit justify --format html > scopes.html", "to send to somebody"],
    ],
  ],
  [
    "klaviyo-scope-audit diff",
    [
      ["klaviyo-scope-audit diff v1.2.0", "from a release to the files as they are"],
      ["klaviyo-scope-audit diff v1.2.0 v1.3.0", "between two releases"],
      ["klaviyo-scope-audit diff --base origin/main --format markdown", "for a pull request"],
    ],
  ],
  [
    "klaviyo-scope-audit explain",
    [
      ["klaviyo-scope-audit explain no-missing-scope", "a rule"],
      ["klaviyo-scope-audit explain profiles:write", "a scope"],
      ["klaviyo-scope-audit explain GET /api/profiles", "an operation"],
      ["klaviyo-scope-audit explain src/auth.ts:3", "why a line of code is judged as it is"],
    ],
  ],
  [
    "klaviyo-scope-audit extract",
    [
      ["klaviyo-scope-audit extract -o facts.json", "write the facts of all files"],
      ["klaviyo-scope-audit extract --shard 2/4 -o facts-2.json", "one part of four"],
      ["klaviyo-scope-audit --facts 'facts-*.json'", "audit them"],
    ],
  ],
  [
    "klaviyo-scope-audit completion",
    [
      ['eval "$(klaviyo-scope-audit completion bash)"', "in ~/.bashrc"],
      ['eval "$(klaviyo-scope-audit completion zsh)"', "in ~/.zshrc"],
      ["klaviyo-scope-audit completion fish | source", "in config.fish"],
    ],
  ],
]);
