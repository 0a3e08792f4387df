export { SplitMix64, type Word64 } from "./splitmix64.ts";
export { Xoshiro128 } from "./xoshiro128.ts";
export { Xoshiro256 } from "./xoshiro256.ts";
