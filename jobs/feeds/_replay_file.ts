import { basename } from "node:path";
import { FeedError } from "./feed.ts";

/** Bytes read at once. */
const CHUNK_BYTES = 131_072;

/**
 * Looks at a path before anything is opened.
 *
 * @returns Its size in bytes.
 * @throws {FeedError} `not_found` or `unreadable`, when it is no market file.
 */
export async function checkFile(path: string): Promise<number> {
  const refuse = (why: string) =>
    new FeedError("unreadable", `Cannot replay as ${why}: "${basename(path)}"`);
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new FeedError("not_found", `Cannot replay as the file does not exist: "${path}"`);
    }
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  if (info.isDirectory) throw refuse("this is a folder");
  if (!/\.dbn(\.zst)?$/.test(path)) throw refuse("its name is not *.dbn or *.dbn.zst");
  if (info.isFile && info.size === 0) throw refuse("the file is empty");
  return info.size;
}

/** Whether a file is plain DBN: bytes of it are bytes of the stream. */
export async function isPlainFile(path: string): Promise<boolean> {
  const head = new Uint8Array(3);
  using file = await Deno.open(path);
  await file.read(head);
  return head[0] === 0x44 && head[1] === 0x42 && head[2] === 0x4e;
}

/** The bytes of a file in order, from one of them on; tells how many each time. */
export async function* readChunks(
  path: string,
  onBytes: (count: number) => void,
  fromByte = 0,
): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(path);
  await file.seek(fromByte, Deno.SeekMode.Start);
  while (true) {
    const buffer = new Uint8Array(CHUNK_BYTES);
    const count = await file.read(buffer);
    if (count === null) return;
    onBytes(count);
    yield buffer.subarray(0, count);
  }
}
