import { dirname } from "node:path";

/** Bytes that wait before they are written. */
const BUFFER_BYTES = 65_536;

/**
 * Appends lines to a file by blocks, so that a line costs no system call. Memory is one block. A file
 * that cannot be written is given up, once and for all: whoever measures must not stop who works.
 */
export class LineFile {
  readonly #path: string;
  readonly #onFailure: (message: string) => void;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  readonly #encoder = new TextEncoder();
  #file: Deno.FsFile | null = null;
  #used = 0;
  #failed = false;

  /**
   * Opens the file for appending; folders above it are made.
   *
   * @param onFailure Told once when it cannot be written.
   */
  constructor(path: string, onFailure: (message: string) => void) {
    this.#path = path;
    this.#onFailure = onFailure;
    this.#try(() => {
      Deno.mkdirSync(dirname(path), { recursive: true });
      this.#file = Deno.openSync(path, { append: true, create: true });
    });
  }

  /** Whether lines still get anywhere. */
  get works(): boolean {
    return !this.#failed && this.#file !== null;
  }

  /** Adds a line; the line end is added here. A line longer than the buffer is left out. */
  add(line: string): void {
    if (!this.works || line.length * 3 >= BUFFER_BYTES) return;
    if (this.#used + line.length * 3 + 1 > BUFFER_BYTES) this.flush();
    const { written } = this.#encoder.encodeInto(line, this.#buffer.subarray(this.#used));
    this.#used += written;
    this.#buffer[this.#used++] = 0x0a;
  }

  /** Writes what waits. */
  flush(): void {
    const file = this.#file;
    if (!this.works || file === null || this.#used === 0) return;
    const end = this.#used;
    this.#used = 0;
    this.#try(() => {
      for (let at = 0; at < end;) at += file.writeSync(this.#buffer.subarray(at, end));
    });
  }

  /** Writes what waits and closes the file. */
  close(): void {
    this.flush();
    this.#file?.close();
    this.#file = null;
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#failed = true;
      this.#file?.close();
      this.#file = null;
      const why = error instanceof Error ? error.message : String(error);
      this.#onFailure(`Cannot write ${this.#path}: ${why}`);
    }
  }
}
