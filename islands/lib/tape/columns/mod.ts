export { GROUP_COLUMNS } from "./groups.ts";
export {
  contractText,
  money,
  PROBABILITY_TITLE,
  PROFILE_TEXT,
  profileText,
  SCORE_TITLE,
  scoreLine,
  scoreText,
  signedMoney,
} from "../words.ts";
