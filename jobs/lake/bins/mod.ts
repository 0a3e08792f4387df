export { BinWriter } from "./bin_writer.ts";
export { CoreView } from "./core_view.ts";
