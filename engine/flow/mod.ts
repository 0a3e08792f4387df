export { type Signal, type SignalInput, type SignalProfile } from "./signal.ts";
export { type EventEvidence, explainEvent, type WhyNot } from "./explain_event.ts";
export { type DerivedStream } from "./_publisher.ts";
export { FlowEngine, type FlowOptions, type FlowStats } from "./flow_engine.ts";
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
