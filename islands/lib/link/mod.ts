export { type LinkHealth, LiveLink } from "./live_link.ts";
