/**
 * What a patient reader of the tape can tell: the X rows, from emitted records alone. Nothing here knows the
 * generator or the classifier, and neither can know this: rooms below know no room above.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { OutsideAudit } from "./mod.ts";
 *
 * const audit = new OutsideAudit();
 * audit.begin({ fromTs: 0, labelOf: null });
 * audit.equityQuote({ ts: 5, underlying_id: "SPY", bid: 590, ask: 590.01 });
 * audit.end(10);
 * equal(audit.rows().find(({ id }) => id === "X1")?.pass, null); // too little was seen
 * ```
 *
 * @module
 */

export { EventJudge, type JudgedEvent } from "./event_judge.ts";
export { FuturesBook } from "./futures_book.ts";
export { OutsideAudit } from "./outside_audit.ts";
export type { LabelOf, OrderLabel } from "./part.ts";
