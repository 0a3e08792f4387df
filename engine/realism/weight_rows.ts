import {
  type ControlState,
  DEFAULT_CONTROL,
  fixedTimeline,
  PROFILE_IDS,
  type ProfileId,
  sessionById,
  SessionMarket,
} from "../regime/mod.ts";
import { SessionSchedule } from "../tape/schedule/mod.ts";
import { eachOf, type Sessions } from "./preset_rows.ts";
import { bound, type RealismRow, rowOf } from "./row.ts";

const HIGH = 1.6;
const LOW = 0.6;

/** Share of each family among the parents of sessions. */
function shares(sessions: Sessions, change: Partial<ControlState>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let parents = 0;
  for (const { id, seed } of eachOf(sessions)) {
    const timeline = fixedTimeline({ ...DEFAULT_CONTROL, shared_seed: seed, ...change });
    const schedule = new SessionSchedule(new SessionMarket(sessionById(id), timeline, "et"));
    schedule.extendTo(Infinity);
    for (const { family } of schedule.parents) found.set(family, (found.get(family) ?? 0) + 1);
    parents += schedule.parents.length;
  }
  for (const [family, count] of found) found.set(family, count / parents);
  return found;
}

/** What the weights of the six profiles do to their own shares and to the others'. */
export function weightRow(sessions: Sessions): RealismRow {
  const normal = shares(sessions, {});
  const under = (profile: ProfileId, weight: number) => {
    const found = shares(sessions, {
      profile_weights: {
        ...DEFAULT_CONTROL.profile_weights,
        [profile]: weight,
      } as ControlState["profile_weights"],
    });
    return (of: ProfileId) => (found.get(of) ?? 0) / (normal.get(of) ?? 1);
  };
  const highs: number[] = [];
  const lows: number[] = [];
  const rest: number[] = [];
  for (const profile of PROFILE_IDS) {
    const high = under(profile, HIGH);
    highs.push(high(profile));
    lows.push(under(profile, LOW)(profile));
    rest.push(...PROFILE_IDS.filter((other) => other !== profile).map(high));
  }
  return rowOf({
    id: "K3",
    name: "Share of a profile at weight High and at Low, against Normal; the others' at High",
    target: "1.15 … 1.6, 0.6 … 0.85; ≥ 0.88",
    unit: "sessions per weight",
    n: sessions.count,
    least: 10,
  }, [
    bound("High, least", Math.min(...highs), 1.15, HIGH),
    bound("most", Math.max(...highs), 1.15, HIGH),
    bound("Low, least", Math.min(...lows), LOW, 0.85),
    bound("most", Math.max(...lows), LOW, 0.85),
    bound("others, least", Math.min(...rest), 0.88),
  ]);
}
