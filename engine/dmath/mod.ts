export { exp } from "./exp.ts";
export { log } from "./log.ts";
export { normalQuantile } from "./normal_quantile.ts";
export { pow } from "./pow.ts";
