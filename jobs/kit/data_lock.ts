import { join } from "node:path";

/** Another process uses the data folder. The message is one line for the operator. */
export class DataLockError extends Error {
  override readonly name = "DataLockError";
  readonly code = "data_in_use";
}

/**
 * Claims a data folder for this process: two processes that make a tape into one store would write
 * every row twice. The system frees the claim when the process ends, however it ends.
 *
 * @returns Gives the claim back.
 * @throws {DataLockError} When another process holds it.
 */
export async function lockData(dataDir: string): Promise<() => void> {
  await Deno.mkdir(dataDir, { recursive: true });
  const path = join(dataDir, "lotus.lock");
  const file = await Deno.open(path, { create: true, read: true, write: true });
  if (!await file.tryLock(true)) {
    file.close();
    throw new DataLockError(
      `Cannot start as another process uses the data folder ${JSON.stringify(dataDir)}: ` +
        "stop it, or set LOTUS_DATA_DIR",
    );
  }
  return () => file.close();
}
