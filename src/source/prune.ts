/** Keeps a cache folder from growing for ever: what nobody has read for a month goes. */
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";

const DAY = 24 * 60 * 60 * 1000;
/** Entries are told by what they were made from: an edit, and each version of ours, leaves others behind. */
const UNUSED = 30 * DAY;
/** How old an entry's time may be before a reading renews it: seldom, since it costs a write. */
const RENEWED = 7 * DAY;
/** No process takes that long to write. */
const ABANDONED = DAY;
/** Its time tells when the folder was last looked through. */
const MARK = "pruned";

/** The names that we give: forms in folders of two digits, scans of a root, and either while it is being written. */
const OURS = /^(?:[0-9a-f]{2}\/[0-9a-f]{38}|scans-[0-9a-f]{40})\.json(\.[0-9a-f]+\.tmp)?$/;

/** Says that an entry was of use. Never throws. */
export function renew(file: string, now = Date.now()): void {
  attempt(() => {
    if (now - statSync(file).mtimeMs > RENEWED) utimesSync(file, now / 1000, now / 1000);
  });
}

/** Deletes what is old, at most once a day for all processes together. Never throws. */
export function prune(folder: string, now = Date.now()): void {
  attempt(() => {
    const mark = path.join(folder, MARK);
    const last = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (now - last < DAY) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(mark, "");
    utimesSync(mark, now / 1000, now / 1000);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const ours = OURS.exec(name.split(path.sep).join("/"));
      if (ours === null) continue;
      const file = path.join(folder, name);
      // Another process may have been quicker with any of them.
      attempt(() => {
        const age = now - statSync(file).mtimeMs;
        if (age > (ours[1] === undefined ? UNUSED : ABANDONED)) rmSync(file, { force: true });
      });
    }
  });
}

/** A cache never fails a run. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // Left for the next time.
  }
}
