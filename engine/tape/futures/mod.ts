export {
  FuturesTape,
  type FuturesTapeOptions,
  SYNTH_DATASET,
  SYNTH_FUTURE,
} from "./futures_tape.ts";
export { TapeAudit, type TapeCounts } from "./tape_audit.ts";
export { MboWriter, type MboWriterOptions } from "./mbo_writer.ts";
export {
  type Preset,
  PRESETS,
  type Regime,
  REGIME_PARAMETERS,
  type RegimeParameters,
  REGIMES,
} from "./regimes.ts";
