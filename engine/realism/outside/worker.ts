/** What measures a session under way: without the book of a future, which reads files. */
export { OutsideAudit } from "./outside_audit.ts";
