export { newYorkNs, type SessionWindow, sessionWindow, utcMidnightNs } from "./new_york.ts";
