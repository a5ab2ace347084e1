/** `.gitignore` files of all levels, as git reads them: the last pattern that matches decides, deeper files come later. */
import path from "node:path";
import ignore, { type Ignore } from "ignore";
import { gitExclude, gitTop, readSmall } from "./git.js";
import { seenFrom } from "../config/paths.js";

export class GitIgnore {
  /** Absolute: the top of the working tree, or the audited root outside of one. */
  readonly #top: string;
  /** The audited root seen from `#top`; "" for the same. */
  readonly #prefix: string;
  /** By folder relative to `#top`: the rules that hold in it. */
  readonly #rules = new Map<string, Ignore>();

  /** @param root Absolute. */
  constructor(root: string) {
    const top = gitTop(root) ?? root;
    const prefix = seenFrom(top, root);
    this.#top = top;
    this.#prefix = prefix;
    const base = ignore().add(gitExclude(top));
    this.#rules.set("", this.#extended(base, ""));
    // A root that its own repository ignores was named on purpose: then only what lies below it counts.
    if (prefix !== "" && this.#rulesFor(prefix).ignores(`${prefix}/`)) {
      this.#rules.clear();
      this.#rules.set("", ignore());
      let at = "";
      for (const segment of prefix.split("/").slice(0, -1)) {
        at = at === "" ? segment : `${at}/${segment}`;
        this.#rules.set(at, ignore());
      }
    }
  }

  /** @param folder Relative to the audited root, with `/`; "" for the root itself. */
  ignoresFolder(folder: string): boolean {
    return this.#ignores(folder, "/");
  }

  /** @param file Relative to the audited root, with `/`. */
  ignoresFile(file: string): boolean {
    return this.#ignores(file, "");
  }

  #ignores(relative: string, suffix: string): boolean {
    const full = this.#prefix === "" ? relative : `${this.#prefix}/${relative}`;
    return this.#rulesFor(parentOf(full)).ignores(full + suffix);
  }

  #rulesFor(folder: string): Ignore {
    let rules = this.#rules.get(folder);
    if (rules === undefined) {
      rules = this.#extended(this.#rulesFor(parentOf(folder)), folder);
      this.#rules.set(folder, rules);
    }
    return rules;
  }

  /** The rules with those of the folder's own `.gitignore` after them. */
  #extended(rules: Ignore, folder: string): Ignore {
    const text = readSmall(path.join(this.#top, folder, ".gitignore"));
    if (text === "") return rules;
    const own = text.replace(/^\uFEFF/, "").split(/\r?\n/);
    return ignore()
      .add(rules)
      .add(own.map((line) => rebased(line, folder)));
  }
}

function parentOf(file: string): string {
  const slash = file.lastIndexOf("/");
  return slash === -1 ? "" : file.slice(0, slash);
}

/** A pattern of a folder's `.gitignore` as the top's would write it (gitignore(5), "PATTERN FORMAT"). */
function rebased(line: string, folder: string): string {
  if (folder === "" || line.trim() === "" || line.startsWith("#")) return line;
  const negated = line.startsWith("!");
  const pattern = negated ? line.slice(1) : line;
  const prefix = `${negated ? "!" : ""}/${folder.replace(/[\\*?[\]!# ]/g, String.raw`\$&`)}`;
  // A slash that is not at the end ties a pattern to the folder.
  const tied = pattern.replace(/\s+$/, "").slice(0, -1).includes("/");
  return `${prefix}/${tied ? "" : "**/"}${pattern.replace(/^\//, "")}`;
}
