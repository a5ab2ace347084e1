import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../api/temporary.js";
import { runIn } from "./terminal.js";

const call = (resource: string) =>
  `export const ${resource} = (token) => fetch("https://a.klaviyo.com/api/${resource}", { headers: { Authorization: "Bearer " + token } });\n`;

function app(): string {
  return temporaryFolder({
    "src/auth.js":
      'export const url = "https://www.klaviyo.com/oauth/authorize?client_id=1&redirect_uri=x&scope=accounts:read%20lists:read";\n',
    "src/lists.js": call("lists"),
    "src/events.js": call("events"),
    "src/metrics.js": call("metrics"),
    "src/unrelated.js": "export const answer = 42;\n",
  });
}

async function extractTo(folder: string, part: number, count: number, name = `klaviyo-facts-${part}.json`) {
  const { code } = await runIn(folder, ["extract", "--shard", `${part}/${count}`, "-o", name]);
  expect(code).toBe(0);
}

async function reportOf(folder: string, ...flags: string[]): Promise<unknown> {
  return JSON.parse((await runIn(folder, ["--format", "json", ...flags])).stdout) as unknown;
}

async function problemOf(folder: string): Promise<string> {
  const { code, stderr } = await runIn(folder, ["--facts", "klaviyo-facts-*.json"]);
  expect(code).toBe(2);
  return stderr;
}

describe("facts files in the folder that is audited", () => {
  it("are no files of the project, and do not change which part a file belongs to", async () => {
    const folder = app();
    const direct = await reportOf(folder);
    for (const part of [1, 2, 3]) await extractTo(folder, part, 3);
    expect(await reportOf(folder, "--facts", "klaviyo-facts-*.json")).toEqual(direct);
    expect(await reportOf(folder)).toEqual(direct);
  });

  it("are none of the project's while a shell's redirection has made them, and they are empty", async () => {
    const folder = app();
    const direct = await reportOf(folder);
    for (const part of [1, 2]) {
      const name = path.join(folder, `klaviyo-facts-${part}.json`);
      writeFileSync(name, "");
      writeFileSync(name, (await runIn(folder, ["extract", "--shard", `${part}/2`])).stdout);
    }
    expect(await reportOf(folder, "--facts", "klaviyo-facts-*.json")).toEqual(direct);
  });

  it("are not told as skipped, however large; somebody's JSON that speaks of Klaviyo is", async () => {
    const folder = app();
    await extractTo(folder, 1, 1);
    const facts = readFileSync(path.join(folder, "klaviyo-facts-1.json"), "utf8").trimEnd();
    const pad = "x".repeat(2_000_000);
    writeFileSync(
      path.join(folder, "klaviyo-facts-1.json"),
      `${facts.slice(0, -1)},"more":${JSON.stringify(pad)}}`,
    );
    expect(await reportOf(folder)).toMatchObject({ skipped: [] });
    writeFileSync(path.join(folder, "dump.json"), JSON.stringify({ kind: "klaviyo", pad }));
    expect(await reportOf(folder)).toMatchObject({
      skipped: [{ file: "dump.json", reason: "it is larger than 2 MB" }],
    });
  });

  it.each([
    ["a report", ["--output", "json=out.json"]],
    ["a SARIF log", ["--output", "sarif=out.json"]],
    ["a baseline", ["--baseline", "out.json", "--update-baseline"]],
  ])("are left out as %s is", async (_, flags) => {
    const folder = app();
    const direct = await reportOf(folder);
    await runIn(folder, flags);
    expect(readFileSync(path.join(folder, "out.json"), "utf8")).not.toBe("");
    expect(await reportOf(folder)).toEqual(direct);
  });

  it("are left out as sets and differences are, which look like a request by their name", async () => {
    const folder = app();
    const direct = await reportOf(folder);
    const { stdout } = await runIn(folder, ["scopes", "--json"]);
    writeFileSync(path.join(folder, "klaviyo-scopes-needed.json"), stdout);
    expect(await reportOf(folder)).toEqual(direct);
    writeFileSync(
      path.join(folder, "klaviyo-scopes-needed.json"),
      '{ "klaviyo": { "scopes": ["lists:read"] } }',
    );
    expect(await reportOf(folder)).not.toEqual(direct);
  });
});

describe("facts that do not belong together", () => {
  it("are refused where one part knows a file that another does not", async () => {
    const folder = app();
    await extractTo(folder, 1, 2);
    writeFileSync(path.join(folder, "src/zeal.js"), "export const late = 1;\n");
    await extractTo(folder, 2, 2);
    expect(await problemOf(folder)).toContain(
      "klaviyo-facts-2.json knows the file src/zeal.js, and klaviyo-facts-1.json does not",
    );
    rmSync(path.join(folder, "src/zeal.js"));
    await extractTo(folder, 2, 2);
    expect((await runIn(folder, ["--facts", "klaviyo-facts-*.json"])).code).toBe(1);
  });

  it("are refused where a file matters to one part, and its own part had no reason to read it", async () => {
    const folder = app();
    await extractTo(folder, 1, 2);
    await extractTo(folder, 2, 2);
    // The same names, other texts: what nobody read closely now matters.
    for (const part of [1, 2]) {
      writeFileSync(path.join(folder, "src/unrelated.js"), call("profiles"));
      await extractTo(folder, part, 2);
      const { code, stderr } = await runIn(folder, ["--facts", "klaviyo-facts-*.json"]);
      if (code === 2) expect(stderr).toContain("src/unrelated.js matters, and no facts file has it");
      writeFileSync(path.join(folder, "src/unrelated.js"), "export const answer = 42;\n");
      await extractTo(folder, part, 2);
      if (code === 2) return;
    }
    expect.fail("Neither part lacked the file.");
  });

  it("are refused where two say different things of one file", async () => {
    const folder = app();
    await extractTo(folder, 1, 1, "klaviyo-facts-old.json");
    writeFileSync(path.join(folder, "src/lists.js"), call("segments"));
    await extractTo(folder, 1, 1, "klaviyo-facts-new.json");
    expect(await problemOf(folder)).toContain(
      "klaviyo-facts-new.json and klaviyo-facts-old.json say different things of src/lists.js",
    );
  });

  it("are taken where each is of some folders, and where one is there twice", async () => {
    const folder = app();
    const direct = await reportOf(folder);
    const files = ["auth", "lists", "events", "metrics"].map((name) => `src/${name}.js`);
    for (const [index, file] of files.entries())
      await runIn(folder, ["extract", file, "-o", `klaviyo-facts-${index}.json`]);
    await runIn(folder, ["extract", "src/lists.js", "-o", "klaviyo-facts-again.json"]);
    expect(await reportOf(folder, "--facts", "klaviyo-facts-*.json")).toEqual(direct);
  });
});
