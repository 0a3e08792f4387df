import { TABLES } from "../../../engine/frames/surfaces/mod.ts";
import { strikeRefOf } from "../../../engine/surfaces/book/mod.ts";
import { type GoldenDocument, hasColumns } from "./golden_file.ts";
import type { Suite } from "./suite.ts";
import { FUTURE, type VectorStream } from "./surface_events.ts";
import { checkRows, eachWindow, ownSize } from "./surface_tables.ts";
import type { Cell, Tally } from "./tally.ts";
import { NO_CHAIN } from "../../../engine/surfaces/gamma/mod.ts";

type Row = readonly Cell[];
type Columns = Readonly<Record<string, readonly string[]>>;

interface BookWindow {
  readonly end_offset_ns: number;
  readonly strike_ref_price_int: number;
  readonly window_valid: boolean;
  readonly snapshot: Row;
  readonly stats: Readonly<Record<string, number>>;
  readonly depth_and_flow: readonly Row[];
  readonly wall: readonly Row[];
}

interface PhysicsWindow {
  readonly end_offset_ns: number;
  readonly spot_ref_price_int: number;
  readonly vacuum: readonly Row[];
  readonly radar: readonly Row[];
  readonly bands: readonly number[] | null;
}

interface FieldsWindow {
  readonly end_offset_ns: number;
  readonly B?: readonly (readonly number[])[];
  readonly A?: readonly (readonly number[])[];
}

/** Bits of quality that the books alone set. */
const BOOK_QUALITY = 15;

function streamsOf<W>(document: GoldenDocument) {
  return document as { readonly columns: Columns; readonly streams: readonly VectorStream<W>[] };
}

function columnsOf(columns: Columns, table: string): readonly string[] {
  return columns[table] ?? [];
}

/** Snapshots, counts, depth and flow, and the wall of a future's book. */
export const BOOKS: Suite = {
  name: "books of a future",
  isOf: (document) => hasColumns(document, "depth_and_flow"),
  check: (document, tally) => {
    const { columns, streams } = streamsOf<BookWindow>(document);
    const bound = ownSize(1e-12);
    for (const stream of streams) {
      eachWindow(tally, stream, NO_CHAIN, (tables, golden, where) => {
        const table = (key: string, expected: readonly Row[], ...names: readonly string[]) =>
          checkRows(tally, tables.rows(...names), {
            names: columnsOf(columns, key),
            expected,
            bound,
            where: `${where}, ${key}`,
          });
        table("snapshot", [golden.snapshot], TABLES.FUTURE_SNAPSHOT.name);
        const { FUTURE_DEPTH_FLOW, FUTURE_VELOCITY } = TABLES;
        table(
          "depth_and_flow",
          golden.depth_and_flow,
          FUTURE_DEPTH_FLOW.name,
          FUTURE_VELOCITY.name,
        );
        table("wall", golden.wall, TABLES.WALL_SURFACE.name);
        const stats = tables.rows(TABLES.WINDOW_STATS.name);
        const { window_valid, strike_ref_price_int } = golden;
        const told = { ...golden.stats, window_valid, strike_ref_price_int };
        for (const [name, wanted] of Object.entries(told)) {
          const found = stats.column(name).at(0);
          const is = name === "quality" ? Number(found) & BOOK_QUALITY : found;
          tally.near(is, wanted, bound(name, Number(wanted)), `${where}, ${name}`);
        }
      });
    }
  },
};

/** Vacuum, physics, radar and bands of a future's book, by the bounds to begin with. */
export const PHYSICS: Suite = {
  name: "vacuum, physics, bands, radar",
  isOf: (document) => hasColumns(document, "vacuum"),
  check: (document, tally) => {
    const { columns, streams } = streamsOf<PhysicsWindow>(document);
    const bound = ownSize(1e-12);
    const { VACUUM_SURFACE, FUTURE_PHYSICS, BUCKET_RADAR, PHYSICS_BANDS } = TABLES;
    for (const stream of streams) {
      eachWindow(tally, stream, NO_CHAIN, (tables, golden, where) => {
        const levels = tables.rows(VACUUM_SURFACE.name, FUTURE_PHYSICS.name);
        const of = (key: string, expected: readonly Row[]) => ({
          names: columnsOf(columns, key),
          expected,
          bound,
          where: `${where}, ${key}`,
        });
        checkRows(tally, levels, of("vacuum", golden.vacuum));
        checkRows(tally, tables.rows(BUCKET_RADAR.name), of("radar", golden.radar));
        const bands = tables.rows(PHYSICS_BANDS.name);
        const spot = bands.column("spot_ref_price_int").at(0);
        tally.same(spot, golden.spot_ref_price_int, `${where}, spot`);
        if (golden.bands === null) tally.same(spot, 0, `${where}, spot without bands`);
        else checkRows(tally, bands, of("bands", [golden.bands]));
      });
    }
  },
};

/** Cells of the fields on several scales. */
export const FIELDS: Suite = {
  name: "fields",
  isOf: (document) => hasColumns(document, "cells"),
  check: (document, tally) => {
    const { columns, streams } = streamsOf<FieldsWindow>(document);
    const names = columnsOf(columns, "cells");
    for (const stream of streams) {
      eachWindow(tally, stream, NO_CHAIN, (tables, golden, where) => {
        const fields = tables.rows(TABLES.PHYSICS_FIELDS.name);
        [golden.B ?? [], golden.A ?? []].forEach((expected, side) => {
          tally.same(fields.count > 0, expected.length > 0, `${where}, cells`);
          const cells = fields.count / 2;
          const picked = expected.map(([rel = 0]) => side * cells + (cells - 1) / 2 + rel);
          const of = { names, expected, bound: ownSize(1e-11), where: `${where}, ${"BA"[side]}` };
          checkRows(tally, fields, { ...of, picked });
        });
      });
    }
  },
};

/** Strike nearest to a spot, and rows that are told from it. */
export const ANCHORS: Suite = {
  name: "anchors",
  isOf: ({ columns, rows }) =>
    Array.isArray(columns) && columns[0] === "spot_ref_price_int" && Array.isArray(rows),
  check: (document, tally) => {
    for (const [spot = 0, strike, rel = 0, relAtStrike] of document["rows"] as number[][]) {
      checkAnchor(tally, spot, strike, rel, relAtStrike);
    }
  },
};

function checkAnchor(tally: Tally, spot: number, strike = 0, rel: number, relAtStrike = 0): void {
  tally.same(strikeRefOf(spot), strike, `strike of ${spot}`);
  const moved = rel + (spot - strikeRefOf(spot)) / FUTURE.tickNano;
  tally.same(moved, relAtStrike, `${rel} ticks from ${spot}`);
}
