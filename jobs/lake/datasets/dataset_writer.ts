import {
  FrameBatch,
  type GridFrame,
  GridView,
  type Layout,
} from "../../../engine/frames/contract.ts";
import { type NoVerbs, PortClosedError, WorkerPort } from "../../kit/mod.ts";
import { type DatasetError, writeFailure } from "./dataset_error.ts";
import type { WriterVerbs, WrittenFacts } from "./writer_protocol.ts";

/** Batches under way to the writing thread before whoever fills them waits. */
const MAX_BATCHES_AHEAD = 3;

/** What is written and where. */
export interface DatasetWriterOptions {
  /** Folder that exists. */
  readonly folder: string;
  /** Layout of the bins, one that `gridLayout` makes. */
  readonly layout: Layout;
  /** Bins of a row group, 1 to 1,000. */
  readonly flushBins: number;
  /** Market file to hash meanwhile, or null. */
  readonly input: string | null;
  /** What kind of data it is and from where, as both files say of themselves; nothing when omitted. */
  readonly stamp?: string;
  /** Whether bins come by {@link DatasetWriter.addEncoded}, not by add. */
  readonly encoded?: boolean;
  /** Told of the first failure, which also ends {@link DatasetWriter.ready} and finish. */
  readonly onFailure?: (error: DatasetError) => void;
}

/**
 * Writes bins as Parquet in a thread of its own, so that the engine does not wait for compression.
 * Buffers move there and back without a copy; {@link DatasetWriter.ready} bounds how many.
 */
export class DatasetWriter {
  readonly #options: DatasetWriterOptions;
  readonly #view: GridView;
  readonly #port: WorkerPort<WriterVerbs, NoVerbs>;
  readonly #free: ArrayBuffer[] = [];
  #batch: FrameBatch;
  #ahead = 0;
  #bins = 0;
  #bytes = 0;
  #failure: DatasetError | null = null;
  readonly #waiting: (() => void)[] = [];
  #finished = false;

  constructor(options: DatasetWriterOptions) {
    this.#options = options;
    const { layout, flushBins: capacity, folder, input } = options;
    const { encoded = false, stamp = null } = options;
    this.#view = new GridView(layout);
    this.#batch = new FrameBatch(layout, capacity);
    this.#port = new WorkerPort(writerThread(folder, input), {}, () => {});
    this.#port.call("open", { folder, layout, capacity, input, encoded, stamp })
      .catch((error) => this.#fail(error));
  }

  /** Bins taken. */
  get bins(): number {
    return this.#bins;
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Messages that the writing thread has not answered. */
  get ahead(): number {
    return this.#ahead;
  }

  /** Takes a bin; what it needs of the frame is copied. */
  add(frame: GridFrame): void {
    this.#batch.add(this.#view.of(frame));
    this.#bins++;
    if (this.#batch.full) this.#send();
  }

  /** Takes a bin in the form in which it goes to pages. */
  addEncoded(header: string, arrow: Uint8Array<ArrayBuffer>): void {
    this.#bins++;
    this.#ahead++;
    this.#port.call("encoded", { header, arrow })
      .then((bytes) => this.#written(bytes), (error) => this.#fail(error));
  }

  /**
   * Resolves when the writing thread has caught up.
   *
   * @throws {DatasetError} When it failed.
   */
  async ready(): Promise<void> {
    await this.#until(() => this.#ahead < MAX_BATCHES_AHEAD);
  }

  /**
   * Writes what is left and ends both files, which keep their partial names.
   *
   * @throws {DatasetError} When writing failed.
   */
  async finish(): Promise<WrittenFacts> {
    if (this.#batch.count > 0) this.#send();
    try {
      const facts = await this.#port.call("finish");
      this.#finished = true;
      this.#bytes = facts.bins.bytes + facts.buckets.bytes;
      this.#port.terminate();
      return facts;
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /** Closes the files as they are. */
  async abort(): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    await this.#port.call("abort").catch((error) => {
      if (!(error instanceof PortClosedError)) throw error;
    });
    this.#port.terminate();
  }

  #send(): void {
    const { buffer, capacity, count } = this.#batch;
    this.#ahead++;
    this.#port.call("batch", { buffer, count }, [buffer]).then((back) => {
      this.#free.push(back.buffer);
      this.#written(back.bytes);
    }, (error) => this.#fail(error));
    this.#batch = new FrameBatch(this.#options.layout, capacity, this.#free.pop());
  }

  #written(bytes: number): void {
    this.#ahead--;
    this.#bytes = bytes;
    this.#wake();
  }

  /** Keeps the first failure, tells of it, and gives it back. */
  #fail(error: unknown): DatasetError {
    if (this.#failure !== null) return this.#failure;
    this.#failure = writeFailure(this.#options.folder, error);
    this.#options.onFailure?.(this.#failure);
    this.#wake();
    return this.#failure;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async #until(holds: () => boolean): Promise<void> {
    while (this.#failure === null && !holds()) await this.#turn();
    if (this.#failure !== null) throw this.#failure;
  }
}

/** It reads the file that it hashes, and writes into the folder of the dataset. */
function writerThread(folder: string, input: string | null) {
  return {
    url: new URL("./writer_worker.ts", import.meta.url),
    name: "dataset",
    permissions: { read: input === null ? [folder] : [folder, input], write: [folder] },
  };
}
