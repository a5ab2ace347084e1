import { expect, it } from "vitest";
import { catalogGenerator } from "../../scripts/update-catalog.js";
import { staleFiles } from "../../scripts/update.js";

it("the checked-in catalog is what `npm run update` writes", async () => {
  expect((await catalogGenerator.files()).map(({ file }) => file)).toEqual(["src/catalog/generated.ts"]);
  expect((await staleFiles(catalogGenerator)).map(({ file }) => file)).toEqual([]);
});
