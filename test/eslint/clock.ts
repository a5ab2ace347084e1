/** Time passes between two lints of a person: enough to look at the disk again. */
import { afterEach, beforeEach, vi } from "vitest";

let passed = 0;
const now = performance.now.bind(performance);

/** Sets the clock of a test file. @returns Lets much time pass. */
export function clock(): () => void {
  beforeEach(() => {
    vi.spyOn(performance, "now").mockImplementation(() => now() + passed);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return () => {
    passed += 1_000_000;
  };
}
