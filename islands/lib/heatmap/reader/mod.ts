export type { FromBins, ToBins } from "../bin_protocol.ts";
export { BinReader } from "../bin_reader.ts";
