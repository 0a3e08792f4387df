export { GROUP_COLUMNS } from "./groups.ts";
export { contractText, money, PROFILE_TEXT, profileText, signedMoney } from "../words.ts";
