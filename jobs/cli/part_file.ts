import { createHash } from "node:crypto";
import { compressZstd } from "../../engine/dbn/mod.ts";

/** Content of a compressed frame; what `compressZstd` cuts at, so that bytes do not depend on who wrote them. */
const FRAME_BYTES = 1024 * 1024;

/** What was written to a file. */
export interface WrittenFile {
  readonly path: string;
  /** Bytes of the file. */
  readonly bytes: number;
  /** Hash of the file as it lies on disk. */
  readonly sha256: string;
  /** Hash of the bytes before compression; the same on every version of the compressor. */
  readonly contentSha256: string;
}

/** A file under a temporary name until it is whole, compressed when its name ends in `.zst`. Memory is bounded. */
export class PartFile {
  readonly path: string;
  readonly #temporary: string;
  readonly #file: Deno.FsFile;
  readonly #held: Uint8Array | null;
  readonly #onDisk = createHash("sha256");
  readonly #content = createHash("sha256");
  #filled = 0;
  #bytes = 0;
  #isClosed = false;

  /** @throws {Error} When the folder does not take a new file. */
  constructor(path: string) {
    this.path = path;
    this.#temporary = `${path}.part-${crypto.randomUUID()}`;
    this.#file = Deno.openSync(this.#temporary, { write: true, createNew: true });
    this.#held = path.endsWith(".zst") ? new Uint8Array(FRAME_BYTES) : null;
  }

  /** Appends bytes; they may be used again at once. */
  write(bytes: Uint8Array): void {
    this.#content.update(bytes);
    const held = this.#held;
    if (held === null) return this.#put(bytes);
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + FRAME_BYTES - this.#filled);
      held.set(part, this.#filled);
      at += part.length;
      this.#filled += part.length;
      if (this.#filled === FRAME_BYTES) this.#compress(held);
    }
  }

  /** Gives the file its name. Nothing may be written after. */
  async finish(): Promise<WrittenFile> {
    const held = this.#held;
    if (held !== null && (this.#filled > 0 || this.#bytes === 0)) {
      this.#compress(held.subarray(0, this.#filled));
    }
    await this.#file.syncData();
    this.#close();
    await Deno.rename(this.#temporary, this.path);
    const [sha256, contentSha256] = [this.#onDisk.digest("hex"), this.#content.digest("hex")];
    return { path: this.path, bytes: this.#bytes, sha256, contentSha256 };
  }

  /** Leaves nothing behind of a file that has not got its name. */
  async discard(): Promise<void> {
    this.#close();
    await Deno.remove(this.#temporary).catch(() => {});
  }

  #compress(content: Uint8Array): void {
    for (const frame of compressZstd([content])) this.#put(frame);
    this.#filled = 0;
  }

  #put(bytes: Uint8Array): void {
    this.#onDisk.update(bytes);
    this.#bytes += bytes.length;
    for (let at = 0; at < bytes.length;) at += this.#file.writeSync(bytes.subarray(at));
  }

  #close(): void {
    if (!this.#isClosed) this.#file.close();
    this.#isClosed = true;
  }
}
