import {
  arrayAs,
  ArrowEncoder,
  type ColumnArray,
  type Frame,
  newFrame,
} from "../../../engine/frames/mod.ts";
import { type Surface, SURFACES, type WindowHead } from "../../market/mod.ts";
import type { KeptRows, KeptWindow } from "./kept_window.ts";

/** What rows of the future are told from: its tick-exact spot, or the strike nearest to it. */
export type StreamAnchor = "spot" | "strike";

/** How a surface is sent. */
export interface StreamForm {
  /** Whether the columns beyond the base ones are there. */
  readonly isExtended: boolean;
  readonly anchor: StreamAnchor;
}

/** Windows whose messages are kept for the next client: those who follow live ask at once. */
const KEPT_WINDOWS = 16;

/** Makes the Arrow messages of windows when somebody asks for them, each once for all who do. */
export class SurfaceEncoder {
  readonly #made = new Map<KeptWindow, Map<string, Uint8Array<ArrayBuffer>>>();
  readonly #encoders = new Map<string, ArrowEncoder>();
  #encoded = 0;

  /** Messages made so far. */
  get encoded(): number {
    return this.#encoded;
  }

  /** The message of a surface: its rows, or none where the window has none, under the full schema. */
  encode(window: KeptWindow, surface: Surface, form: StreamForm): Uint8Array<ArrayBuffer> {
    const messages = this.#messagesOf(window);
    const key = keyOf(surface, form);
    let message = messages.get(key);
    if (message === undefined) {
      message = this.#encoderOf(surface, form.isExtended).encode(
        streamFrame(window.head, surface, form, window.rowsOf(surface.name)),
      );
      messages.set(key, message);
      this.#encoded++;
    }
    return message;
  }

  /** Schema of a surface's messages, which each of them begins with. */
  schemaOf(surface: Surface, isExtended: boolean): Uint8Array<ArrayBuffer> {
    return this.#encoderOf(surface, isExtended).schema;
  }

  #messagesOf(window: KeptWindow): Map<string, Uint8Array<ArrayBuffer>> {
    const known = this.#made.get(window);
    if (known !== undefined) return known;
    const made = new Map<string, Uint8Array<ArrayBuffer>>();
    this.#made.set(window, made);
    if (this.#made.size > KEPT_WINDOWS) {
      const [oldest] = this.#made.keys();
      if (oldest !== undefined) this.#made.delete(oldest);
    }
    return made;
  }

  #encoderOf(surface: Surface, isExtended: boolean): ArrowEncoder {
    const key = `${surface.name} ${isExtended}`;
    let encoder = this.#encoders.get(key);
    if (encoder === undefined) {
      encoder = new ArrowEncoder(isExtended ? surface.extended : surface.layout);
      this.#encoders.set(key, encoder);
    }
    return encoder;
  }
}

function keyOf({ name, anchor, layout, extended }: Surface, form: StreamForm): string {
  const isExtended = form.isExtended && extended !== layout;
  const hasAnchor = anchor === "ticks" || anchor === "buckets" || anchor === "spot";
  return `${name} ${isExtended} ${hasAnchor ? form.anchor : ""}`;
}

/** A surface's rows as they are sent: told from the anchor asked for, those far from it left out. */
function streamFrame(
  head: WindowHead,
  surface: Surface,
  { isExtended, anchor }: StreamForm,
  kept: KeptRows | null,
): Pick<Frame, "columns" | "valid"> {
  const layout = isExtended ? surface.extended : surface.layout;
  if (kept === null || kept.rows === 0) return newFrame(layout, 0);
  const anchorInt = surface.anchor === "strikes" || anchor === "strike"
    ? head.strikeRefInt
    : head.spotRefInt;
  const moved = shift(head, surface, anchor);
  const rows = rowsWithin(surface, kept, moved);
  const count = rows?.length ?? kept.rows;
  const columns = layout.columns.map(({ name }, i): ColumnArray => {
    if (name === "window_end_ts_ns") return new BigInt64Array(count).fill(head.endNs);
    if (name === "spot_ref_price_int") return new Float64Array(count).fill(anchorInt);
    const column = picked(kept.columns[i]!, rows);
    const isPlace = name === "rel_ticks" || name === "bucket_rel";
    return isPlace && moved !== 0
      ? arrayAs(Int32Array, column, name).map((x) => x + moved)
      : column;
  });
  const valid = layout.columns.map((_, i) => {
    const flags = kept.valid[i] ?? null;
    return flags === null ? null : picked(flags, rows) as Uint8Array;
  });
  return { columns, valid };
}

/** By how much the places of rows move when they are told from another anchor than the spot. */
function shift(
  { spotRefInt, strikeRefInt, tickInt }: WindowHead,
  surface: Surface,
  to: StreamAnchor,
) {
  if (to === "spot" || spotRefInt === 0) return 0;
  const [spot, strike] = [Math.round(spotRefInt / tickInt), Math.round(strikeRefInt / tickInt)];
  if (surface.anchor === "ticks") return spot - strike;
  // Buckets are places of their own, of two ticks each: what moves is the one that counts as 0.
  if (surface.anchor === "buckets") return Math.floor(spot / 2) - Math.floor(strike / 2);
  return 0;
}

/** Rows that are near enough to be sent; null when all are. */
function rowsWithin(
  { layout, maxRelTicks }: Surface,
  kept: KeptRows,
  moved: number,
): Int32Array | null {
  if (maxRelTicks === null) return null;
  const place = layout.columns.findIndex(({ name }) => name === "rel_ticks");
  const ticks = arrayAs(Int32Array, kept.columns[place], "rel_ticks");
  const within = new Int32Array(kept.rows);
  let count = 0;
  for (let row = 0; row < kept.rows; row++) {
    if (Math.abs(ticks[row]! + moved) <= maxRelTicks) within[count++] = row;
  }
  return count === kept.rows ? null : within.subarray(0, count);
}

function picked(column: ColumnArray, rows: Int32Array | null): ColumnArray {
  if (rows === null) return column;
  const from = column as Float64Array;
  const into = from.slice(0, rows.length);
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i]!]!;
  return into;
}

/** The surfaces of those names, in the order in which they are sent. */
export function surfacesNamed(names: readonly string[]): readonly Surface[] {
  return SURFACES.filter(({ name }) => names.includes(name));
}
