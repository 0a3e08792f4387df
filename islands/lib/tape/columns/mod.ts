export { ALERTS_COLUMNS } from "./alerts.ts";
export { DARK_COLUMNS } from "./dark.ts";
export { EQUITIES_COLUMNS } from "./equities.ts";
export { GROUP_COLUMNS } from "./groups.ts";
export { OPTIONS_COLUMNS } from "./options.ts";
export { PACKETS_COLUMNS } from "./packets.ts";
export { SMART_COLUMNS } from "./smart.ts";
export {
  contractText,
  directionText,
  money,
  PROFILE_TEXT,
  profileText,
  signedMoney,
} from "./words.ts";
