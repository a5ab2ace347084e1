/** Draws docs/terminal.svg, the README's picture, from a run on the demo app. */
import { fileURLToPath } from "node:url";
import type { Generator } from "./update.js";

export const pictureGenerator: Generator = {
  name: "picture of the terminal",
  async files() {
    return [{ file: "docs/terminal.svg", text: drawn(await demoOutput()) }];
  },
};

/** What a terminal of 80 columns shows. */
async function demoOutput(): Promise<string> {
  // Only now: the index of the rules, which it loads, may have been written a moment ago.
  const { run } = await import("../src/cli/run.js");
  const written: string[] = [];
  const stdout = { write: (text: string) => written.push(text), columns: 80 };
  const code = await run(["--root", "fixtures/demo-app"], {
    stdout,
    stderr: { write: (text) => written.push(text) },
    stdin: {},
    env: { FORCE_COLOR: "1" },
    cwd: fileURLToPath(new URL("../", import.meta.url)),
  });
  if (code !== 1) throw new Error(`The demo ended with ${String(code)}: ${written.join("")}`);
  return written.join("");
}

interface Style {
  color: string | null;
  bold: boolean;
  dim: boolean;
  underline: boolean;
}

const COLORS: Readonly<Record<number, string>> = {
  30: "#6e7681",
  31: "#ff7b72",
  32: "#7ee787",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  36: "#76e3ea",
  37: "#e6edf3",
  90: "#8b949e",
  91: "#ffa198",
  92: "#aff5b4",
  93: "#f2cc60",
  94: "#a5d6ff",
  95: "#e2c5ff",
  96: "#b3f0ff",
};

function restyle(style: Style, codes: readonly number[]): Style {
  let next = { ...style };
  for (const code of codes) {
    if (code === 0) next = { color: null, bold: false, dim: false, underline: false };
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 4) next.underline = true;
    else if (code === 22) next = { ...next, bold: false, dim: false };
    else if (code === 24) next.underline = false;
    else if (code === 39) next.color = null;
    else next.color = COLORS[code] ?? next.color;
  }
  return next;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const LINE = 19;
const WIDTH = 720;

function drawn(output: string): string {
  let style: Style = { color: null, bold: false, dim: false, underline: false };
  const rows: string[] = [];
  const lines = output.trimEnd().split("\n");
  lines.forEach((line, index) => {
    const spans: string[] = [];
    // eslint-disable-next-line no-control-regex -- the escapes of our own output
    for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
      if (part.startsWith("\u001b[")) {
        style = restyle(style, part.slice(2, -1).split(";").map(Number));
        continue;
      }
      if (part === "") continue;
      const attributes = [
        style.color === null ? "" : ` fill="${style.color}"`,
        style.bold ? ' font-weight="bold"' : "",
        style.dim ? ' opacity="0.7"' : "",
        style.underline ? ' text-decoration="underline"' : "",
      ].join("");
      spans.push(`<tspan${attributes}>${escape(part)}</tspan>`);
    }
    rows.push(`<text x="20" y="${String(56 + index * LINE)}" xml:space="preserve">${spans.join("")}</text>`);
  });
  const height = 76 + lines.length * LINE;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(height)}" width="${String(WIDTH)}" role="img" aria-label="klaviyo-scope-audit on the demo app: seven findings and a table of scopes">
<rect width="100%" height="100%" rx="10" fill="#0d1117"/>
<circle cx="22" cy="20" r="6" fill="#ff5f57"/><circle cx="42" cy="20" r="6" fill="#febc2e"/><circle cx="62" cy="20" r="6" fill="#28c840"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3">
${rows.join("\n")}
</g>
</svg>
`;
}
