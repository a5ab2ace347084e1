/** A `configured` that points to a key which is not there is a mistake in the config, not an absent set. */
import { expect, it } from "vitest";
import { analyze } from "../../src/api/analyze.js";
import { temporaryFolder } from "./temporary.js";

it("names the key, its file and the likely right one", async () => {
  const root = temporaryFolder({
    "klaviyo-scopes.json": '{\n  "configured": { "file": ".env.example", "key": "KLAVIYO_SCOPE" }\n}\n',
    ".env.example": 'KLAVIYO_SCOPES="accounts:read"\n',
  });
  await expect(analyze({ root })).rejects.toThrow(
    "klaviyo-scopes.json:2:17: `configured` names the key `KLAVIYO_SCOPE`, which `.env.example` does not have. Did you mean `KLAVIYO_SCOPES`?",
  );
});
