import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { openFiles, openFilesMetric } from "./open_files.ts";

Deno.test("openFiles() counts files that are opened and closed, where the system shows them", () => {
  const before = openFiles();
  if (before === null) {
    deepStrictEqual(openFilesMetric(), []);
    return console.log("skipped: the system does not show open files");
  }
  const files = [1, 2, 3].map(() => Deno.openSync(new URL(import.meta.url)));
  strictEqual(openFiles(), before + 3);
  for (const file of files) file.close();
  strictEqual(openFiles(), before);
  const [metric] = openFilesMetric();
  ok(metric?.name === "process_open_fds" && metric.value > 0);
});
