export type { Stage } from "./stage.ts";
export { stagesOf } from "./stages.ts";
