import { join } from "node:path";
import type { z } from "zod";
import { ROOT } from "./server_process.ts";

/** Time that clients get beyond their measuring, ms. */
const SPARE_MS = 60_000;

/**
 * Runs clients in a process of their own, so that reading does not slow the server's, and returns what
 * they print.
 *
 * @param script Name of the script in this folder.
 * @param seconds How long it measures.
 * @throws {Error} When the process fails.
 */
export async function runClients<T>(
  script: string,
  args: readonly string[],
  seconds: number,
  report: z.ZodType<T>,
): Promise<T> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-A", join(ROOT, "jobs/bench", script), ...args],
    cwd: ROOT,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const limit = setTimeout(() => child.kill("SIGKILL"), seconds * 1_000 + SPARE_MS);
  try {
    const { code, stdout, stderr } = await child.output();
    const text = new TextDecoder();
    if (code !== 0) throw new Error(`Cannot measure the clients: ${text.decode(stderr)}`);
    return report.parse(JSON.parse(text.decode(stdout)));
  } finally {
    clearTimeout(limit);
  }
}

/** Waits until an address answers with success. @throws {Error} When it does not within `limitMs`. */
export async function untilReady(address: string, limitMs: number): Promise<void> {
  const giveUpMs = performance.now() + limitMs;
  while (performance.now() < giveUpMs) {
    const response = await fetch(address);
    await response.body?.cancel();
    if (response.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Cannot measure as ${address} did not answer with success in time`);
}
