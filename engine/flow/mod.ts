export { type Signal, type SignalInput, signalOf, type SignalProfile } from "./signal.ts";
export { type EventEvidence, explainEvent, type WhyNot } from "./explain_event.ts";
export { factsOf, scoredPacket } from "./facts.ts";
export { DERIVED_STREAMS, type DerivedStream } from "./_publisher.ts";
export { FlowEngine, type FlowOptions, type FlowStats, WATERMARK_LAG_MS } from "./flow_engine.ts";
export type { PacketFacts, StructureType } from "./packet_facts.ts";

export * from "./scoring/mod.ts";
export { sideOf } from "./side_rule.ts";
export {
  DEFAULT_FLOW_CONFIG,
  type FlowConfig,
  type FlowPipeline,
  type FlowSink,
  type ReferenceData,
} from "./sink.ts";
