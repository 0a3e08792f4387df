import type { MapSample } from "../../../engine/flow/mod.ts";
import { type JudgedEvent, judgedEvents } from "../../../engine/realism/mod.ts";
import { PRESET_IDS, type PresetId } from "../../../engine/regime/mod.ts";
import { SESSION_IDS } from "./full_sample.ts";

/** Which stretches of a session are read: where they begin, and how long, in minutes. */
export interface Stretches {
  readonly starts: readonly number[];
  readonly warmMinutes: number;
  readonly minutes: number;
}

/** The morning, twice around noon, and the last hour; the pipeline remembers less than nine minutes. */
const STRETCHES: Stretches = { starts: [5, 110, 215, 340], warmMinutes: 9, minutes: 20 };

/** A named event, whether it is right, and under which preset. */
export interface SampledEvent extends JudgedEvent {
  readonly preset: PresetId;
}

/** Named events of some seeds under every preset. */
export interface JudgedSample {
  readonly of: MapSample;
  readonly events: readonly SampledEvent[];
}

/**
 * Makes stretches of sessions, one session per seed and preset, and judges their named events by the labels.
 *
 * @param note Told of each session that is done.
 */
export function judgedSample(
  firstSeed: number,
  seeds: number,
  note: (text: string) => void,
  { starts, warmMinutes, minutes } = STRETCHES,
): JudgedSample {
  const events: SampledEvent[] = [];
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    for (const [i, preset] of PRESET_IDS.entries()) {
      const sessionId = SESSION_IDS[(seed + i) % SESSION_IDS.length] ?? SESSION_IDS[0];
      const control = { shared_seed: seed, preset_id: preset };
      for (const startMinute of starts) {
        const stretch = { startMinute, warmMinutes, minutes };
        for (const event of judgedEvents({ sessionId, control, ...stretch })) {
          events.push({ ...event, preset });
        }
      }
      note(`seed ${seed}, ${preset}: ${events.length} named events`);
    }
  }
  const sessions = seeds * PRESET_IDS.length;
  return { of: { firstSeed, seeds, sessions, events: events.length }, events };
}
