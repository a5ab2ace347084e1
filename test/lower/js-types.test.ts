import { describe, expect, it } from "vitest";

import type { Expression, TypeForm } from "../../src/lower/form.js";
import { lowered } from "./js-lowered.js";

function shortName(node: Expression): string {
  if (node.kind === "name") return node.name;
  if (node.kind === "member") return `${shortName(node.object)}.${shortName(node.property)}`;
  if (node.kind === "string") return node.value;
  return node.kind === "literal" ? String(node.value) : node.kind;
}

/** The type in a few words. */
function short(type: TypeForm | null): string {
  if (type === null) return "-";
  switch (type.kind) {
    case "reference":
      return `${shortName(type.name)}${type.args.length > 0 ? `<${type.args.map(short).join(", ")}>` : ""}`;
    case "literals":
      return `${type.values.map(shortName).join("|")}${type.open ? "|…" : ""}`;
    case "object":
      return `{ ${type.members.map((member) => `${member.key}: ${short(member.type)}`).join("; ")} }`;
    case "array":
      return `${short(type.element)}[]`;
    case "member":
      return `${short(type.object)}.${type.key ?? "*"}`;
    case "function":
      return `() => ${short(type.returns)}`;
    default:
      return `${type.kind} ${shortName(type.name)}`;
  }
}

describe("a written type", () => {
  it.each([
    ["ProfilesApi", "ProfilesApi"],
    ["Klaviyo.ProfilesApi", "Klaviyo.ProfilesApi"],
    ["Promise<ProfilesApi>", "Promise<ProfilesApi>"],
    ["InstanceType<typeof Klaviyo.ProfilesApi>", "Klaviyo.ProfilesApi"],
    ["ReturnType<typeof make>", "ReturnType<typeof make>"],
    ["Readonly<Foo>", "Foo"],
    ["'a' | 'b'", "a|b"],
    ["('a' | ('b' | 3)) | string", "a|b|3|…"],
    ["'a' | undefined", "a|…"],
    ["true", "true"],
    ["Foo | null | undefined", "Foo"],
    ["Foo | Bar", "-"],
    ["string", "-"],
    [
      "{ a: Foo; 'b-c'?: 'd'; e(): Bar; get f(): Baz; [k: string]: unknown; g: string }",
      "{ a: Foo; b-c: d; e: () => Bar; f: Baz }",
    ],
    ["Foo[]", "Foo[]"],
    ["readonly 'a'[]", "a[]"],
    ["Array<Foo>", "Foo[]"],
    ["['a', b: 'b']".replace("'a'", "a: 'a'"), "a|b[]"],
    ["keyof typeof TABLE", "keyof TABLE"],
    ["(typeof LIST)[number]", "typeof LIST.*"],
    ["Props['api']", "Props.api"],
    ["{ a: Foo }['a']", "Foo"],
    ["() => Foo", "() => Foo"],
    ["{ a: Foo } & { b: Bar }", "{ a: Foo; b: Bar }"],
    ["Foo & { b: Bar }", "Foo"],
    ["A extends B ? C : D", "-"],
  ])("%s", (text, expected) => {
    const form = lowered(`let x: ${text}; type T = ${text};`, "a.ts");
    expect(short(form.bindings[0]?.type ?? null)).toBe(expected);
    expect(short(form.types[0]?.type ?? null)).toBe(expected);
  });

  it("goes to the variables of a destructuring parameter", () => {
    const form = lowered(
      "function f({ api, b: { c } = d }: { api: ProfilesApi; b: { c: Foo } }, { e }: Props, [g]: Bar[], ...h: Baz[]) {}",
      "a.ts",
    );
    const types = form.bindings.map(({ name, type }) => `${name}: ${short(type)}`);
    expect(types).toEqual(["f: -", "api: ProfilesApi", "c: Foo", "e: Props.e", "g: Bar", "h: Baz[]"]);
  });

  it("is kept for fields, returns, heritage and assertions", () => {
    const form = lowered(
      "class A extends B implements C<D> { e: F; g(): Promise<H> { return i as J; } }",
      "a.ts",
    );
    expect(form.classes[0]?.implements.map(short)).toEqual(["C<D>"]);
    expect(form.classes[0]?.members.map(({ type }) => short(type))).toEqual(["F", "-"]);
    expect(short(form.functions[0]?.returns ?? null)).toBe("Promise<H>");
    expect(form.functions[0]?.body).toMatchObject([
      { value: { kind: "typed", type: { name: { name: "J" } } } },
    ]);
  });

  it("declared by name keeps what it extends", () => {
    const form = lowered("function f() { interface A extends B<C>, D.E { f: 'g' } }", "a.ts");
    expect(form.types).toMatchObject([{ name: "A", type: { kind: "object" } }]);
    expect(form.types[0]?.extends.map(short)).toEqual(["B<C>", "D.E"]);
  });
});
