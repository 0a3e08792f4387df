import { STREAM_NAMES, type StreamName, type StreamRecords } from "../../engine/frames/mod.ts";
import { type AnyRecord, timeOf } from "../../modules/tape/mod.ts";
import type { RowColumns } from "./row.ts";

const STREAM_INDEX = new Map(STREAM_NAMES.map((name, index) => [name, index]));

/** What filters ask of a row, whatever its stream; "" where it has no such thing. */
export interface RowFacts {
  readonly underlying: string;
  readonly contract: string;
}

/** Fields that tell them, of which every record has some. */
interface Loose {
  readonly underlying_id?: unknown;
  readonly option_contract_id?: unknown;
  readonly features?: Readonly<Record<string, unknown>>;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Symbol of a contract id such as `NVDA-2026-01-30-142.5-C`. */
function symbolOf(contract: string): string {
  const end = contract.search(/-\d{4}-\d{2}-\d{2}-/);
  return end > 0 ? contract.slice(0, end) : "";
}

/** Symbol and contract of a record. */
export function columnsOf(record: AnyRecord): RowFacts {
  const loose: Loose = record;
  const contract = text(loose.option_contract_id ?? loose.features?.["option_contract_id"]);
  const underlying = text(loose.underlying_id ?? loose.features?.["underlying_id"]);
  return { underlying: underlying !== "" ? underlying : symbolOf(contract), contract };
}

/** Collects records and hands them out as columns. */
export class ColumnWriter {
  #stream: number[] = [];
  #ts: number[] = [];
  #seq: number[] = [];
  #underlying: string[] = [];
  #contract: string[] = [];
  #lines: string[] = [];

  /** Rows waiting. */
  get count(): number {
    return this.#lines.length;
  }

  /** Appends one record; its text is made here, once. */
  push<S extends StreamName>(stream: S, record: StreamRecords[S]): void {
    const { underlying, contract } = columnsOf(record);
    this.#stream.push(STREAM_INDEX.get(stream) ?? 0);
    this.#ts.push(timeOf(record));
    this.#seq.push(record.seq);
    this.#underlying.push(underlying);
    this.#contract.push(contract);
    this.#lines.push(JSON.stringify(record));
  }

  /** The rows since the last call. */
  take(): RowColumns {
    const columns: RowColumns = {
      count: this.#lines.length,
      stream: Uint8Array.from(this.#stream),
      ts: Float64Array.from(this.#ts),
      seq: Float64Array.from(this.#seq),
      underlying: this.#underlying,
      contract: this.#contract,
      text: this.#lines.join("\n"),
    };
    this.#stream = [];
    this.#ts = [];
    this.#seq = [];
    this.#underlying = [];
    this.#contract = [];
    this.#lines = [];
    return columns;
  }
}
