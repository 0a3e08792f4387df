import { RowWireError, wireOf } from "../../socket/mod.ts";
import { channelNamed, type DataRow, TAPE_CHANNELS, type TapeChannel } from "./list.ts";

/**
 * Reduces a record of a channel to what its tape shows.
 *
 * @throws {RowWireError} When a field that the row needs is missing or of another type.
 */
export function projectRow(channel: TapeChannel, record: unknown): DataRow {
  // The channel of the name makes the row of the name.
  return channelNamed(channel).project(wireOf(record, channel)) as DataRow;
}

/** Makes the row of a record for the link. @throws {RowWireError} When the record breaks the contract. */
export function projectTape(channel: string, record: unknown): DataRow {
  const known = TAPE_CHANNELS.find((name) => name === channel);
  if (known === undefined) throw new RowWireError("channel", channel);
  return projectRow(known, record);
}
