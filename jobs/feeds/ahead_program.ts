import { decompress } from "../../engine/dbn/mod.ts";
import { Moved, type WorkerProgram } from "../kit/worker.ts";
import { readChunks } from "./_replay_file.ts";

/** Content of a compressed file in the front of a buffer that moves back and forth. */
export interface Piece {
  readonly buffer: ArrayBuffer;
  /** Bytes of content; 0 at the end of the file. */
  readonly count: number;
  /** Bytes of the file that were read for it. */
  readonly fileBytes: number;
}

/** What a thread that decompresses ahead of a reader can be asked. */
export interface AheadVerbs {
  open(path: string): void;
  /** The content that comes next, as much as fits the buffer. */
  next(buffer: ArrayBuffer): Piece;
}

/** Fills buffers with the content of a compressed file. */
class PieceReader {
  readonly #content: AsyncGenerator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);
  #fileBytes = 0;
  #failure: { readonly error: unknown } | null = null;

  constructor(path: string) {
    this.#content = decompress(readChunks(path, (count) => this.#fileBytes += count));
  }

  /** @throws {DbnError} Once what was readable before the damage has been given. */
  async fill(buffer: ArrayBuffer): Promise<Moved<Piece>> {
    const bytes = new Uint8Array(buffer);
    let count = 0;
    while (count < bytes.length && await this.#read()) {
      const part = this.#rest.subarray(0, bytes.length - count);
      bytes.set(part, count);
      count += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    if (count === 0 && this.#failure !== null) throw this.#failure.error;
    const fileBytes = this.#fileBytes;
    this.#fileBytes = 0;
    return new Moved({ buffer, count, fileBytes }, [buffer]);
  }

  async close(): Promise<void> {
    await this.#content.return(undefined);
  }

  /** Whether there is more; a failure is kept until what came before it is out. */
  async #read(): Promise<boolean> {
    if (this.#rest.length > 0) return true;
    if (this.#failure !== null) return false;
    try {
      const next = await this.#content.next();
      if (next.done) return false;
      this.#rest = next.value;
      return true;
    } catch (error) {
      this.#failure = { error };
      return false;
    }
  }
}

/** Decompresses one file, piece by piece, as it is asked. */
export function aheadProgram(): WorkerProgram<AheadVerbs> {
  let reader: PieceReader | null = null;
  /** One call after the other, though several are asked at once. */
  let last: Promise<unknown> = Promise.resolve();
  return {
    on: {
      open: (path) => {
        reader = new PieceReader(path);
      },
      next: (buffer) => {
        const filled = last.then(() => {
          if (reader === null) throw new RangeError("Cannot read on as no file is open");
          return reader.fill(buffer);
        });
        last = filled.catch(() => {});
        return filled;
      },
    },
    end: () => reader?.close(),
  };
}
