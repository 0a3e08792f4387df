import { ok, strictEqual } from "node:assert/strict";
import { lowestFreeFile, openFiles, openFilesMetric } from "./open_files.ts";

function withFiles(count: number, fn: () => void): void {
  const files = Array.from({ length: count }, () => Deno.openSync(new URL(import.meta.url)));
  try {
    fn();
  } finally {
    for (const file of files) file.close();
  }
}

Deno.test("openFiles() counts files that are opened and closed", () => {
  const before = openFiles();
  if (before === null) return console.log("skipped: the system does not show open files");
  withFiles(3, () => strictEqual(openFiles(), before + 3));
  strictEqual(openFiles(), before);
});

Deno.test("lowestFreeFile() climbs with files that stay open, and goes back", () => {
  const before = lowestFreeFile();
  withFiles(50, () => ok(lowestFreeFile() > before));
  strictEqual(lowestFreeFile(), before);
  const { name, value } = openFilesMetric();
  ok(name === "process_open_fds" && value > 0);
});
