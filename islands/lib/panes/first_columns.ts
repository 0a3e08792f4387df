import { columnsOf, fitRules, TAPE_CHANNELS } from "../tape/mod.ts";
import { ALERT_FIT } from "./AlertsPane.tsx";

/** Style rules for the tapes as the server draws them: which columns have room at which width. */
export function firstColumnRules(): string {
  return TAPE_CHANNELS.map((channel) =>
    fitRules(channel, channel === "alerts" ? ALERT_FIT : columnsOf(channel))
  ).join("");
}
