import type { EvidenceRef } from "../../pane/mod.ts";
import type { Wire } from "../../socket/mod.ts";
import type { TableColumn } from "../../table/mod.ts";
import type { TapeRowHead } from "../row_head.ts";
import type { RangeName, TapeFilter } from "../tape_filter.ts";

/** What a recognised event says of its prints. */
export interface EventMark {
  readonly eventId: string;
  readonly profile: string;
  readonly direction: string;
  /** Its score, 0…1. */
  readonly score: number;
  /** How often such an event is right, 0…1; null where that is not known. */
  readonly probability: number | null;
  readonly band: string;
}

/** Looks up the event that a print belongs to, by the print's id. */
export type MarkOf = (id: string) => EventMark | undefined;

/** What a click on a row opens. */
export type Opens = Pick<EvidenceRef, "kind" | "id">;

/**
 * Everything that the page knows of one channel that panes show as a tape, in one file: its row, how a
 * record becomes one, its columns, and how rows are narrowed, marked and opened.
 */
export interface TapeChannelSpec<
  Name extends string,
  R extends TapeRowHead & { readonly kind: Name },
> {
  readonly name: Name;
  /** @throws {RowWireError} When a field that the row needs is missing or of another type. */
  project(wire: Wire): R;
  readonly columns: readonly TableColumn<R>[];
  /** Filters that narrow it, besides bounds: each has a chip while it is set. */
  readonly heeds: readonly Exclude<keyof TapeFilter, "ranges" | "sort" | "group" | "columns">[];
  /** Figures that the filter form bounds. */
  readonly ranges: readonly RangeName[];
  /** A bounded figure of a row; the field of its name when omitted. */
  figure?(row: R, name: RangeName): number | null;
  /** Age of the newest row from which the channel counts as stale, ms; null: rows come when they come. */
  readonly staleMs: number | null;
  /** Whether a row passes what the page filters by itself. */
  shows(row: R, filter: TapeFilter, markOf: MarkOf): boolean;
  /** Premium with its sign: bought +, sold −, neither 0, USD; none when omitted. */
  signedPremium?(row: R): number;
  /** Premium by the way the row leans: bullish +, bearish −, neither 0, USD; none when omitted. */
  leaningPremium?(row: R): number;
  /** Delta that a row added for its aggressor, shares of the underlying; none when omitted. */
  signedDelta?(row: R): number;
  /** Class by which a row stands out; the text of the row says the same. */
  classOf?(row: R, markOf: MarkOf): string;
  /** What a row is beyond its cells. */
  noteOf?(row: R, markOf: MarkOf): string;
  opens(row: R, markOf: MarkOf): Opens;
}

/** A channel whose types are forgotten: what the list of them holds. */
export type AnyChannel = TapeChannelSpec<string, TapeRowHead & { readonly kind: string }>;

/** Declares a channel; its types follow from what is given. */
export function defineChannel<
  const Name extends string,
  R extends TapeRowHead & { readonly kind: Name },
>(channel: TapeChannelSpec<Name, R>): TapeChannelSpec<Name, R> {
  return channel;
}
