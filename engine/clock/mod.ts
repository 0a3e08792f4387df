export { newYorkDate, newYorkNs, newYorkText, type SessionWindow } from "./new_york.ts";
