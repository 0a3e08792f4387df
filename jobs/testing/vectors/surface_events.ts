import { BookRecord } from "../../../engine/surfaces/book/mod.ts";
import type { Chain } from "../../../engine/surfaces/gamma/mod.ts";
import type { SurfaceWindows } from "../../../engine/surfaces/windows/mod.ts";
import { readGolden } from "./golden_file.ts";

/** ts, instrument, action, side, price, size, order id, flags. */
export type VectorEvent = readonly [
  tsNs: number,
  instrumentId: number,
  action: string,
  side: string,
  priceInt: number | null,
  size: number,
  id: number,
  flags: number,
];

/** A stream of golden records. */
export interface VectorStream<W> {
  readonly name: string;
  readonly base_ns: string;
  readonly events: readonly VectorEvent[];
  readonly windows: readonly W[];
}

/** A stream of a future and its options. */
export interface VectorSession<W> extends VectorStream<W> {
  readonly expiration_ns: string;
  readonly definitions: readonly (readonly [id: number, right: string, strikeInt: number])[];
  readonly open_interest: readonly (readonly [id: number, contracts: number])[];
}

/** The future of every golden stream. */
export const FUTURE = { instrumentId: 0, tickNano: 250_000_000 };

/** The options of a session, by ascending instrument id. */
export function chainOf<W>(
  { definitions, open_interest, expiration_ns }: VectorSession<W>,
): Chain {
  const rows = definitions.toSorted((a, b) => a[0] - b[0]);
  const open = new Map(open_interest);
  return {
    instrumentId: Float64Array.from(rows, ([id]) => id),
    isCall: Uint8Array.from(rows, ([, right]) => right === "C" ? 1 : 0),
    strikeInt: Float64Array.from(rows, ([, , strikeInt]) => strikeInt),
    openInterest: Float64Array.from(rows, ([id]) => open.get(id) ?? 0),
    expirationNs: BigInt(expiration_ns),
    symbols: rows.map(([id, right, strikeInt]) => `${id} ${right}${strikeInt / 1e9}`),
  };
}

/** Gives events to the books, one by one. */
export function feed(windows: SurfaceWindows, events: readonly VectorEvent[]): void {
  const record = new BookRecord();
  for (const [ts, instrument, action, side, price, size, id, flags] of events) {
    record.tsNs = ts;
    record.priceNano = price ?? 0;
    record.action = action.charCodeAt(0);
    record.side = side.charCodeAt(0);
    record.size = size;
    record.idLow = id % 2 ** 32;
    record.idHigh = Math.floor(id / 2 ** 32);
    record.flags = flags;
    windows.takeRecord(instrument, record);
  }
}

/** The committed sessions of futures and options. */
export function committedSessions(): readonly VectorSession<unknown>[] {
  const path = `${import.meta.dirname}/../../../fixtures/surfaces/options-sessions.json.gz`;
  return readGolden(path)["sessions"] as readonly VectorSession<unknown>[];
}
