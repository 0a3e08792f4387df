import { sessionById } from "../../engine/regime/mod.ts";

/** Rows of one second in a session: the number of a raw row is second × this + index. */
const PER_SECOND = 8_192;

/** A stretch of event time, epoch ms, both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const RAW = /syn-(?:op|nb|ep|eq)-(\d{9,10})-([0-9a-z]{1,7})$/;
const PACKET = /:(\d{12,14}):(\d{12,14})$/;
const STRUCTURE = /-STRUCT-[a-z]+:(\d{12,14}):/;

/** The second that a raw row happened in, by its trace id (which may follow a prefix); else null. */
export function secondOfTrace(id: string): Stretch | null {
  const [, session = "", digits = ""] = RAW.exec(id) ?? [];
  if (session === "") return null;
  try {
    const second = Math.floor(parseInt(digits, 36) / PER_SECOND);
    const { openTs, closeTs } = sessionById(Number(session));
    const from = openTs + second * 1_000;
    return from < closeTs ? { from, to: from + 999 } : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * When the prints of a packet, or of what was made of it, happened; null when the id does not say.
 * Ids of single packets end in their start and end, those of structures carry their start.
 */
export function spanOfPacket(id: string): Stretch | null {
  const [, start = "", end = ""] = PACKET.exec(id) ?? [];
  if (start !== "") return { from: Number(start), to: Number(end) };
  const first = STRUCTURE.exec(id)?.[1];
  return first === undefined ? null : { from: Number(first), to: Number(first) };
}

/** Stretches in order, those that touch made one. */
export function merged(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const next of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = result[result.length - 1];
    if (last !== undefined && next.from <= last.to + 1) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    } else result.push(next);
  }
  return result;
}
