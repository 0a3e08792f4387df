export { ACTION, FLAG, MBO_BYTES, MBO_WORD, type MboBlock, SIDE } from "./mbo.ts";
