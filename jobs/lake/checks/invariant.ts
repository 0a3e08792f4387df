import type { Minute, Rows } from "./minute.ts";

/** Told of every row that breaks a law, with what is wrong. */
export type Tell = (rows: Rows, row: number, what: string) => void;

/** What laws need to know of a partition besides its rows. */
export interface CheckContext {
  /** 1e-9 points per tick of the future. */
  readonly tickInt: number;
  /** Records were generated: nothing trades but the future and its options. */
  readonly isGenerated: boolean;
}

/** Looks at the minutes of a session in order. */
export type MinuteCheck = (minute: Minute, tell: Tell) => void;

/** A law that the tables of a session keep. */
export interface Invariant {
  /** Its number in docs/lake.md. */
  readonly number: number;
  readonly title: string;
  /** Begins a session. */
  readonly start: (context: CheckContext) => MinuteCheck;
}
