export { BACKGROUND_PER_MINUTE, LOAD_FACTOR } from "./background_rate.ts";
export type { BackgroundKind } from "./background.ts";
