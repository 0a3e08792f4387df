import { statfsSync } from "node:fs";

/** Free bytes of the disk that holds a folder. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
