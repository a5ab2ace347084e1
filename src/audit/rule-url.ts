/** Where a rule's page is; the one place that knows. */
const PAGES = "https://github.com/klaviyo-scopes/eslint-plugin-klaviyo-scopes/blob/main/docs/rules";

export function ruleUrl(name: string): string {
  return `${PAGES}/${name}.md`;
}
