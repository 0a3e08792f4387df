export { GROUP_COLUMNS } from "./groups.ts";
export {
  contractText,
  DASH,
  directionText,
  money,
  PROFILE_TEXT,
  profileText,
  signedMoney,
} from "./words.ts";
