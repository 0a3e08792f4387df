export { newYorkDate, newYorkNs, newYorkText } from "./new_york.ts";
