/** One editor on one app, and what should be seen in it. */
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { analyze } from "../../../src/api/analyze.js";
import { everyRule, said } from "../../eslint/languages.js";
import { appIn, save } from "./app.js";
import { Editor, type Diagnostic } from "./editor.js";
import { languageServer } from "./install.js";

/** As VS Code calls them. */
const LANGUAGES: Readonly<Record<string, string>> = {
  env: "dotenv",
  js: "javascript",
  json: "json",
  toml: "toml",
  ts: "typescript",
  yaml: "yaml",
};

export interface Shown {
  /** Range and rule. */
  at: string;
  message: string;
}

export class Session {
  private constructor(
    readonly root: string,
    readonly editor: Editor,
  ) {}

  /** @param installed A project with the package and an ESLint. @param settings Of the user. */
  static async start(
    installed: string,
    files: Readonly<Record<string, string>>,
    settings: object = {},
  ): Promise<Session> {
    const root = appIn(installed, files);
    const editor = new Editor(languageServer(), root, settings);
    await editor.start();
    return new Session(root, editor);
  }

  /** The editor was told of nothing but findings, and the server ends when it is told to. */
  async end(): Promise<void> {
    try {
      expect([this.editor.complaints, this.editor.stderr]).toEqual([[], ""]);
      expect(await this.editor.quit()).toBe(0);
    } finally {
      this.editor.kill();
      rmSync(this.root, { recursive: true, force: true });
    }
  }

  open(file: string, text: string): void {
    this.editor.open(file, text, LANGUAGES[file.slice(file.lastIndexOf(".") + 1)] ?? "plaintext");
  }

  save(file: string, text: string): void {
    save(this.root, file, text);
  }

  /** What a fresh audit finds in that file while the others are as they are on the disk. */
  async truth(file: string, text: string): Promise<Shown[]> {
    const overlay = new Map([[file, text]]);
    const { report } = await analyze({ root: this.root, overlay, rules: everyRule });
    return report.findings
      .filter((one) => one.file === file && !one.suppressed)
      .map((one) => ({ at: said(one, one.rule), message: one.message }))
      .sort(inOrder);
  }

  /** Looks until the file shows what it should; without patience once. */
  async lookFor(file: string, expected: readonly Shown[], patience: number): Promise<Diagnostic[]> {
    const end = performance.now() + patience;
    for (;;) {
      const diagnostics = await this.editor.diagnostics(file);
      if (same(shown(diagnostics), expected) || performance.now() > end) return diagnostics;
      await sleep(20);
    }
  }
}

export function shown(diagnostics: readonly Diagnostic[]): Shown[] {
  return diagnostics
    .map(({ range: { start, end }, code = "no rule", message }) => ({
      at: said(
        {
          line: start.line + 1,
          column: start.character + 1,
          endLine: end.line + 1,
          endColumn: end.character + 1,
        },
        code,
      ),
      message,
    }))
    .sort(inOrder);
}

const inOrder = (a: Shown, b: Shown): number => (`${a.at} ${a.message}` < `${b.at} ${b.message}` ? -1 : 1);

/** ESLint's message may name one more place at its end. */
export function same(got: readonly Shown[], expected: readonly Shown[]): boolean {
  return (
    got.length === expected.length &&
    expected.every(
      ({ at, message }, index) => got[index]?.at === at && got[index].message.startsWith(message),
    )
  );
}
