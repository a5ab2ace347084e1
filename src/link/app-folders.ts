/** Which app of a repository a file is of, by the places of configs: syntax of paths alone. */

/** What sets up the server of one app: its bundler, its framework, its host. */
const CONFIG =
  /^(.*\/)?(?:(?:vite|vitest|next|nuxt|nitro|astro|svelte|vue|webpack|rspack|rsbuild|craco|farm|remix|react-router)\.config(?:\.[\w-]+)?\.[cm]?[jt]s|(?:src\/)?setupProxy\.[cm]?[jt]s|(?:vercel|netlify|angular|proxy\.conf|firebase|staticwebapp\.config)\.(?:json|toml))$/;
/** What several apps use. */
const SHARED = /(?:^|\/)(?:packages|libs?|libraries|shared|common|modules|core)\//;

/** The folder of the app that a config is of; null for what is no such config. */
function folderOfConfig(file: string): string | null {
  const found = CONFIG.exec(file);
  return found === null ? null : (found[1] ?? "");
}

/**
 * Whether what a file says of a server holds for the requests of another: a config is for the app in its folder, and for
 * what apps share. Other code may serve any.
 * @param files Of the whole program.
 */
export function isServedBy(file: string, server: string, files: readonly string[]): boolean {
  const folder = folderOfConfig(server);
  if (folder === null || file.startsWith(folder)) return true;
  return SHARED.test(file) && !files.some((one) => isOfItsOwn(one, file, folder));
}

/** Whether a config makes what is around a file an app of its own, apart from the one in a folder. */
function isOfItsOwn(config: string, file: string, folder: string): boolean {
  const own = folderOfConfig(config);
  return own !== null && file.startsWith(own) && !folder.startsWith(own);
}
