import type { FlowPacket, OptionPrint } from "../../../engine/frames/mod.ts";
import {
  compareCursors,
  compareRows,
  type Cursor,
  cursorOf,
  packetById,
  printsByTrace,
  type TapeStore,
} from "../../../modules/tape/mod.ts";

/** A page of the prints of one packet. */
export interface PacketPage {
  readonly data: readonly OptionPrint[];
  readonly next_before: Cursor | null;
  readonly packet: FlowPacket | null;
}

/** What a packet's page is asked for by. */
export interface PacketQuery {
  readonly limit: number;
  readonly flow_packet_id: string;
}

/** Prints looked up at once. */
const CHUNK = 250;

async function members(
  tape: TapeStore,
  packet: FlowPacket,
  signal: AbortSignal,
): Promise<OptionPrint[]> {
  const prints: OptionPrint[] = [];
  for (let i = 0; i < packet.members.length; i += CHUNK) {
    prints.push(...await printsByTrace(tape, packet.members.slice(i, i + CHUNK), signal));
  }
  return prints.sort((a, b) => compareRows(b, a));
}

/**
 * The page of option prints that belong to a packet, before a position, newest first; empty for an
 * unknown id.
 *
 * @throws {StoreError} As every read.
 */
export async function packetPage(
  tape: TapeStore,
  before: Cursor,
  query: PacketQuery,
  signal: AbortSignal,
): Promise<PacketPage> {
  const packet = await packetById(tape, query.flow_packet_id, signal);
  const prints = packet === null ? [] : await members(tape, packet, signal);
  const older = prints.filter((row) => compareCursors(cursorOf(row), before) < 0);
  const data = older.slice(0, query.limit);
  const last = data[data.length - 1];
  const full = data.length === query.limit && last !== undefined;
  return { data, next_before: full ? cursorOf(last) : null, packet };
}
