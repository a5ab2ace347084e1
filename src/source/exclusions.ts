/** What is no part of the app: tests, mocks, fixtures, documents, build output, dependencies. */
import picomatch from "picomatch";

/** Relative to the audited root, so that a root below a folder of one of these names works. */
export const EXCLUDED: readonly string[] = [
  "**/node_modules/**",
  "**/bower_components/**",
  "**/jspm_packages/**",
  "**/{venv,site-packages,__pycache__}/**",
  "**/.{git,hg,svn,yarn,pnpm-store,pnp,cache,turbo,nx,parcel-cache,venv}/**",
  // Tests and what they stand on.
  "**/*.{test,spec}.*",
  "**/__tests__/**",
  "**/__mocks__/**",
  "**/__fixtures__/**",
  "**/__snapshots__/**",
  "**/test{,s}/**",
  "**/fixtures/**",
  "**/{e2e,cypress,playwright,mocks,wiremock,storybook,.storybook}/**",
  "**/{test,testing}-{utils,helpers,support}/**",
  "**/*.{stories,story,mock,mocks,e2e,cy}.*",
  // Examples in documents.
  "**/*.md",
  "**/*.mdx",
  // Build output.
  "**/{dist,coverage,.next,.nuxt,.output,.svelte-kit,.vercel,.netlify,.serverless,.wrangler,.aws-sam,.terraform}/**",
  "**/*.min.{js,mjs,cjs}",
  // Type declarations hold no requests.
  "**/*.d.{ts,mts,cts}",
  // Written by package managers.
  "**/{package-lock,npm-shrinkwrap}.json",
  "**/pnpm-lock.yaml",
  "**/{deno,bun}.lock{,b}",
];

/** Build output as well, but below `src` people give these names to folders of their own. */
const EXCLUDED_OUTSIDE_SRC = "**/{build,out,vendor}/**";

type Matcher = (path: string) => boolean;

const EXCLUSIONS: readonly Matcher[] = [
  ...EXCLUDED.map((glob) => picomatch(glob, { dot: true })),
  outsideSrc(picomatch(EXCLUDED_OUTSIDE_SRC, { dot: true })),
];

/** The exclusions that a file falls under: include patterns that name them take them back. */
export function exclusionsOf(file: string): Matcher[] {
  return EXCLUSIONS.filter((matches) => matches(file));
}

function outsideSrc(matches: Matcher): Matcher {
  const inSrc = /(?:^|\/)src\/(?:.*\/)?(?:build|out|vendor)\//;
  const outside = /(?:^|\/)(?:build|out|vendor)\/(?:.*\/)?src\//;
  return (path) => matches(path) && (!inSrc.test(path) || outside.test(path));
}
