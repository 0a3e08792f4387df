export { type Label, LabelMemory } from "./_label_memory.ts";
export type { BackgroundKind } from "./background_types.ts";
export { BACKGROUND_PER_MINUTE, LOAD_FACTOR } from "./background_rate.ts";
export { type OptionsOutput, OptionsTape } from "./options_tape.ts";
