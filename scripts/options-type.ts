/** A rule's JSON schema as a TypeScript type. Knows the words that rules use, and throws at any other: no type that lies. */

type Schema = Readonly<Record<string, unknown>>;

/** Words that narrow a value but have no counterpart in a type, or only describe it. */
const WITHOUT_A_TYPE = new Set([
  "$schema",
  "default",
  "description",
  "maximum",
  "maxItems",
  "minimum",
  "minItems",
  "minLength",
  "pattern",
  "title",
  "uniqueItems",
]);

/** The list of options that follows a rule's level. @param schema Of the one options object; null for none. */
export function optionsType(schema: Schema | null): string {
  return schema === null ? "[]" : `[options?: ${typeOf(schema)}]`;
}

function typeOf(schema: Schema): string {
  const { type, enum: values, anyOf, items, properties, required, additionalProperties, ...others } = schema;
  const unknown = Object.keys(others).filter((word) => !WITHOUT_A_TYPE.has(word));
  if (unknown.length > 0)
    throw new Error(`No type is known for \`${unknown.join(", ")}\` in a rule's schema.`);
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (Array.isArray(anyOf)) return anyOf.map((one) => `(${typeOf(one as Schema)})`).join(" | ");
  switch (type) {
    case "string":
    case "boolean":
    case "number":
      return type;
    case "integer":
      return "number";
    case "array":
      return `readonly (${typeOf(items as Schema)})[]`;
    case "object":
      return objectType({ properties, required, additionalProperties });
    default:
      throw new Error(`No type is known for the type ${JSON.stringify(type)} in a rule's schema.`);
  }
}

function objectType({ properties, required, additionalProperties }: Schema): string {
  if (additionalProperties !== false) throw new Error("A rule's options must forbid additionalProperties.");
  const needed = new Set(Array.isArray(required) ? required : []);
  const members = Object.entries(properties as Record<string, Schema>).map(([name, schema]) => {
    const { description } = schema;
    const comment = typeof description === "string" ? `/** ${description.replaceAll("*/", "* /")} */\n` : "";
    return `${comment}${JSON.stringify(name)}${needed.has(name) ? "" : "?"}: ${typeOf(schema)};`;
  });
  return `{ ${members.join("\n")} }`;
}
