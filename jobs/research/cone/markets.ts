import { DEFAULT_CONTROL, fixedTimeline, type PresetId } from "../../../engine/regime/mod.ts";
import { openRun, type PlannedRun } from "../../feeds/mod.ts";

/** Tuesday 2026-03-10, 09:30 New York. */
const START_NS = 1_773_149_400_000_000_000n;
const MINUTE_NS = 60_000_000_000n;

/** A preset of the synthetic market, from some minutes after half past nine on. */
export function openPreset(
  preset: PresetId,
  seed: number,
  fromMinute: number,
): Promise<PlannedRun> {
  const timeline = fixedTimeline({ ...DEFAULT_CONTROL, preset_id: preset, shared_seed: seed });
  const startNs = START_NS + BigInt(fromMinute) * MINUTE_NS;
  const plan = { timeline, clock: "et" } as const;
  const source = { kind: "synthetic", seed, regime: null, startNs, plan } as const;
  return openRun({ source, instrument: "", model: null });
}

/** A market file, from its first event on. */
export function openRecording(path: string): Promise<PlannedRun> {
  return openRun({ source: { kind: "file", path }, instrument: "", model: null });
}
