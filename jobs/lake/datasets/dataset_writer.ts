import {
  FrameBatch,
  type GridFrame,
  gridLayout,
  GridView,
  type Layout,
} from "../../../engine/frames/contract.ts";
import { DatasetError } from "./dataset_error.ts";
import type { FromWriter, ToWriter, WrittenFacts } from "./writer_protocol.ts";

/** Batches under way to the writing thread before whoever fills them waits. */
const MAX_BATCHES_AHEAD = 3;

/** What is written and where. */
export interface DatasetWriterOptions {
  /** Folder that exists. */
  readonly folder: string;
  /** Rows per bin. */
  readonly rows: number;
  readonly horizonsMs: readonly number[];
  /** Epoch ns that times of frames count from. */
  readonly baseNs: bigint;
  /** Bins of a row group, 1 to 1,000. */
  readonly flushBins: number;
  /** Market file to hash meanwhile, or null. */
  readonly input: string | null;
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
  readonly #layout: Layout;
  readonly #view: GridView;
  readonly #worker: Worker;
  readonly #free: ArrayBuffer[] = [];
  #batch: FrameBatch;
  #ahead = 0;
  #bins = 0;
  #bytes = 0;
  #failure: DatasetError | null = null;
  readonly #waiting: (() => void)[] = [];
  #finished: WrittenFacts | null = null;
  #aborted = false;

  constructor(options: DatasetWriterOptions) {
    this.#options = options;
    const { rows, horizonsMs, flushBins: capacity, folder, baseNs, input } = options;
    const { encoded = false } = options;
    this.#layout = gridLayout(rows, horizonsMs);
    this.#view = new GridView(this.#layout);
    this.#batch = new FrameBatch(this.#layout, capacity);
    const url = new URL("./writer_worker.ts", import.meta.url);
    this.#worker = new Worker(url, { type: "module", name: "dataset" });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWriter>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#aborted = true;
      this.#fail(new DatasetError("disk", `Cannot write the dataset: ${event.message}`));
    };
    this.#post({ type: "open", folder, rows, horizonsMs, baseNs, capacity, input, encoded });
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
    this.#post({ type: "encoded", header, arrow });
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
    this.#post({ type: "finish" });
    await this.#until(() => this.#finished !== null);
    this.#worker.terminate();
    if (this.#finished !== null) return this.#finished;
    throw new DatasetError("disk", "Cannot finish the dataset");
  }

  /** Closes the files as they are. */
  async abort(): Promise<void> {
    if (this.#finished !== null || this.#aborted) return;
    this.#post({ type: "abort" });
    while (!this.#aborted) await this.#turn();
  }

  #post(message: ToWriter, moved: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, [...moved]);
  }

  #send(): void {
    const { buffer, capacity, count } = this.#batch;
    this.#ahead++;
    this.#post({ type: "batch", buffer, count }, [buffer]);
    this.#batch = new FrameBatch(this.#layout, capacity, this.#free.pop());
  }

  #receive(message: FromWriter): void {
    switch (message.type) {
      case "written":
        this.#ahead--;
        this.#bytes = message.bytes;
        if (message.buffer !== null) this.#free.push(message.buffer);
        break;
      case "finished":
        this.#finished = message.facts;
        this.#bytes = message.facts.bins.bytes + message.facts.buckets.bytes;
        break;
      case "aborted":
        this.#aborted = true;
        this.#worker.terminate();
        break;
      case "failed":
        return this.#fail(
          new DatasetError(
            "disk",
            message.code === "disk"
              ? `Cannot write the dataset as the disk is full: "${this.#options.folder}"`
              : `Cannot write the dataset: ${message.message}`,
          ),
        );
    }
    this.#wake();
  }

  #fail(error: DatasetError): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    this.#options.onFailure?.(error);
    this.#wake();
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
