import { isRaw, type SmartMoneyEvent, type StreamName } from "../../engine/frames/mod.ts";
import { type Cursor, STREAMS, type TapeStore } from "../../modules/tape/mod.ts";
import { derivedKey } from "./_emitter.ts";
import type { ResumePoint } from "./protocol.ts";

/** What a resume needs of a store. */
export type ResumeStore = Pick<TapeStore, "latest" | "maxSeq" | "before">;

/** Newest derived rows of each stream that are looked at. */
const KEYS = 500;

/**
 * Where the stored tape ends; null while it is empty.
 *
 * @throws {StoreError} When the store cannot be read.
 */
export async function readResumePoint(store: ResumeStore): Promise<ResumePoint | null> {
  const raw: Partial<Record<StreamName, Cursor>> = {};
  const derivedSeq: Partial<Record<StreamName, number>> = {};
  const derivedKeys: string[] = [];
  for (const stream of STREAMS.names) {
    if (isRaw(stream)) {
      const latest = store.latest(stream);
      if (latest !== null) raw[stream] = latest;
      continue;
    }
    const seq = store.maxSeq(stream);
    if (seq >= 0) derivedSeq[stream] = seq;
    const { rows } = await store.before(stream, null, { limit: KEYS });
    for (const row of rows) derivedKeys.push(derivedKey(stream, row));
  }
  return Object.keys(raw).length === 0 ? null : { raw, derivedSeq, derivedKeys };
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
