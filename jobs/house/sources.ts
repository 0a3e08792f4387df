import { dirname, join, normalize, relative, resolve } from "node:path";

/** Root folder of the project. */
export const ROOT = resolve(import.meta.dirname ?? ".", "../..");

const SKIPPED = new Set(["node_modules", "data", "_fresh", ".git", "testdata"]);

/** One source file: its path from the root with forward slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

function* walk(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory && !SKIPPED.has(entry.name)) yield* walk(path);
    else if (entry.isFile && /\.tsx?$/.test(entry.name)) yield path;
  }
}

/** Every TypeScript file of the project. */
export function sources(): readonly Source[] {
  return [...walk(ROOT)].map((path) => ({
    path: relative(ROOT, path).replaceAll("\\", "/"),
    text: Deno.readTextFileSync(path),
  })).sort((a, b) => a.path < b.path ? -1 : 1);
}

/** Whether a file serves tests and benches only; such files may look past a room's public face. */
export function isTest(path: string): boolean {
  return /_test\.tsx?$|_long\.ts$|_test_util\.ts$|_suite\.ts$|_bench\.ts$|\/testing\/|^jobs\/bench\//
    .test(path);
}

const SPECIFIER =
  /(?:^|[\s;}])(?:import|export)\s[^"';]*?from\s*["']([^"']+)["']|import\s*\(?\s*["']([^"']+)["']/g;

/** The module specifiers that a file imports or re-exports, in order. */
export function specifiers(text: string): readonly string[] {
  return [...text.matchAll(SPECIFIER)].map((match) => match[1] ?? match[2] ?? "");
}

/** Path from the root that a specifier points at, or null for a package. */
export function target(from: string, specifier: string): string | null {
  if (specifier === "fresh" || specifier.startsWith("fresh/")) return "fresh/mod.ts";
  if (!specifier.startsWith(".")) return null;
  return normalize(join(dirname(from), specifier)).replaceAll("\\", "/");
}

/** The text without comments and string contents, so that a scan for names sees code only. */
export function codeOnly(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, " ")
    .replaceAll(/(^|[^:])\/\/[^\n]*/g, "$1")
    .replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""');
}
