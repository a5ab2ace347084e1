/** Generates `schema/config.json`: the config's schema with the names of all rules and scopes. */
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { loadCatalog } from "../src/catalog/index.js";
import { configSchema } from "../src/config/schema.js";
import type { Generator } from "./update.js";
import { ruleNames } from "./update-rules.js";

const root = new URL("../", import.meta.url);
const file = "schema/config.json";

export const schemaGenerator: Generator = {
  name: "config schema",
  async files() {
    const scopeNames = loadCatalog()
      .scopes()
      .map((scope) => scope.name);
    const text = JSON.stringify(configSchema(await ruleNames(), scopeNames), null, 2);
    const path = fileURLToPath(new URL(file, root));
    return [{ file, text: await format(text, { ...(await resolveConfig(path)), filepath: path }) }];
  },
};
