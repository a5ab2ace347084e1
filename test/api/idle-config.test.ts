/** A glob or a helper of the config that does nothing is told: mostly it is misspelt. */
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/api/analyze.js";
import { project } from "../eslint/project.js";

const CODE = {
  "src/api.ts": "export const load = (crm: Crm) => crm.request('/lists');\n",
  "lib/x.ts": "export {};\n",
};

async function told(config: object, files: Record<string, string> = CODE): Promise<unknown> {
  const root = project({ ...files, "klaviyo-scopes.json": `${JSON.stringify(config, null, 1)}\n` });
  const { diagnostics } = await analyze({ root });
  return diagnostics.map(
    ({ file, line, column, message }) => `${file}:${String(line)}:${String(column)} ${message}`,
  );
}

describe("what does nothing", () => {
  it("is a glob that matches no audited file", async () => {
    expect(await told({ include: ["src/**", "app/**", "lib/*.css"] })).toEqual([
      "klaviyo-scopes.json:4:3 `app/**` matches no file that is audited.",
      "klaviyo-scopes.json:5:3 `lib/*.css` matches no file that is audited.",
    ]);
  });

  it("is a helper that nobody calls", async () => {
    const helpers = [
      { callee: "crm.request", path: 0 },
      { callee: "crm.requst", path: 0 },
    ];
    expect(await told({ helpers })).toEqual([
      "klaviyo-scopes.json:8:14 nothing calls `crm.requst`: its calls are found by this name, as it is written where it is called.",
    ]);
  });

  it("is a glob of an override", async () => {
    const overrides = [{ files: ["lib/**", "scripts/**"], rules: { "no-unused-scope": "off" } }];
    expect(await told({ overrides })).toEqual([
      "klaviyo-scopes.json:6:5 `scripts/**` matches no file that is audited.",
    ]);
  });

  it("is a glob in `ignore` whose folder is not there, where one of nearly its name is", async () => {
    const files = { ...CODE, "src/olds/a.ts": "export {};\n" };
    expect(
      await told(
        { ignore: ["lib/**", "**/*.gen.ts", "./src/apo.ts", "src/old", "SRC/olds/**", "scr/olds/*"] },
        files,
      ),
    ).toEqual([
      "klaviyo-scopes.json:5:3 `src/apo.ts` matches nothing: there is no `src/apo.ts`. Did you mean `src/api.ts`?",
      "klaviyo-scopes.json:6:3 `src/old` matches nothing: there is no `src/old`. Did you mean `src/olds`?",
      "klaviyo-scopes.json:7:3 `SRC/olds/**` matches nothing: there is no `SRC/olds`. Did you mean `src/olds`?",
      "klaviyo-scopes.json:8:3 `scr/olds/*` matches nothing: there is no `scr/olds`. Did you mean `src/olds`?",
    ]);
  });

  it("has its place in a package.json", async () => {
    const root = project({
      ...CODE,
      "package.json": '{ "name": "x",\n  "klaviyoScopes": { "include": ["app"] } }\n',
    });
    expect((await analyze({ root })).diagnostics).toMatchObject([
      { file: "package.json", line: 2, column: 34 },
    ]);
  });
});

describe("what is passed over", () => {
  it("is a part that does something, and what leaves out what a build makes", async () => {
    expect(
      await told(
        {
          include: ["src", "lib/**"],
          ignore: ["dist/old/**", "made/**"],
          helpers: [{ callee: "request", path: 0 }],
        },
        { ...CODE, ".gitignore": "made/\n" },
      ),
    ).toEqual([]);
  });

  it("is a folder in `ignore` that another branch may have", async () => {
    const files = { ...CODE, "tests/a.ts": "export {};\n" };
    expect(await told({ ignore: ["src/legacy", "lib/old/**", "test/**", "tests/**", "old"] }, files)).toEqual(
      [],
    );
  });

  it("is the rest of a config that covers more than is audited", async () => {
    const root = project({ ...CODE, "klaviyo-scopes.json": '{ "include": ["src/**", "app/**"] }' });
    expect(
      (await analyze({ root: `${root}/src`, config: `${root}/klaviyo-scopes.json` })).diagnostics,
    ).toEqual([]);
  });
});
