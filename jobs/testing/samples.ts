import { isAbsolute, join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname ?? ".", "../..");

function isDirectory(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** Whether the run was told that `what` must not be skipped (`LOTUS_REQUIRE=chromium,nats,samples`). */
export function required(what: string): boolean {
  return (Deno.env.get("LOTUS_REQUIRE") ?? "").split(",").map((word) => word.trim()).includes(what);
}

/**
 * Folder with real market files: `LOTUS_SAMPLES`, else `../shared/data` beside the project.
 *
 * @returns Absolute path, or null when there is none on this machine.
 */
export function samplesDir(): string | null {
  const set = Deno.env.get("LOTUS_SAMPLES");
  const path = set ? (isAbsolute(set) ? set : resolve(ROOT, set)) : resolve(ROOT, "../shared/data");
  return isDirectory(path) ? path : null;
}

/**
 * Registers a test that reads real market files. Without them it is skipped with one line, or fails
 * when `LOTUS_REQUIRE` names `samples`.
 */
export function sampleTest(name: string, fn: (dir: string) => void | Promise<void>): void {
  const dir = samplesDir();
  if (dir === null && !required("samples")) {
    console.log(`skipped, no market files (set LOTUS_SAMPLES): ${name}`);
  }
  Deno.test({
    name,
    ignore: dir === null && !required("samples"),
    fn: async () => {
      if (dir === null) throw new Error("Cannot run as no market files were found: LOTUS_SAMPLES");
      await fn(dir);
    },
  });
}

/** Path of a file inside the samples folder. */
export function samplePath(dir: string, ...parts: string[]): string {
  return join(dir, ...parts);
}
