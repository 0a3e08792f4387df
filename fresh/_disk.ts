import { join, relative, sep } from "node:path";

/** Folders that are never source: packages, stores, history. */
const SKIPPED = new Set(["node_modules", "data"]);

/**
 * Paths of all files below a folder, sorted; an absent folder has none. Read without a pause, as a build
 * looks at a thousand files: to wait for each takes several times as long as the disk.
 */
export function listFiles(folder: string, ignore: readonly RegExp[] = []): string[] {
  const found: string[] = [];
  try {
    for (const entry of Deno.readDirSync(folder)) {
      const path = join(folder, entry.name);
      if (ignore.some((pattern) => pattern.test(path))) continue;
      if (entry.isDirectory) {
        if (!SKIPPED.has(entry.name) && !entry.name.startsWith(".")) {
          found.push(...listFiles(path, ignore));
        }
      } else {
        found.push(path);
      }
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}

/** Files that a builder leaves out unless it is told what else to leave out. */
export const TEST_FILE = /[._]test\.(?:[tj]sx?|[mc][tj]s)$/;

/** True for a module that holds more than types. */
export function isModule(path: string): boolean {
  return /\.(tsx?|jsx?|mts|mjs)$/.test(path) && !/\.d\.\w+$/.test(path);
}

/** Path from a folder without the extension, with forward slashes. */
export function idOf(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/").replace(/\.\w+$/, "");
}

/** First 16 hex digits of the SHA-256 of the parts, each with its length so that none run together. */
export async function hashOf(parts: readonly (string | Uint8Array)[]): Promise<string> {
  const encoder = new TextEncoder();
  const chunks = parts.flatMap((part) => {
    const bytes = typeof part === "string" ? encoder.encode(part) : part;
    return [encoder.encode(`${bytes.length}:`), bytes];
  });
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", joined));
  return digest.toHex().slice(0, 16);
}

/** Hash of every source file, configuration and lock that a bundle of this project may depend on. */
export async function hashSources(folders: readonly string[], outDir: string): Promise<string> {
  const parts: (string | Uint8Array)[] = [];
  for (const folder of folders) {
    for (const path of listFiles(folder, [TEST_FILE])) {
      if (path.startsWith(outDir + sep)) continue;
      const isSource = isModule(path) || /\.(json|jsonc|css|lock)$/.test(path);
      if (isSource) parts.push(relative(folder, path), Deno.readFileSync(path));
    }
  }
  return await hashOf(parts);
}

/** The nearest folder at or above `start` that holds a Deno configuration, or `start`. */
export async function projectFolder(start: string): Promise<string> {
  for (let at = start;; at = join(at, "..")) {
    for (const name of ["deno.json", "deno.jsonc"]) {
      try {
        await Deno.lstat(join(at, name));
        return at;
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
    if (join(at, "..") === at) return start;
  }
}
