import { type Frame, RowPack, rowsOf } from "../../engine/frames/mod.ts";
import { LARGEST_SURFACE, SURFACE_NAMES, type SurfaceName, SURFACES } from "./surface_names.ts";

/** Columns that are the same in every row of a window, or follow from its anchors. */
const LEFT_OUT = ["window_end_ts_ns", "spot_ref_price_int"] as const;

/** What all surfaces of a window have in common. */
export interface WindowHead {
  /** End of the window, epoch ns: a whole second. Those of one market only grow. */
  readonly endNs: bigint;
  /** Contract of the future, such as ESH6. */
  readonly symbol: string;
  /** Tick-exact spot at the window's start, 1e-9 points; 0 while there is none. */
  readonly spotRefInt: number;
  /** The strike nearest to it, 1e-9 points; 0 while there is none. */
  readonly strikeRefInt: number;
  /** Tick of the future, 1e-9 points. */
  readonly tickInt: number;
  /** Whether the market has options at all; without, the surfaces of options are empty. */
  readonly hasOptions: boolean;
  /** Whether it is of a past that is being made, and the next one follows at once. */
  readonly isPast: boolean;
}

/** Rows of one surface in a window's buffer. */
export interface PackedRows {
  readonly rows: number;
  /** Where they begin in the buffer. */
  readonly at: number;
}

/**
 * All surfaces of one closed window, as they move from the market's thread to the main one: columns of
 * numbers in one buffer. Nothing is encoded yet.
 */
export interface SurfaceWindow extends WindowHead {
  readonly buffer: ArrayBuffer;
  /** Those that the market has, empty ones too. */
  readonly surfaces: Readonly<Partial<Record<SurfaceName, PackedRows>>>;
}

const PACKS = new Map<SurfaceName, RowPack>(
  SURFACES.map(({ name, extended }) => [name, new RowPack(extended, LEFT_OUT)]),
);

/** In which order surfaces lie in a buffer. */
const PLACES = [...SURFACE_NAMES.filter((name) => name !== LARGEST_SURFACE), LARGEST_SURFACE];

/** The pack of a surface's rows. */
export function packOf(name: SurfaceName): RowPack {
  const pack = PACKS.get(name);
  if (pack === undefined) throw new RangeError(`Cannot pack as it is no surface: ${name}`);
  return pack;
}

/** What a market has of its surfaces in a window: a frame of the extended layout of each. */
export type SurfaceFrames = Readonly<
  Partial<Record<SurfaceName, Pick<Frame, "columns" | "valid">>>
>;

/**
 * Packs what a window closed with. The frames are copied and not kept; their columns
 * `window_end_ts_ns` and `spot_ref_price_int` are not read, as the head says them.
 *
 * @returns A window whose `buffer` is to be moved with it.
 */
export function packWindow(head: WindowHead, frames: SurfaceFrames): SurfaceWindow {
  const surfaces: Partial<Record<SurfaceName, PackedRows>> = {};
  let bytes = 0;
  for (const name of PLACES) {
    const frame = frames[name];
    if (frame === undefined) continue;
    const rows = rowsOf(frame);
    surfaces[name] = { rows, at: bytes };
    bytes += packOf(name).bytesOf(rows);
  }
  const buffer = new ArrayBuffer(bytes);
  for (const name of PLACES) {
    const [frame, place] = [frames[name], surfaces[name]];
    if (frame !== undefined && place !== undefined) packOf(name).put(buffer, place.at, frame);
  }
  return { ...head, buffer, surfaces };
}
