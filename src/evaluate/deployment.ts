/**
 * Deployments: production, staging, a developer's machine. What is written for one of them is never sent by another.
 * A deployment is its common name, or "!" and a name for all but that one.
 */
import type { Expression } from "../lower/form.js";

const WORDS: readonly (readonly [string, RegExp])[] = [
  ["production", /^(?:production|prod|prd)$/],
  ["development", /^(?:development|dev|devel)$/],
  ["staging", /^(?:staging|stg)$/],
  ["test", /^(?:test|testing|qa|uat)$/],
  ["preview", /^preview$/],
  ["sandbox", /^sandbox$/],
  ["preproduction", /^preprod(?:uction)?$/],
];

/** The deployment that a word of a name stands for. */
export function deploymentOfWord(word: string): string | null {
  const folded = word.toLowerCase();
  return WORDS.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

/** What tells the deployment: `NODE_ENV`, `process.env.APP_ENV`, `config.environment`, `import.meta.env.MODE`. */
const SUBJECT = /(?:^|_)(?:env|environment|stage|mode)$|(?:Env|Environment|Stage)$/i;

/** What the outcome of a test says of the deployment; null where it is about something else. */
export function deploymentOfTest(test: Expression, outcome: boolean): string | null {
  if (test.kind === "unary" && test.operator === "!") return deploymentOfTest(test.argument, !outcome);
  if (test.kind === "binary") {
    const [literal, other] = test.right.kind === "string" ? [test.right, test.left] : [test.left, test.right];
    if (literal.kind !== "string" || !SUBJECT.test(nameOf(other))) return null;
    if (!/^[!=]==?$/.test(test.operator)) return null;
    return said(deploymentOfWord(literal.value), outcome !== test.operator.startsWith("!"));
  }
  return said(deploymentOfName(nameOf(test).replace(/^__|__$/g, "")), outcome);
}

/** `isProd`, `DEV_SCOPES`, `klaviyoScopesStaging`. */
export function deploymentOfName(name: string): string | null {
  const words = name.replace(/([a-z\d])([A-Z])/g, "$1 $2").split(/[^A-Za-z\d]+/);
  return words.map(deploymentOfWord).find((found) => found !== null) ?? null;
}

function said(name: string | null, outcome: boolean): string | null {
  return name === null || outcome ? name : `!${name}`;
}

function nameOf(node: Expression): string {
  if (node.kind === "name") return node.name;
  if (node.kind === "call") return node.args.length === 0 ? nameOf(node.callee) : "";
  return node.kind === "member" && node.property.kind === "string" ? node.property.value : "";
}
