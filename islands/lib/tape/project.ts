import { wireOf } from "../socket/mod.ts";
import { channelNamed, type DataRow, type TapeChannel } from "./channels/mod.ts";

/**
 * Reduces a record of a channel to what its tape shows.
 *
 * @throws {RowWireError} When a field that the row needs is missing or of another type.
 */
export function projectRow(channel: TapeChannel, record: unknown): DataRow {
  // The channel of the name makes the row of the name.
  return channelNamed(channel).project(wireOf(record, channel)) as DataRow;
}
