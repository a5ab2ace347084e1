/** How environment variables are named and where data files define them. */

/** `KLAVIYO_SCOPES`: what environment variables are called, in any file. */
export function isEnvName(key: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(key) || /^SCOPES?$/.test(key);
}

/**
 * Keys whose maps or lists define variables: Compose, GitHub, GitLab, CircleCI, Netlify, Vercel, Wrangler, Serverless,
 * App Engine, Render, Kubernetes and its kustomizations, ECS, Helm, Lambda in Terraform, Ansible; and Terraform's own `variable` blocks, which
 * are `{ variable: { name: { default } } }` here.
 */
const CONTAINERS =
  /^(?:environment|env|env_?variables|env_?vars|environment_?variables|extra_?env(?:_?vars)?|vars|variables?|build[_-]?args|literals)$/i;

export function isEnvContainer(key: string | undefined): boolean {
  return key !== undefined && CONTAINERS.test(key);
}

/** A variable's own description: GitLab's `{ value }`, Terraform's `{ default }`. */
export function isValueKey(key: string): boolean {
  return /^(?:value|default)$/i.test(key);
}

/** `KEY=value` in a list of strings: the name and where the value starts. */
export function assignmentIn(text: string): { name: string; valueStart: number } | null {
  const match = /^([A-Za-z_][A-Za-z0-9_]{0,100})=/.exec(text);
  return match?.[1] === undefined ? null : { name: match[1], valueStart: match[0].length };
}

/** The variable that a value at this key path of a configuration file is given to; null for none. */
export function variableAt(path: readonly string[]): string | null {
  const leaf = path.at(-1);
  const parent = path.at(-2);
  if (leaf === undefined) return null;
  if (isEnvName(leaf) || isEnvContainer(parent)) return leaf;
  if (parent === undefined || !isValueKey(leaf)) return null;
  return isEnvName(parent) || isEnvContainer(path.at(-3)) ? parent : null;
}
