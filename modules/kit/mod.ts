export { packParts, unpack, unpackRows } from "./codec.ts";
export { KvGate } from "./kv_gate.ts";
