import { newFrame, putValue, TOUCHED, TOUCHED_LAYOUT } from "../../../engine/frames/mod.ts";
import {
  type InstrumentConfig,
  type PressureEngine,
  TouchedTicks,
} from "../../../engine/pressure/mod.ts";
import { chunkOf, type FileFacts, ParquetFile } from "../parquet/mod.ts";

/** Rows of a row group. */
const ROWS_PER_GROUP = 8_192;

const { columns: COLUMNS } = TOUCHED_LAYOUT;

/** `touched.parquet`: the ticks that time alone does not explain, bin by bin. */
export class TouchedFile {
  readonly #file: ParquetFile;
  readonly #ticks: TouchedTicks;
  readonly #held = newFrame(TOUCHED_LAYOUT, ROWS_PER_GROUP).columns;
  #count = 0;
  #binSeq = 0;

  /** @throws {Deno.errors} When the file cannot be made. */
  constructor(
    path: string,
    told: Readonly<Record<string, string>>,
    instrument: Pick<InstrumentConfig, "n_absolute_ticks" | "pressure_model">,
  ) {
    this.#file = new ParquetFile(path, COLUMNS, told);
    const { n_absolute_ticks: ticks, pressure_model: model } = instrument;
    this.#ticks = new TouchedTicks(
      ticks,
      model,
      (tick, values, from, eventId) => this.#add(tick, values, from, eventId),
    );
  }

  /** Takes what a bin has touched that the engine has just closed. */
  take(engine: PressureEngine, endNs: number, binSeq: number): void {
    this.#binSeq = binSeq;
    this.#ticks.close(engine, endNs);
  }

  /** Ends the file. */
  finish(): FileFacts {
    this.#write();
    return this.#file.finish();
  }

  /** Closes the file as it is. */
  close(): void {
    this.#file.close();
  }

  #add(tick: number, values: Float64Array, from: number, eventId: number): void {
    if (this.#count === ROWS_PER_GROUP) this.#write();
    const row = this.#count++;
    const held = this.#held;
    putValue(held[TOUCHED.BIN_SEQ]!, row, this.#binSeq);
    putValue(held[TOUCHED.TICK]!, row, tick);
    putValue(held[TOUCHED.LAST_EVENT_ID]!, row, eventId);
    for (let c = 0; c < COLUMNS.length - TOUCHED.VALUES; c++) {
      putValue(held[TOUCHED.VALUES + c]!, row, values[from + c]!);
    }
  }

  #write(): void {
    const count = this.#count;
    if (count === 0) return;
    this.#file.writeGroup(
      COLUMNS.map((column, i) => chunkOf(column, this.#held[i]!.slice(0, count), null)),
    );
    this.#count = 0;
  }
}
