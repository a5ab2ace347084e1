/** Looking further and further out ends, but never before something is found that can be. */
import { expect, it, vi } from "vitest";
import { Patience, PlacePatience } from "../../src/detect/patience.js";
import { auditFiles } from "./program.js";

/** Looks at a place as long as it may, or `most` times. */
function looks(patience: Patience, most: number, foundAt = Infinity): number {
  const place = patience.forPlace();
  let count = 0;
  while (count < most && place.isLeft()) {
    place.spend();
    count += 1;
    if (count === foundAt) place.reward();
  }
  return count;
}

it("gives many places without a find less and less, and each a little", () => {
  const patience = new Patience();
  const given = Array.from({ length: 2000 }, () => looks(patience, 10_000));
  expect(given[0]).toBeGreaterThan(400);
  expect(given.at(-1)).toBeGreaterThan(20);
  expect(given.at(-1)).toBeLessThan(30);
  expect(patience.isShort).toBe(true);
});

it("ends for no place where something was found", () => {
  expect(looks(new Patience(), 10_000, 3)).toBe(10_000);
});

it("is not short after an ordinary program", () => {
  const patience = new Patience();
  for (let place = 0; place < 500; place++) looks(patience, 7);
  expect(patience.isShort).toBe(false);
});

it.each([
  ["a call", 'fetch("https://a.klaviyo.com/api/lists", { headers: { Authorization: "Bearer x" } });'],
  ["a client", 'connect({ scope: "accounts:read lists:read" }, "https://www.klaviyo.com/oauth/authorize");'],
  [
    "a provider",
    'export const klaviyo = { authorizeUrl: "https://www.klaviyo.com/oauth/authorize", scope: "accounts:read lists:read" };',
  ],
])("takes %s for a find", async (_name, text) => {
  const reward = vi.spyOn(PlacePatience.prototype, "reward");
  try {
    await auditFiles({ "src/klaviyo.ts": `${text}\n` });
    expect(reward).toHaveBeenCalled();
    reward.mockClear();
    await auditFiles({ "src/klaviyo.ts": "export const url = (path: string) => send(path);\n" });
    expect(reward).not.toHaveBeenCalled();
  } finally {
    reward.mockRestore();
  }
});

it("finds the one caller of hundreds that calls Klaviyo", async () => {
  const others = Array.from(
    { length: 300 },
    (_, i) => `export const f${String(i)} = () => send("/own/${String(i)}");`,
  );
  const report = await auditFiles({
    "send.ts":
      'export const send = (url: string) => fetch(url, { headers: { Authorization: "Bearer x" } });\n',
    "a.ts": `import { send } from "./send.js";\n${others.join("\n")}\n`,
    "z.ts":
      'import { send } from "./send.js";\nexport const lists = () => send("https://a.klaviyo.com/api/lists");\n',
  });
  expect(report.apiCalls.map(({ operation, file }) => [operation, file])).toEqual([["get_lists", "z.ts"]]);
});
