/** The generators of `npm run shapes` on fewer projects: each is judged exactly as it was composed. */
import { describe, expect, it } from "vitest";
import { calls } from "../../scripts/shapes/calls/index.js";
import { check, score, type Generator } from "../../scripts/shapes/check.js";
import { requests } from "../../scripts/shapes/requests/index.js";

const PROJECTS = 150;

const generators: [string, Generator][] = [
  ["requests", requests],
  ["calls", calls],
];

describe.each(generators)("%s", (_name, generator) => {
  it("finds all that the projects hold and nothing else", async () => {
    const { wrong, precision, recall } = await score(generator, 1, PROJECTS);
    expect(
      wrong.map(({ seed, sample, missed, surplus }) => ({ seed, parts: sample.parts, missed, surplus })),
    ).toEqual([]);
    expect({ precision, recall }).toEqual({ precision: 1, recall: 1 });
  });

  it("composes the same project for the same seed, and others for others", () => {
    expect(generator.compose(7)).toEqual(generator.compose(7));
    const texts = Array.from({ length: 50 }, (_, seed) => JSON.stringify(generator.compose(seed).files));
    expect(new Set(texts).size).toBe(50);
  });

  it("holds something to find in every project, and leaves no mark in the files", () => {
    for (let seed = 0; seed < PROJECTS; seed++) {
      const { files, expected } = generator.compose(seed);
      expect(expected.length).toBeGreaterThan(0);
      expect(Object.values(files).join("")).not.toMatch(/[\uE000-\uF8FF]/);
    }
  });

  it("counts what was missed and what was found too much", async () => {
    const other: Generator = {
      ...generator,
      compose: (seed) => ({ ...generator.compose(seed), expected: ["nothing that is there"] }),
    };
    const { missed, surplus } = await check(other, 3);
    expect(missed).toEqual(["nothing that is there"]);
    expect(surplus).toEqual((await check(generator, 3)).found);
  });
});
