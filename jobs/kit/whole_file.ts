/** A file that appears under its name only when it is whole. */
export class BinFile {
  readonly path: string;
  readonly #temporary: string;
  readonly #file: Deno.FsFile;
  #open = true;

  /** @throws {RangeError} When the folder is missing or not writable. */
  constructor(path: string) {
    this.path = path;
    this.#temporary = `${path}.part-${crypto.randomUUID()}`;
    try {
      this.#file = Deno.openSync(this.#temporary, { write: true, createNew: true });
    } catch (cause) {
      throw new RangeError(`Cannot write bins as the folder refuses: "${path}"`, { cause });
    }
  }

  /** Appends all of the bytes. */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += this.#file.writeSync(bytes.subarray(at));
  }

  /** Puts the file in place. */
  commit(): void {
    this.#file.syncDataSync();
    this.#close();
    Deno.renameSync(this.#temporary, this.path);
  }

  /** Leaves nothing behind. Does nothing after {@link BinFile.commit}. */
  abort(): void {
    this.#close();
    try {
      Deno.removeSync(this.#temporary);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  #close(): void {
    if (this.#open) this.#file.close();
    this.#open = false;
  }
}
