import { checkFile, goldenFiles } from "./suites.ts";

/**
 * `deno task vectors DIR`: holds the engine to every file of golden numbers in a folder and prints checks
 * and misses by file. Ends with 1 when anything differs, and with 2 when there is nothing to check.
 */
const [dir] = Deno.args;
const files = dir === undefined ? [] : goldenFiles(dir);
if (dir === undefined || files.length === 0) {
  console.error("Cannot find golden numbers (*.json, *.json.gz): deno task vectors DIR");
  Deno.exit(2);
}

const row = (file: string, checks: string, misses: string, holds: string) =>
  `${file.padEnd(28)} ${checks.padStart(9)} ${misses.padStart(7)}  ${holds}`;
console.log(row("file", "checks", "misses", "holds"));
let checks = 0;
let misses = 0;
for (const file of files) {
  const { holds, tally } = checkFile(dir, file);
  console.log(row(file, `${tally.checks}`, `${tally.misses}`, holds));
  for (const line of tally.told) console.log(`  ${line}`);
  checks += tally.checks;
  misses += tally.misses;
}
console.log(row("all", `${checks}`, `${misses}`, `${files.length} files`));
Deno.exit(misses > 0 ? 1 : 0);
