/** The edit that adds an entry to the config's `justify`, in the layout of the file. */
import { modify } from "jsonc-parser";
import type { Edit, Picture } from "./picture.js";

/** Null without a config file or its text, and where `justify` is there but is no place for an entry. */
export function justifyEdit(picture: Picture, scope: string): Edit[] | null {
  const { configFile: file, config } = picture;
  const text = file === null ? undefined : picture.text(file);
  if (file === null || text === undefined || Object.hasOwn(config?.justify ?? {}, scope)) return null;
  const inPackage = file === "package.json" || file.endsWith("/package.json");
  const path = [...(inPackage ? ["klaviyoScopes"] : []), "justify", scope];
  try {
    return modify(text, path, "", { formattingOptions: layoutOf(text) }).map(
      ({ offset, length, content }) => ({
        file,
        range: [offset, offset + length],
        text: content,
      }),
    );
  } catch {
    // `modify` throws where a value on the way is no object: then the config is broken, and says so elsewhere.
    return null;
  }
}

function layoutOf(text: string) {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ";
  return {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 1 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}
