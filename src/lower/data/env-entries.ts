/** The environment variables that a data file defines, in whatever shape its tool wants them. */
import type { Expression, FileForm, ListExpression, MapEntry, MapExpression, Range } from "../form.js";
import { assignmentIn, isEnvContainer, isEnvName, isValueKey } from "./env-names.js";
import { sliceString } from "./placed-text.js";


export interface EnvEntry {
  name: string;
  value: Expression;
  /** The whole entry: key and value. */
  range: Range;
}

interface Place {
  /** The nearest keys, innermost last. */
  path: readonly string[];
  /** In a ConfigMap or Secret. */
  isConfigMap: boolean;
}

/** All variables that the form defines, in file order as far as aliases allow; none for code. */
export function envEntries(form: FileForm): EnvEntry[] {
  const { data } = form;
  if (!data) return [];
  const collector = new Collector();
  if (form.language === "env" || form.language === "dockerfile" || /\.tfvars(?:\.json)?$/.test(form.file)) {
    if (data.kind === "map") for (const entry of data.entries) collector.entry(entry);
    return collector.found;
  }
  collector.walk(data, { path: [], isConfigMap: false });
  return collector.found;
}

class Collector {
  readonly found: EnvEntry[] = [];
  private readonly seen = new Set<string>();

  walk(value: Expression, place: Place): void {
    if (value.kind === "map") this.map(value, place);
    else if (value.kind === "list") this.list(value, place);
  }

  /** One entry whose key is a variable's name. */
  entry(entry: MapEntry): void {
    if (entry.key?.kind === "string") this.add(entry.key.value, valueOf(entry.value), entry.range);
  }

  private add(name: string, value: Expression | null, range: Range): void {
    if (value === null) return;
    const id = `${String(range[0])}:${String(range[1])}:${name}`;
    // An aliased map is in the form once for each alias.
    if (this.seen.has(id)) return;
    this.seen.add(id);
    this.found.push({ name, value, range });
  }

  private map(map: MapExpression, place: Place): void {
    const isConfigMap = textUnder(map, "kind") === "ConfigMap" || textUnder(map, "kind") === "Secret";
    const named = namedValue(map);
    if (named && isEnvName(named.name)) this.add(named.name, named.value, map.range);
    const defines = isContainer(place);
    for (const entry of map.entries) {
      if (entry.kind === "spread") {
        this.walk(entry.value, place);
        continue;
      }
      const key = entry.key?.kind === "string" ? entry.key.value : null;
      const variable = key !== null && (defines || isEnvName(key)) ? valueOf(entry.value) : null;
      if (variable && key !== null && /^[A-Za-z_][\w.-]*$/.test(key)) this.add(key, variable, entry.range);
      if (isEnvContainer(key ?? undefined)) this.lines(entry.value);
      this.walk(entry.value, { path: [...place.path.slice(-2), key ?? ""], isConfigMap });
    }
  }

  /** `env_vars: |`, as GitHub's actions take variables: a text with an assignment on each line. */
  private lines(value: Expression): void {
    const parts = value.kind === "template" ? value.quasis : value.kind === "string" ? [value] : [];
    parts.forEach((part, index) => {
      let start = 0;
      for (const line of part.value.split("\n")) {
        const end = start + line.length;
        // Where a placeholder stands in the line its value is not all written.
        const isWhole =
          (start > 0 || index === 0) && (end < part.value.length || index === parts.length - 1);
        const assignment = isWhole ? assignmentIn(line) : null;
        if (assignment) {
          const assigned = sliceString(part, start + assignment.valueStart, end);
          this.add(assignment.name, assigned, [sliceString(part, start, end).range[0], assigned.range[1]]);
        }
        start = end + 1;
      }
    });
  }

  private list(list: ListExpression, place: Place): void {
    const defines = isContainer(place) || /^args$/i.test(place.path.at(-1) ?? "");
    for (const item of list.items) {
      const text = item.kind === "string" ? item : item.kind === "template" ? item.quasis[0] : undefined;
      const assignment = defines && text ? assignmentIn(text.value) : null;
      const named = defines && item.kind === "map" ? namedValue(item) : null;
      if (assignment) this.add(assignment.name, afterAssignment(item, assignment.valueStart), item.range);
      else if (named) this.add(named.name, named.value, item.range);
      // The keys of an item are no variables because the list is called `env`.
      else this.walk(item, { ...place, path: [...place.path, ""] });
    }
  }
}

function isContainer({ path, isConfigMap }: Place): boolean {
  const key = path.at(-1);
  return isEnvContainer(key) || (isConfigMap && (key === "data" || key === "stringData"));
}

/** What a variable's entry gives it; null where the entry is a section of its own. */
function valueOf(value: Expression): Expression | null {
  if (value.kind !== "map") return value;
  const described = value.entries.find(({ key }) => key?.kind === "string" && isValueKey(key.value));
  return described?.value ?? null;
}

/** `{ name: KEY, value: … }`, `{ key: KEY, value: … }`, `{ variable: KEY, value: … }`. */
function namedValue(map: MapExpression): { name: string; value: Expression } | null {
  const name = textUnder(map, "name") ?? textUnder(map, "key") ?? textUnder(map, "variable");
  const value = map.entries.find(({ key }) => key?.kind === "string" && key.value.toLowerCase() === "value")?.value;
  return name !== null && value && /^[A-Za-z_]\w*$/.test(name) ? { name, value } : null;
}

function textUnder(map: MapExpression, name: string): string | null {
  for (const { key, value } of map.entries)
    if (key?.kind === "string" && key.value.toLowerCase() === name && value.kind === "string") return value.value;
  return null;
}

/** The part after `KEY=`, with its places. */
function afterAssignment(item: Expression, start: number): Expression | null {
  if (item.kind === "string") return sliceString(item, start, item.value.length);
  if (item.kind !== "template") return null;
  const [first, ...rest] = item.quasis;
  if (!first) return null;
  const value = sliceString(first, start, first.value.length);
  return { kind: "template", range: [value.range[0], item.range[1]], quasis: [value, ...rest], expressions: item.expressions };
}
