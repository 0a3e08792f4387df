export { type Label, LabelMemory } from "./_label_memory.ts";
export type { BackgroundKind } from "./background_types.ts";
export { type OptionsOutput, OptionsTape } from "./options_tape.ts";
