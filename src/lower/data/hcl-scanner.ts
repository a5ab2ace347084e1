/** A cursor over HCL text: blanks, comments, names. Source of the grammar: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md */
import type { Range } from "../form.js";
import { Budget, TOO_MANY, type Comment } from "./content.js";

/** What stops an attribute from being read; its words never quote the file. */
export class HclError extends Error {
  constructor(
    message: string,
    readonly range: Range,
  ) {
    super(message);
  }
}

export class HclScanner {
  position: number;
  readonly comments: Comment[] = [];
  private readonly budget = new Budget();

  constructor(readonly text: string) {
    this.position = text.startsWith("\uFEFF") ? 1 : 0;
  }

  get done(): boolean {
    return this.position >= this.text.length;
  }

  /** Whether the file has more values than we keep. */
  get exhausted(): boolean {
    return this.budget.spent;
  }

  get character(): string {
    return this.text.charAt(this.position);
  }

  at(characters: string): boolean {
    return this.text.startsWith(characters, this.position);
  }

  /** Moves over `characters` when they are next. */
  accept(characters: string): boolean {
    if (!this.at(characters)) return false;
    this.position += characters.length;
    return true;
  }

  expect(characters: string, wrong: string): void {
    if (!this.accept(characters)) this.fail(wrong);
  }

  fail(wrong: string): never {
    throw new HclError(wrong, [this.position, Math.min(this.position + 1, this.text.length)]);
  }

  /** Counts one more value. */
  spend(): void {
    if (!this.budget.take()) this.fail(`the file has ${TOO_MANY}`);
  }

  /** Moves over blanks and comments; line breaks only where they mean nothing. */
  skip(lineBreaks: boolean): void {
    for (;;) {
      const character = this.character;
      if (character === " " || character === "\t") this.position++;
      else if (lineBreaks && (character === "\n" || character === "\r")) this.position++;
      else if (character === "#" || this.at("//")) this.comment(this.lineEnd());
      else if (this.at("/*")) {
        const close = this.text.indexOf("*/", this.position + 2);
        this.comment(close === -1 ? this.text.length : close + 2);
      } else return;
    }
  }

  /** A name at the cursor, or null. */
  name(): { value: string; range: Range } | null {
    const pattern = /[\p{L}_][\p{L}\p{N}_-]*/uy;
    return this.match(pattern);
  }

  number(): { value: string; range: Range } | null {
    return this.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  }

  lineEnd(): number {
    let i = this.position;
    while (i < this.text.length && this.text[i] !== "\n" && this.text[i] !== "\r") i++;
    return i;
  }

  private match(pattern: RegExp): { value: string; range: Range } | null {
    pattern.lastIndex = this.position;
    const value = pattern.exec(this.text)?.[0];
    if (value === undefined) return null;
    const start = this.position;
    this.position += value.length;
    return { value, range: [start, this.position] };
  }

  private comment(end: number): void {
    // The cursor may come back over a comment.
    if (this.position >= (this.comments.at(-1)?.range[1] ?? 0))
      this.comments.push({ range: [this.position, end], text: this.text.slice(this.position, end) });
    this.position = end;
  }
}
