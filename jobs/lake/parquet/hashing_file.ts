import { createHash, type Hash } from "node:crypto";

const BLOCK_BYTES = 1 << 20;

/** SHA-256 of a file, hex digits. @throws {Deno.errors} When it cannot be read. */
export function fileSha256(path: string): string {
  const hash = createHash("sha256");
  const file = Deno.openSync(path);
  try {
    const block = new Uint8Array(BLOCK_BYTES);
    for (let got = file.readSync(block); got !== null; got = file.readSync(block)) {
      hash.update(block.subarray(0, got));
    }
  } finally {
    file.close();
  }
  return hash.digest("hex");
}

/** A new file whose content is hashed as it is written. */
export class HashingFile {
  readonly #file: Deno.FsFile;
  readonly #hash: Hash = createHash("sha256");
  #bytes = 0;
  #open = true;

  /** @throws {Deno.errors.AlreadyExists} When the file exists. */
  constructor(path: string) {
    this.#file = Deno.openSync(path, { write: true, createNew: true });
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Appends all of the bytes. */
  write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    for (let at = 0; at < bytes.length;) at += this.#file.writeSync(bytes.subarray(at));
    this.#bytes += bytes.length;
  }

  /** Makes sure that the disk has it all, and returns the hash in hex digits. */
  finish(): string {
    this.#file.syncSync();
    this.close();
    return this.#hash.digest("hex");
  }

  /** Closes the file as it is. */
  close(): void {
    if (this.#open) this.#file.close();
    this.#open = false;
  }
}
