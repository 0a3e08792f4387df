export { exp } from "./exp.ts";
export { log } from "./log.ts";
export { normalCdf, normalPdf } from "./normal_cdf.ts";
export { normalQuantile } from "./normal_quantile.ts";
export { pow } from "./pow.ts";
