/** An editor, as far as ESLint's language server can tell: it opens, types, saves, and shows what it is told. */
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { Connection } from "./connection.js";

export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

export interface Diagnostic {
  range: Range;
  /** 1 is an error, 2 a warning. */
  severity: number;
  code?: string;
  codeDescription?: { href: string };
  message: string;
}

export interface CodeAction {
  title: string;
  diagnostics?: Diagnostic[];
  command?: { command: string; arguments?: unknown[] };
}

interface TextEdit {
  range: Range;
  newText: string;
}

interface OpenDocument {
  text: string;
  version: number;
}

/** What VS Code and Neovim send when their user has set nothing. Every opened file is validated: that is for the user to choose. */
const SETTINGS = {
  validate: "on",
  run: "onType",
  useESLintClass: false,
  useFlatConfig: null,
  experimental: { useFlatConfig: false },
  packageManager: "npm",
  nodePath: null,
  workingDirectory: { mode: "location" },
  options: {},
  rulesCustomizations: [],
  problems: { shortenToSingleLine: false },
  quiet: false,
  onIgnoredFiles: "off",
  format: false,
  codeActionOnSave: { enable: false, mode: "all" },
  codeAction: {
    disableRuleComment: { enable: true, location: "separateLine", commentStyle: "line" },
    showDocumentation: { enable: true },
  },
};

export class Editor {
  /** What the server told its user or its log, but for the level `info` and below. */
  readonly complaints: string[] = [];
  readonly #connection: Connection;
  readonly #documents = new Map<string, OpenDocument>();

  constructor(
    server: string,
    private readonly root: string,
    private readonly settings: object = {},
  ) {
    this.#connection = new Connection([server, "--stdio"], root, (method, params) =>
      this.#answer(method, params),
    );
  }

  get stderr(): string {
    return this.#connection.stderr;
  }

  async start(): Promise<void> {
    await this.#connection.request("initialize", {
      processId: process.pid,
      rootUri: this.#uri(""),
      workspaceFolders: [this.#folder()],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true, applyEdit: true },
        textDocument: {
          diagnostic: {},
          publishDiagnostics: { codeDescriptionSupport: true },
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
        },
      },
    });
    this.#connection.notify("initialized", {});
  }

  open(file: string, text: string, languageId: string): void {
    this.#documents.set(file, { text, version: 1 });
    const textDocument = { uri: this.#uri(file), languageId, version: 1, text };
    this.#connection.notify("textDocument/didOpen", { textDocument });
  }

  /** Makes the open file's text that one, by one change as a person types it. */
  type(file: string, text: string): void {
    const document = this.#document(file);
    const change = changeBetween(document.text, text);
    document.text = text;
    document.version++;
    this.#connection.notify("textDocument/didChange", {
      textDocument: { uri: this.#uri(file), version: document.version },
      contentChanges: [{ range: change.range, text: change.newText }],
    });
  }

  close(file: string): void {
    this.#documents.delete(file);
    this.#connection.notify("textDocument/didClose", { textDocument: { uri: this.#uri(file) } });
  }

  /** What an editor tells of files that it watches: ESLint's configs. */
  configChanged(file: string): void {
    this.#connection.notify("workspace/didChangeWatchedFiles", {
      changes: [{ uri: this.#uri(file), type: 2 }],
    });
  }

  textOf(file: string): string {
    return this.#document(file).text;
  }

  async diagnostics(file: string): Promise<Diagnostic[]> {
    const report = await this.#connection.request("textDocument/diagnostic", {
      textDocument: { uri: this.#uri(file) },
    });
    return (report as { items: Diagnostic[] }).items;
  }

  async actions(file: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    const actions = await this.#connection.request("textDocument/codeAction", {
      textDocument: { uri: this.#uri(file) },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic], only: ["quickfix"] },
    });
    return actions as CodeAction[];
  }

  /** Chosen from the menu: the server sends its edits, and the open text has them. */
  async apply({ command }: CodeAction): Promise<void> {
    await this.#connection.request("workspace/executeCommand", command);
  }

  async quit(): Promise<number | null> {
    return this.#connection.close();
  }

  kill(): void {
    this.#connection.kill();
  }

  #answer(method: string, params: unknown): unknown {
    switch (method) {
      case "workspace/configuration":
        return (params as { items: unknown[] }).items.map(() => ({
          ...SETTINGS,
          ...this.settings,
          workspaceFolder: this.#folder(),
        }));
      case "workspace/workspaceFolders":
        return [this.#folder()];
      case "workspace/applyEdit":
        return this.#applyEdit(params as { edit: unknown });
      case "window/logMessage":
      case "window/showMessage": {
        const { type, message } = params as { type: number; message: string };
        if (type < 3) this.complaints.push(message);
        return null;
      }
      case "eslint/noLibrary":
      case "eslint/exitCalled":
        this.complaints.push(method);
        return null;
      default:
        return null;
    }
  }

  #applyEdit({ edit }: { edit: unknown }): { applied: boolean } {
    const { documentChanges } = edit as {
      documentChanges: { textDocument: { uri: string; version: number }; edits: TextEdit[] }[];
    };
    for (const { textDocument, edits } of documentChanges) {
      const [file, document] =
        [...this.#documents].find(([name]) => this.#uri(name) === textDocument.uri) ?? [];
      if (file === undefined || document?.version !== textDocument.version) return { applied: false };
      this.type(file, withEdits(document.text, edits));
    }
    return { applied: true };
  }

  #document(file: string): OpenDocument {
    const document = this.#documents.get(file);
    if (document === undefined) throw new Error(`${file} is not open.`);
    return document;
  }

  #folder(): { uri: string; name: string } {
    return { uri: this.#uri(""), name: "app" };
  }

  #uri(file: string): string {
    return pathToFileURL(join(this.root, file)).href.replace(/\/$/, "");
  }
}

/** The one stretch that differs, in the protocol's lines and UTF-16 units. */
function changeBetween(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let tail = 0;
  while (tail < shorter - from && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const range = { start: positionAt(before, from), end: positionAt(before, before.length - tail) };
  return { range, newText: after.slice(from, after.length - tail) };
}

function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

function offsetAt(text: string, { line, character }: Position): number {
  const start = text.split("\n").slice(0, line).join("\n").length;
  return (line === 0 ? 0 : start + 1) + character;
}

/** Edits of one text, none of which overlap. */
function withEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => offsetAt(text, b.range.start) - offsetAt(text, a.range.start))
    .reduce(
      (result, { range, newText }) =>
        result.slice(0, offsetAt(text, range.start)) + newText + result.slice(offsetAt(text, range.end)),
      text,
    );
}
