/** The base protocol of language servers over a process's streams: https://microsoft.github.io/language-server-protocol/ */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";

interface Message {
  id?: number | string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/** Answers what the server asks its client. */
export type Answer = (method: string, params: unknown) => unknown;

/** No answer takes that long, unless the server is stuck. */
const PATIENCE = 60_000;

const HEADER_END = "\r\n\r\n";

export class Connection {
  /** All that was written to stderr. */
  stderr = "";
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #ended: Promise<number | null>;
  #received: Buffer = Buffer.alloc(0);
  #requests = 0;

  /** @param command A script of Node's, and its arguments. */
  constructor(
    command: readonly string[],
    cwd: string,
    private readonly answer: Answer,
  ) {
    this.#process = spawn(process.execPath, command, { cwd, stdio: ["pipe", "pipe", "pipe"] });
    this.#process.stdout.on("data", (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#readAll();
    });
    this.#process.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.#ended = new Promise((resolve) => this.#process.on("exit", resolve));
  }

  async request(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#requests;
    const answered = new Promise<Message>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`No answer to ${method}. ${this.stderr}`));
      }, PATIENCE);
      this.#waiting.set(id, (message) => {
        clearTimeout(timer);
        resolve(message);
      });
    });
    this.#send({ id, method, params });
    const { result, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  /** As an editor that closes. @returns The exit code. */
  async close(): Promise<number | null> {
    await this.request("shutdown", undefined);
    this.notify("exit", undefined);
    return this.#ended;
  }

  kill(): void {
    this.#process.kill();
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${String(Buffer.byteLength(body))}${HEADER_END}${body}`);
  }

  #readAll(): void {
    for (;;) {
      const end = this.#received.indexOf(HEADER_END);
      if (end === -1) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.toString("ascii", 0, end))?.[1]);
      const start = end + HEADER_END.length;
      if (this.#received.length < start + length) return;
      const message = JSON.parse(this.#received.toString("utf8", start, start + length)) as Message;
      this.#received = this.#received.subarray(start + length);
      this.#handle(message);
    }
  }

  #handle({ id, method, params, result, error }: Message): void {
    if (method !== undefined) {
      const answer = this.answer(method, params);
      if (id !== undefined) this.#send({ id, result: answer ?? null });
      return;
    }
    this.#waiting.get(id as number)?.({ result, ...(error !== undefined && { error }) });
    this.#waiting.delete(id as number);
  }
}
