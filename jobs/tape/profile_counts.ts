import { PROFILE_IDS, type ProfileId } from "../../engine/regime/mod.ts";

/** Counts per public profile. */
export type ProfileCounts = Readonly<Record<ProfileId, number>>;

/** No hits at all. */
export function noCounts(): Record<ProfileId, number> {
  return Object.fromEntries(PROFILE_IDS.map((id) => [id, 0])) as Record<ProfileId, number>;
}
