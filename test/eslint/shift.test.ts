/** Pictures that move with the text: only where nothing but places has changed. */
import { describe, expect, it } from "vitest";
import { moveBetween, movePlaces } from "../../src/eslint/shift.js";
import { lowerFile } from "../../src/lower/index.js";

const TEXT = 'const scopes = ["accounts:read", "lists:read"];\nexport const path = `/lists/${id}`;\n';

/** Where a word of the old text goes in the new one; null where the picture must be made anew. */
function moved(after: string, word = "lists:read", file = "app.ts", before = TEXT): string | null {
  const move = moveBetween(
    { form: lowerFile(file, before), text: before },
    { form: lowerFile(file, after), text: after },
  );
  const start = before.indexOf(word);
  const value = {
    place: { file, range: [start, start + word.length] },
    other: { file: "b.ts", range: [1, 2] },
  };
  const found = move && movePlaces(value, file, move);
  if (found === null) return null;
  expect(found.other).toEqual(value.other);
  const [from = 0, to = 0] = found.place.range;
  return after.slice(from, to);
}

describe("places move with", () => {
  it.each([
    ["a comment before", `// here\n${TEXT}`],
    ["a comment between", TEXT.replace("\n", "\n/* there */\n")],
    ["a comment at the end", `${TEXT}// done`],
    ["blanks inside a list", TEXT.replace(", ", ",\n\n    ")],
    ["a comment right before the string", TEXT.replace('"lists', '/* x */"lists')],
    ["a comment right after the string", TEXT.replace('read"]', 'read"/* x */]')],
    ["other quotes around another string of the same text", TEXT],
    ["a comment taken away", TEXT.slice(0)],
  ])("%s", (_, after) => {
    expect(moved(after)).toBe("lists:read");
  });

  it("the end of a text", () => {
    expect(moved(`${TEXT}// more`, "`/lists/${id}`")).toBe("`/lists/${id}`");
  });

  it.each([
    ["YAML", "klaviyo.yaml", "scopes:\n  - lists:read\n", "# more\nscopes:\n\n  - lists:read # x\n"],
    ["an env file", ".env", "SCOPES=lists:read\n", "# more\nSCOPES=lists:read # x\n"],
    ["JSON", "a.json", '{"a":"lists:read"}', '{\n  "a": "lists:read" }'],
  ])("a comment in %s", (_, file, before, after) => {
    const text = moved(after, "lists:read", file, before);
    // Where a form has the whole file's range as well, more may be made anew than is needed, never less.
    if (text !== null) expect(text).toBe("lists:read");
  });
});

describe("more than places changes with", () => {
  it.each([
    ["another word", TEXT.replace("lists:read", "lists:write")],
    ["another string", TEXT.replace('"lists:read"', '"lists:read", "events:read"')],
    ["another statement", `${TEXT}fetch(path);\n`],
    ["a statement less", TEXT.split("\n")[0] ?? ""],
    ["an escape", TEXT.replace("lists:read", String.raw`l\u0069sts:read`)],
    ["another name", TEXT.replaceAll("scopes", "words")],
    ["another order", TEXT.split("\n").reverse().join("\n")],
  ])("%s", (_, after) => {
    expect(moved(after)).toBeNull();
  });
});

it("leaves an operation of the catalog alone", () => {
  const operation = { id: "get_lists" };
  const move = (offset: number): number => offset + 5;
  const found = movePlaces(
    { file: "a", range: [1, 2], operation, insertion: { file: "a", offset: 3 } },
    "a",
    move,
  );
  expect(found).toEqual({ file: "a", range: [6, 7], operation, insertion: { file: "a", offset: 8 } });
  expect(found?.operation).toBe(operation);
});
