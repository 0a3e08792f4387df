export { GROUP_COLUMNS } from "./groups.ts";
export {
  contractText,
  money,
  PROFILE_TEXT,
  profileText,
  SCORE_TITLE,
  scoreText,
  signedMoney,
} from "../words.ts";
