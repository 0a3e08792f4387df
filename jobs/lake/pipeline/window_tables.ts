import { SurfaceBatches, type SurfacePass } from "../../../engine/surfaces/pass/mod.ts";
import type { LakeDataset } from "../contracts/mod.ts";
import type { PartitionInput, PartitionWriter } from "../partitions/mod.ts";
import { PipelineError } from "./pipeline_error.ts";
import type { StageWork } from "./stage_work.ts";

/** Windows that are gathered before they go to the writers. */
const WINDOWS_AT_ONCE = 10;

interface Table {
  readonly dataset: LakeDataset;
  readonly writer: PartitionWriter;
  rows: number;
}

/** Tables with rows of every window, on their way into their partitions. */
export class WindowTables {
  readonly #work: StageWork;
  readonly #tables: readonly Table[];
  #batches: SurfaceBatches | null = null;
  #windows = 0;

  constructor(work: StageWork, datasets: readonly LakeDataset[]) {
    this.#work = work;
    this.#tables = datasets.map((dataset) => ({
      dataset,
      writer: work.writer(dataset),
      rows: 0,
    }));
  }

  /** Windows taken. */
  get windows(): number {
    return this.#windows;
  }

  /** Takes the window that closes. @throws {PartitionError} When rows are not as their table promises. */
  take(pass: SurfacePass): void {
    const names = new Set(this.#tables.map(({ dataset }) => dataset.key));
    this.#batches ??= SurfaceBatches.ofTables(pass, names);
    this.#batches.take(pass);
    this.#windows++;
    if (this.#windows % WINDOWS_AT_ONCE === 0) this.#flush();
  }

  /**
   * Ends all partitions.
   *
   * @throws {PipelineError} `no_rows` when a table has none; none of them is put in its place then.
   */
  commit(inputs: readonly PartitionInput[]): void {
    this.#flush();
    const empty = this.#tables.filter(({ rows }) => rows === 0);
    if (empty.length > 0) {
      const { symbol, dt } = this.#work.task;
      throw new PipelineError(
        "no_rows",
        `Cannot make ${
          empty.map(({ dataset }) => dataset.key).join(", ")
        } of ${symbol} on ${dt}: ` +
          `no row in ${this.#windows} windows`,
      );
    }
    const { symbol } = this.#work.task;
    for (const { dataset, writer } of this.#tables) {
      this.#work.commit(dataset, symbol, writer, inputs);
    }
  }

  /** Removes what is not in its place. */
  abort(): void {
    for (const { writer } of this.#tables) writer.abort();
  }

  #flush(): void {
    const batches = this.#batches;
    if (batches === null) return;
    for (const table of this.#tables) {
      const batch = batches.batches.get(table.dataset.key);
      if (batch === undefined || batch.count === 0) continue;
      table.rows += batch.count;
      table.writer.add(batch.frame());
    }
    batches.clear();
  }
}
