import type { Metric } from "./metrics.ts";

/** What the system shows of a process's open files. */
const OWN_FILES = "/proc/self/fd";

/** File descriptors that this process has open; null where the system does not show them. */
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

/** The figure for `/metrics`, under the name that Prometheus clients give it; none where it is not known. */
export function openFilesMetric(): readonly Metric[] {
  const value = openFiles();
  if (value === null) return [];
  return [{ name: "process_open_fds", type: "gauge", help: "Open file descriptors", value }];
}
