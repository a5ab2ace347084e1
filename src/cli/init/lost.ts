/** Whether apps that are proposed would lose something: tried before they are written. */
import path from "node:path";
import { analyze } from "../../api/analyze.js";
import { CONFIG_NAME } from "../../config/find.js";
import { configText, type ProposedApp } from "./propose.js";
import type { AnalyzeOptions } from "../../api/analyze.js";
import type { Place } from "../../audit/picture.js";

/**
 * The requests and calls that would be of none of these apps, since they lie in code beside them that none was seen to
 * reach: as one app they are judged.
 */
export async function lostBetween(
  apps: readonly ProposedApp[],
  root: string,
  options: AnalyzeOptions,
): Promise<Place[]> {
  const text = configText(apps.map((app) => ({ ...app, configured: app.requested })));
  const { picture } = await analyze({
    ...options,
    root,
    config: path.join(root, CONFIG_NAME),
    overlay: new Map([[CONFIG_NAME, text]]),
  });
  const { requests, calls } = picture.homeless;
  return [...requests, ...calls.filter(({ scopes }) => scopes.length > 0)];
}
