export { dialNats } from "./dial_nats.ts";
