import { join } from "node:path";
import { DataFolderError } from "./data_folder_error.ts";

/** Another process uses the data folder. The message is one line for the operator. */
export class DataLockError extends Error {
  override readonly name = "DataLockError";
  readonly code = "data_in_use";
}

async function openLock(dataDir: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(dataDir, { recursive: true });
    return await Deno.open(join(dataDir, "lotus.lock"), { create: true, read: true, write: true });
  } catch (error) {
    const advice = "Set LOTUS_DATA_DIR to a folder that this process may write to, or move it away";
    throw new DataFolderError(dataDir, error, advice);
  }
}

/**
 * Claims a data folder for this process: two processes that make a tape into one store would write
 * every row twice. The system frees the claim when the process ends, however it ends.
 *
 * @returns Gives the claim back.
 * @throws {DataLockError} When another process holds it.
 * @throws {DataFolderError} When it is no folder, or nothing can be written there.
 */
export async function lockData(dataDir: string): Promise<() => void> {
  const file = await openLock(dataDir);
  if (!await file.tryLock(true)) {
    file.close();
    throw new DataLockError(
      `Cannot start as another process uses the data folder ${JSON.stringify(dataDir)}: ` +
        "stop it, or set LOTUS_DATA_DIR",
    );
  }
  return () => file.close();
}
