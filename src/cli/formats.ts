/** The formats by name; each is loaded when it is asked for. */
import { nearest } from "../config/nearest.js";
import { UserError } from "../api/errors.js";
import type { Format, FormatName } from "../report/index.js";

const LOADERS = {
  stylish: async () => (await import("../report/stylish.js")).stylish,
  json: async () => (await import("../report/json.js")).json,
  sarif: async () => (await import("../report/sarif.js")).sarif,
  github: async () => (await import("../report/github.js")).github,
  gitlab: async () => (await import("../report/gitlab.js")).gitlab,
  junit: async () => (await import("../report/junit.js")).junit,
  markdown: async () => (await import("../report/markdown.js")).markdown,
  html: async () => (await import("../report/html.js")).html,
} satisfies Record<FormatName, () => Promise<Format>>;

export const FORMAT_NAMES = Object.keys(LOADERS).filter(isFormatName);

/** Formats that a program reads: they must have the output to themselves. */
const WHOLE_OUTPUT: ReadonlySet<string> = new Set<FormatName>(["json", "sarif", "gitlab", "junit", "html"]);

export function isMachineFormat(name: string): boolean {
  return WHOLE_OUTPUT.has(name);
}

/** @throws UserError when a name is no format, or when two formats that programs read are to share stdout. */
export function checkFormats(names: readonly string[]): FormatName[] {
  const formats = [...new Set(names)].map((name) => {
    if (isFormatName(name)) return name;
    const near = nearest(name, FORMAT_NAMES);
    throw new UserError(
      `There is no format \`${name}\`.`,
      near ? `Did you mean \`${near}\`?` : `The formats are ${FORMAT_NAMES.join(", ")}.`,
    );
  });
  const machine = formats.find(isMachineFormat);
  const other = formats.find((name) => name !== machine);
  if (machine && other) {
    throw new UserError(
      `The formats \`${machine}\` and \`${other}\` cannot share stdout: nothing could read it.`,
      `Write one of them to a file, for example with --output ${machine}=report.${extensionOf(machine)}.`,
    );
  }
  return formats;
}

export async function loadFormat(name: FormatName): Promise<Format> {
  return LOADERS[name]();
}

function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(LOADERS, name);
}

function extensionOf(name: FormatName): string {
  return name === "junit" ? "xml" : name === "gitlab" ? "json" : name;
}
