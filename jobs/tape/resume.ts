import { isRaw, type SmartMoneyEvent, type StreamName } from "../../engine/frames/mod.ts";
import { type Cursor, STREAMS, type TapeStore } from "../../modules/tape/mod.ts";
import type { ResumePoint } from "./protocol.ts";

/** What a resume needs of a store. */
export type ResumeStore = Pick<TapeStore, "latest" | "maxSeq">;

/** Where the stored tape ends; null while it is empty. */
export function resumePoint(store: ResumeStore): ResumePoint | null {
  const raw: Partial<Record<StreamName, Cursor>> = {};
  const derivedSeq: Partial<Record<StreamName, number>> = {};
  for (const stream of STREAMS.names) {
    const latest = isRaw(stream) ? store.latest(stream) : null;
    const seq = isRaw(stream) ? -1 : store.maxSeq(stream);
    if (latest !== null) raw[stream] = latest;
    if (seq >= 0) derivedSeq[stream] = seq;
  }
  return Object.keys(raw).length === 0 ? null : { raw, derivedSeq };
}

/** Stored events of the last `windowMs` of the stored tape, oldest first. */
export async function readRecentEvents(
  store: Pick<TapeStore, "latest" | "after">,
  windowMs: number,
): Promise<readonly SmartMoneyEvent[]> {
  const events: SmartMoneyEvent[] = [];
  const newest = store.latest("smart-money");
  let from: Cursor | null = newest === null
    ? null
    : { ts: Math.max(0, newest.ts - windowMs), seq: 0 };
  while (from !== null) {
    const page: { rows: readonly SmartMoneyEvent[]; next: Cursor | null } = await store
      .after("smart-money", from, { limit: 1_000 });
    events.push(...page.rows);
    from = page.next;
  }
  return events;
}
