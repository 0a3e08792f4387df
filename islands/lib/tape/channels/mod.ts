export type { AlertRow } from "./alerts.ts";
export { type AnyChannel, defineChannel, type EventMark, type MarkOf } from "./channel.ts";
export type { EquityRow } from "./equities.ts";
export type { OptionRow } from "./options.ts";
export type { SmartRow } from "./smart_money.ts";
export { channelNamed, CHANNELS, type DataRow, TAPE_CHANNELS, type TapeChannel } from "./list.ts";
export { projectRow, projectTape } from "./project.ts";
