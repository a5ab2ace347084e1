/** What one types, in an editor that runs ESLint's own language server: each state's findings are those of a fresh audit. */
import { describe, expect, inject, it } from "vitest";
import { edited, FILES, random } from "../eslint/edits.js";
import { same, Session, shown } from "./language-server/session.js";

const installed = inject("installed");

/** A change on the disk is seen within a moment, an edit at once. */
const MOMENT = 10_000;

/** What a person does at random, until so many states were compared. @returns How many findings they had. */
async function work(
  session: Session,
  states: number,
  how: { seed: number; saves: boolean },
): Promise<number> {
  const { editor } = session;
  const next = random(how.seed);
  const names = Object.keys(FILES);
  const open = new Set<string>();
  let findings = 0;
  for (let compared = 0; compared < states;) {
    const file = names[next(names.length)] ?? "";
    if (!open.has(file)) session.open(file, FILES[file] ?? "");
    open.add(file);
    const text = edited(editor.textOf(file), file, next);
    // A config that cannot be read: told elsewhere.
    const expected = await session.truth(file, text).catch(() => null);
    if (expected === null) continue;
    editor.type(file, text);
    const diagnostics = await session.lookFor(file, expected, how.saves ? MOMENT : 0);
    if (diagnostics.some(({ message }) => message.includes("Parsing error"))) {
      editor.type(file, FILES[file] ?? "");
      continue;
    }
    compared++;
    findings += diagnostics.length;
    const got = shown(diagnostics);
    if (!same(got, expected)) expect([compared, file, text, got]).toEqual([compared, file, text, expected]);
    if (!how.saves) continue;
    // Saved, closed without saving, or another file changed by another program.
    const other = names[next(names.length)] ?? "";
    switch (next(4)) {
      case 0:
        session.save(file, text);
        break;
      case 1:
        editor.close(file);
        open.delete(file);
        session.save(file, FILES[file] ?? "");
        break;
      case 2:
        session.save(other, FILES[other] ?? "");
        break;
      default:
    }
  }
  return findings;
}

describe.each([
  { version: "10", project: installed.eslint10, typed: 100, saved: 20 },
  { version: "9", project: installed.eslint9, typed: 40, saved: 10 },
])("with ESLint $version", { timeout: 300_000 }, ({ project, typed, saved }) => {
  it(`shows at once, after each of ${typed} edits, what a fresh audit finds`, async () => {
    const session = await Session.start(project, FILES);
    const findings = await work(session, typed, { seed: 7, saves: false });
    expect(findings).toBeGreaterThan(typed / 2);
    await session.end();
  });

  it(`follows ${saved} edits between which files are saved, closed and changed on the disk`, async () => {
    const session = await Session.start(project, FILES);
    const findings = await work(session, saved, { seed: 11, saves: true });
    expect(findings).toBeGreaterThan(saved / 2);
    await session.end();
  });
});
