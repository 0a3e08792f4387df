import { join } from "node:path";
import { BinFile, freeBytes } from "../kit/mod.ts";
import { describe, type ListedFile } from "./list.ts";

/** Largest file that is taken, bytes: 2 GiB. */
export const MAX_UPLOAD_BYTES = 2_147_483_648;

/** Free bytes that must be left on the disk. */
const MIN_FREE_BYTES = 268_435_456;

/** Longest wait for the next bytes of a file, ms. */
const IDLE_TIMEOUT_MS = 30_000;

/** A file that cannot be taken. The message is one line for whoever sent it. */
export class UploadError extends RangeError {
  override readonly name = "UploadError";
  readonly code:
    | "busy"
    | "exists"
    | "too_large"
    | "unreadable"
    | "disk_full"
    | "broke_off"
    | "too_slow";

  constructor(code: UploadError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** How files are taken; the system's own bounds when left out. */
export interface UploadOptions {
  readonly maxBytes?: number;
  readonly idleTimeoutMs?: number;
  readonly freeBytes?: (folder: string) => number;
}

/** Takes market files of people, one at a time, into a folder whose files can then be opened. */
export class Uploads {
  readonly folder: string;
  readonly #options: UploadOptions;
  #isBusy = false;

  constructor(folder: string, options: UploadOptions = {}) {
    this.folder = folder;
    this.#options = options;
  }

  /**
   * Takes a file as it comes, in bounded memory. It stands under its name only when it is whole and holds
   * market-by-order records.
   *
   * @param name File name that ends in .dbn or .dbn.zst; never a path.
   * @param announced Bytes that are to come, null when that is not said.
   * @throws {UploadError} When it cannot be taken; nothing of it is left.
   */
  async take(
    name: string,
    body: ReadableStream<Uint8Array>,
    announced: number | null,
  ): Promise<ListedFile> {
    if (this.#isBusy) throw new UploadError("busy", "Cannot take a file while another one comes");
    this.#isBusy = true;
    try {
      await Deno.mkdir(this.folder, { recursive: true });
      return await this.#take(name, body, announced);
    } finally {
      this.#isBusy = false;
      // Whatever is still to come is not waited for.
      if (!body.locked) body.cancel().catch(() => {});
    }
  }

  async #take(
    name: string,
    body: ReadableStream<Uint8Array>,
    announced: number | null,
  ): Promise<ListedFile> {
    const path = join(this.folder, name);
    await this.#removeParts();
    if (await isThere(path)) {
      const hint = "open it under Feed, or give yours another name";
      throw new UploadError(
        "exists",
        `Cannot take the file as "${name}" is there already: ${hint}`,
      );
    }
    this.#checkSize(announced ?? 0);
    const file = new BinFile(path);
    try {
      for await (const chunk of this.#chunks(body)) file.write(chunk);
      file.commit();
    } catch (error) {
      file.abort();
      throw error;
    }
    const listed = await describe(name, path, (await Deno.stat(path)).size);
    if (listed.readable) return listed;
    await Deno.remove(path);
    throw new UploadError("unreadable", listed.problem ?? "Cannot read the file");
  }

  /** The chunks of a body as they come, within the bounds. */
  async *#chunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    const reader = body.getReader();
    let bytes = 0;
    try {
      while (true) {
        const { done, value } = await this.#next(reader);
        if (done) return;
        this.#checkSize(bytes += value.length, value.length);
        yield value;
      }
    } finally {
      reader.cancel().catch(() => {});
      reader.releaseLock();
    }
  }

  async #next(reader: ReadableStreamDefaultReader<Uint8Array>) {
    const late = Promise.withResolvers<never>();
    late.promise.catch(() => {});
    const text = "Cannot take the file as nothing more of it came";
    const timer = setTimeout(
      () => late.reject(new UploadError("too_slow", text)),
      this.#options.idleTimeoutMs ?? IDLE_TIMEOUT_MS,
    );
    try {
      return await Promise.race([reader.read(), late.promise]);
    } catch (cause) {
      if (cause instanceof UploadError) throw cause;
      throw new UploadError("broke_off", "Cannot take the file as it broke off", { cause });
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param bytes Of the whole file so far. @param more Of them still to be written. */
  #checkSize(bytes: number, more = bytes): void {
    const { maxBytes = MAX_UPLOAD_BYTES } = this.#options;
    if (bytes > maxBytes) {
      throw new UploadError("too_large", `Cannot take more than ${maxBytes} bytes: ${bytes}`);
    }
    const free = (this.#options.freeBytes ?? freeBytes)(this.folder);
    if (free - more < MIN_FREE_BYTES) {
      throw new UploadError("disk_full", "Cannot take the file as the disk is almost full");
    }
  }

  /** Removes what a process that died has left. */
  async #removeParts(): Promise<void> {
    for await (const { name, isFile } of Deno.readDir(this.folder)) {
      if (isFile && /\.part-[\da-f-]{36}$/.test(name)) await Deno.remove(join(this.folder, name));
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
