import type { DataRow, TapeChannel } from "./rows.ts";

/** The newest rows of each tape when the server rendered the page, newest first. */
export type FirstRows = Readonly<Partial<Record<TapeChannel, readonly DataRow[]>>>;

/** Rows of each tape that the server renders. */
export const FIRST_ROW_COUNT = 24;
