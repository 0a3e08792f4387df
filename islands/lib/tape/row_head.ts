/** What every row of a tape has. `ts` is event time, epoch ms; (ts, seq) is unique in its channel. */
export interface TapeRowHead {
  readonly ts: number;
  readonly seq: number;
  readonly id: string;
  readonly symbol: string;
}
