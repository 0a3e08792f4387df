export {
  newYorkDate,
  newYorkNs,
  newYorkText,
  type SessionWindow,
  sessionWindow,
  utcMidnightNs,
} from "./new_york.ts";
