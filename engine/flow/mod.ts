export type { PacketFacts, StructureType } from "./packet_facts.ts";
export * from "./records.ts";
export * from "./scoring/mod.ts";
export {
  DEFAULT_FLOW_CONFIG,
  type FlowConfig,
  type FlowPipeline,
  type FlowSink,
  type RawSink,
  type ReferenceData,
} from "./sink.ts";
