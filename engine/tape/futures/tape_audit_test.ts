import { doesNotThrow, throws } from "node:assert/strict";
import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";
import { MboWriter } from "./mbo_writer.ts";
import { TapeAudit } from "./tape_audit.ts";

type Row = [action: number, side: number, id: number, tick: number, size: number, last?: boolean];

/** Replays a two-sided book and then the rows; a row with `last` ends its event. */
function replay(rows: readonly Row[]): void {
  const out = new MboWriter({ publisherId: 1, instrumentId: 2, tickNano: 250_000_000, baseNs: 9n });
  out.packet(1, 1, 0, 1);
  out.record(ACTION.CLEAR, SIDE.NONE, FLAG.SNAPSHOT, 0, -1, 0);
  out.packet(2, 1, 0, 1);
  out.record(ACTION.ADD, SIDE.BID, FLAG.SNAPSHOT, 1, 100, 5);
  out.packet(3, 1, 0, 1);
  out.record(ACTION.ADD, SIDE.ASK, FLAG.SNAPSHOT, 2, 101, 5);
  out.packet(4, 1, 0, 1);
  out.record(ACTION.ADD, SIDE.ASK, FLAG.SNAPSHOT, 3, 102, 5);
  out.close();
  let event = 1;
  let fresh = true;
  for (const [action, side, id, tick, size, last = true] of rows) {
    if (fresh) out.packet(1_000 * ++event, 1_000_000 * event, 0, event);
    out.record(action, side, 0, id, tick, size);
    if (last) out.close();
    fresh = last;
  }
  new TapeAudit(9n, 250_000_000).read(out.block());
}

const { ADD, CANCEL, FILL, MODIFY, TRADE } = ACTION;
const { BID, ASK } = SIDE;

Deno.test("TapeAudit passes what a venue sends", () => {
  doesNotThrow(() =>
    replay([
      [ADD, BID, 4, 99, 1],
      [MODIFY, BID, 4, 98, 2],
      [CANCEL, BID, 4, 98, 1],
      [TRADE, BID, 0, 101, 5, false],
      [FILL, ASK, 2, 101, 5, false],
      [CANCEL, ASK, 2, 101, 5, false],
      [TRADE, BID, 0, 102, 2, false],
      [FILL, ASK, 3, 102, 2, false],
      [CANCEL, ASK, 3, 102, 2],
    ])
  );
});

const REFUSED: readonly [name: string, rows: readonly Row[]][] = [
  ["a known id in an add", [[ADD, BID, 1, 99, 1]]],
  ["an unknown id in a cancel", [[CANCEL, BID, 9, 99, 1]]],
  ["an unknown id in a modify", [[MODIFY, BID, 9, 99, 1]]],
  ["a cancel of more than there is", [[CANCEL, ASK, 3, 102, 6]]],
  ["a cancel at another price", [[CANCEL, ASK, 3, 103, 5]]],
  ["a cancel on the other side", [[CANCEL, BID, 3, 102, 5]]],
  ["a crossed book", [[ADD, BID, 4, 101, 1]]],
  ["an empty side", [[CANCEL, BID, 1, 100, 5]]],
  ["a size of 0", [[ADD, BID, 4, 99, 0]]],
  ["a modify that changes nothing", [[MODIFY, ASK, 3, 102, 5]]],
  ["a trade without fills", [[TRADE, BID, 0, 101, 5]]],
  ["a trade away from the touch", [[TRADE, BID, 0, 102, 5, false], [FILL, ASK, 3, 102, 5]]],
  ["a fill without a trade", [[FILL, ASK, 2, 101, 1]]],
  ["a fill of more than the trade", [[TRADE, BID, 0, 101, 1, false], [FILL, ASK, 2, 101, 2]]],
  ["a cancel that differs from its fill", [
    [TRADE, BID, 0, 101, 2, false],
    [FILL, ASK, 2, 101, 2, false],
    [CANCEL, ASK, 2, 101, 1],
  ]],
];

for (const [name, rows] of REFUSED) {
  Deno.test(`TapeAudit refuses ${name}`, () => {
    throws(() => replay(rows), RangeError);
  });
}
