import { cpSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../api/temporary.js";

/** A copy of the demo app, to be changed and thrown away. */
export function demoApp(): string {
  const folder = temporaryFolder();
  cpSync(path.resolve("fixtures/demo-app"), folder, { recursive: true });
  return folder;
}
