import { type Table, tableFromIPC } from "apache-arrow";
import { type StreamFrame, StreamReader } from "./stream_reader.ts";

/** A window as a client gets it. */
export interface ReadBatch {
  readonly endNs: string;
  readonly names: readonly string[];
  readonly tables: ReadonlyMap<string, Table>;
  /** Bytes of its Arrow messages. */
  readonly arrows: readonly Uint8Array[];
  /** Texts of its surfaces' headers. */
  readonly headers: readonly StreamFrame[];
  /** Texts ahead of it that belong to no window. */
  readonly before: readonly StreamFrame[];
}

/** Reads a stream of surfaces window by window, and minds the order of its messages. */
export class SurfaceReader {
  readonly stream: StreamReader;

  constructor(url: string) {
    this.stream = new StreamReader(url);
  }

  /** The next window. @throws When the stream closes, or sends anything out of turn. */
  async next(): Promise<ReadBatch> {
    const before: StreamFrame[] = [];
    let start = await this.#frame();
    while (start.type !== "batch_start") {
      before.push(start);
      start = await this.#frame();
    }
    const names = Reflect.get(start, "surfaces") as readonly string[];
    const tables = new Map<string, Table>();
    const arrows: Uint8Array[] = [];
    const headers: StreamFrame[] = [];
    for (const name of names) {
      const header = await this.#frame();
      if (header.type !== "surface_header" || Reflect.get(header, "surface") !== name) {
        throw new Error(`${name} was to come, not ${JSON.stringify(header)}`);
      }
      headers.push(header);
      const frame = await this.#frame();
      if (!("bytes" in frame) || !(frame.bytes instanceof Uint8Array)) {
        throw new Error(`Rows of ${name} were to come, not ${JSON.stringify(frame)}`);
      }
      arrows.push(frame.bytes);
      tables.set(name, tableFromIPC(frame.bytes));
    }
    const endNs = String(Reflect.get(start, "window_end_ts_ns"));
    return { endNs, names, tables, arrows, headers, before };
  }

  /** The next frame, whatever it is. */
  async #frame(): Promise<StreamFrame> {
    const frame = await this.stream.next();
    if (frame === null) throw new Error(`The stream closed: ${await this.stream.closed()}`);
    return frame;
  }
}
