import { closeSync, openSync } from "node:fs";
import type { Metric } from "./metrics.ts";

/** What the system shows of a process's open files. */
const OWN_FILES = "/proc/self/fd";

/** File descriptors that this process has open; null where it may not look. */
export function openFiles(): number | null {
  try {
    return [...Deno.readDirSync(OWN_FILES)].length;
  } catch (error) {
    const isHidden = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied;
    if (!isHidden) throw error;
    return null;
  }
}

/**
 * The lowest descriptor that is free. The system gives out the lowest one, so it climbs with files that
 * are never closed; it is what a process without all permissions, from which the runtime keeps `/proc`,
 * can know.
 */
export function lowestFreeFile(): number {
  const descriptor = openSync(import.meta.filename ?? ".", "r");
  closeSync(descriptor);
  return descriptor;
}

/** The figure for `/metrics`, under the name that Prometheus clients give it. */
export function openFilesMetric(): Metric {
  return {
    name: "process_open_fds",
    type: "gauge",
    help: "Open file descriptors; the lowest free one where they cannot be counted",
    value: openFiles() ?? lowestFreeFile(),
  };
}
