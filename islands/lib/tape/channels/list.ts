import { ALERTS } from "./alerts.ts";
import type { AnyChannel } from "./channel.ts";
import { EQUITIES } from "./equities.ts";
import { FLOW } from "./flow.ts";
import { INFERRED_DARK } from "./inferred_dark.ts";
import { OPTIONS } from "./options.ts";
import { SMART_MONEY } from "./smart_money.ts";

const LIST = [OPTIONS, EQUITIES, SMART_MONEY, FLOW, ALERTS, INFERRED_DARK] as const;

/** Channels that panes show as tapes, one file each. */
export const CHANNELS: readonly AnyChannel[] = LIST as readonly unknown[] as readonly AnyChannel[];

/** Name of such a channel. */
export type TapeChannel = (typeof LIST)[number]["name"];

/** Names of the channels. */
export const TAPE_CHANNELS: readonly TapeChannel[] = LIST.map(({ name }) => name);

/** A row of any of them. */
export type DataRow = ReturnType<(typeof LIST)[number]["project"]>;

/** A channel by its name, or by that of its rows. @throws {RangeError} When there is none. */
export function channelNamed(
  name: string,
  channels: readonly AnyChannel[] = CHANNELS,
): AnyChannel {
  const found = channels.find((channel) => channel.name === name);
  if (found === undefined) throw new RangeError(`Cannot show a channel named "${name}"`);
  return found;
}
