import { DbnError, type DbnErrorCode, decompress } from "../../engine/dbn/mod.ts";
import { type NoVerbs, RemoteError, type WorkerPlace, WorkerPort } from "../kit/worker.ts";
import type { AheadVerbs, Piece } from "./ahead_program.ts";
import { readChunks } from "./_replay_file.ts";

/** Bytes of content that cross at once (a crossing costs a quarter of a millisecond), and how many such pieces are under way. */
const PIECE_BYTES = 1024 * 1024;
const PIECES = 3;

/** Smaller files are read before a thread has started, bytes. */
const LEAST_THREAD_BYTES = 1024 * 1024;

const WORKER_URL = new URL("./ahead_worker.ts", import.meta.url);

/**
 * Content of a compressed file. A large one is decompressed in a thread of its own, at most 3 MiB
 * ahead, where this process may start one; content and errors are the same.
 *
 * @param fileBytes Size of the file.
 * @param onBytes Told how many bytes of the file were read each time.
 * @throws {DbnError} As `decompress` does.
 */
export function contentOf(
  path: string,
  fileBytes: number,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  const code = { name: "read", path: WORKER_URL } as const;
  const mayStart = Deno.permissions.querySync(code).state === "granted";
  if (fileBytes < LEAST_THREAD_BYTES || !mayStart) return decompress(readChunks(path, onBytes));
  const permissions = { read: [path] };
  return decompressAhead({ url: WORKER_URL, name: "decompress", permissions }, path, onBytes);
}

/**
 * Content of a compressed file, decompressed ahead of the reader. A piece is reused once the next is
 * asked for; the thread ends with the reader, also when that stops early.
 *
 * @param place Where the decompressing runs.
 * @throws {DbnError} As `decompress` does, after the same content.
 */
export async function* decompressAhead(
  place: WorkerPlace<AheadVerbs, NoVerbs>,
  path: string,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  const port = new WorkerPort<AheadVerbs, NoVerbs>(place, {}, () => {});
  const asked: Promise<Piece>[] = [];
  const ask = (buffer: ArrayBuffer) => {
    const piece = port.call("next", buffer, [buffer]);
    piece.catch(() => {}); // whoever waits for it hears of it
    asked.push(piece);
  };
  try {
    port.notify("open", path);
    for (let i = 0; i < PIECES; i++) ask(new ArrayBuffer(PIECE_BYTES));
    for (let next = asked.shift(); next !== undefined; next = asked.shift()) {
      const { buffer, count, fileBytes } = await next;
      onBytes(fileBytes);
      if (count === 0) return;
      yield new Uint8Array(buffer, 0, count);
      ask(buffer);
    }
  } catch (error) {
    throw asDbnError(error);
  } finally {
    port.terminate();
  }
}

/** The damage that a thread told of, or whatever else went wrong. */
function asDbnError(error: unknown): unknown {
  if (!(error instanceof RemoteError) || error.remoteName !== "DbnError") return error;
  const { code, byteOffset, trailingBytes } = error.fields;
  return new DbnError(code as DbnErrorCode, error.message, {
    byteOffset: Number(byteOffset),
    stream: "zstd",
    trailingBytes: Number(trailingBytes),
    cause: error,
  });
}
