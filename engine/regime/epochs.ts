import { MINUTE_MS } from "./calendar.ts";
import { controlAt, type ControlTimeline, type PresetId } from "./control.ts";
import type { Session } from "./types.ts";

/** A stretch of a session under one preset and seed; nothing else of a control state moves the market. */
export interface Epoch {
  /** Epoch ms from which it is in force; the first one has been for ever. */
  readonly fromTs: number;
  /** First minute of the session that starts at or after `fromTs`. */
  readonly fromMinute: number;
  readonly seed: number;
  readonly preset: PresetId;
}

/** The part of a control timeline that a session can see, without entries that change nothing here. */
export function sessionEpochs(timeline: ControlTimeline, session: Session): Epoch[] {
  const first = controlAt(timeline, session.openTs);
  const epochs: Epoch[] = [
    { fromTs: -Infinity, fromMinute: 0, seed: first.shared_seed, preset: first.preset_id },
  ];
  for (const { activate_at, snapshot } of timeline) {
    if (activate_at <= session.openTs || activate_at >= session.closeTs) continue;
    const last = epochs[epochs.length - 1];
    if (last?.seed === snapshot.shared_seed && last.preset === snapshot.preset_id) continue;
    epochs.push({
      fromTs: activate_at,
      fromMinute: Math.ceil((activate_at - session.openTs) / MINUTE_MS),
      seed: snapshot.shared_seed,
      preset: snapshot.preset_id,
    });
  }
  return epochs;
}

/** Text that is equal for two lists of epochs exactly when they say the same. */
export function epochsKey(epochs: readonly Epoch[]): string {
  return epochs.map((e) => `${e.fromTs},${e.seed},${e.preset}`).join(";");
}
