import type { Scene } from "./display_list.ts";
import { type Op, OpList } from "./ops.ts";
import { fillOf, type Gate } from "./scope_geometry.ts";
import { type ScopeSnapshot, type ScopeWall, wallName } from "./scope_snapshot.ts";

/** A change of strength that is an event, as a share of the greatest strength. */
const EVENT_SHARE = 0.05;
const EASE_MS = 400;
const GLOW_MS = 600;
const GLOW_ALPHA = 0.35;
const GLOW_PX = 4;
/** Where motion is not wanted an outline stands this long, still. */
const OUTLINE_MS = 2_000;
const OUTLINE_PX = 2;

interface Change {
  /** Strength before. */
  readonly from: number;
  readonly atMs: number;
  /** When it last was an event; −∞: never. */
  readonly eventMs: number;
}

/** Strength that a wall has in a snapshot; undefined when it is not there. */
function strengthIn({ walls }: ScopeSnapshot, wall: ScopeWall): number | undefined {
  return walls.find((own) => wallName(own) === wallName(wall))?.S;
}

/** Whether a wall grew or wore by enough to be told, or is new. */
export function hasGateEvent(before: ScopeSnapshot, after: ScopeSnapshot): boolean {
  return after.walls.some((wall) => {
    const from = strengthIn(before, wall) ?? 0;
    return Math.abs(wall.S - from) > EVENT_SHARE * after.Smax;
  });
}

/** How gates show that their strength has just changed. */
export class GateMotion {
  readonly #changes = new Map<string, Change>();
  readonly #isStill: boolean;

  /** @param isStill Whether the reader wants no motion. */
  constructor(isStill: boolean) {
    this.#isStill = isStill;
  }

  /** Notes what changed from one tick to the next; a jump elsewhere in time is no change. */
  note(before: ScopeSnapshot, after: ScopeSnapshot, nowMs: number): void {
    if (before === after) return;
    const known = new Map(this.#changes);
    this.#changes.clear();
    if (before.tick === undefined || after.tick !== before.tick + 1) return;
    for (const wall of after.walls) {
      const { S } = wall;
      const from = strengthIn(before, wall) ?? S;
      const isEvent = Math.abs(S - from) > EVENT_SHARE * after.Smax;
      const eventMs = isEvent ? nowMs : known.get(wallName(wall))?.eventMs ?? -Infinity;
      this.#changes.set(wallName(wall), { from, atMs: from === S ? -Infinity : nowMs, eventMs });
    }
  }

  /** Returns meters on their way and the glow of events. */
  ops({ geometry, snapshot }: Pick<Scene, "geometry" | "snapshot">, nowMs: number): readonly Op[] {
    const list = new OpList("dynamic");
    for (const gate of geometry.gates) this.#add(list, gate, snapshot, nowMs);
    return list.ops;
  }

  #add(list: OpList, gate: Gate, { Smax }: ScopeSnapshot, nowMs: number): void {
    const { wall, meter, x0, x1, y0, y1 } = gate;
    const change = this.#changes.get(wallName(wall));
    if (change === undefined) return;
    const ageMs = nowMs - change.atMs;
    if (!this.#isStill && ageMs < EASE_MS) {
      const eased = 1 - (1 - ageMs / EASE_MS) ** 3;
      const S = change.from + (wall.S - change.from) * eased;
      list.add("wear-bg", { kind: "rect", at: meter });
      list.add("wear-fill", { kind: "rect", at: fillOf(meter, S / Smax) });
    }
    const glowMs = nowMs - change.eventMs;
    if (glowMs >= this.#shownMs) return;
    const width = this.#isStill ? OUTLINE_PX : GLOW_PX;
    const alpha = this.#isStill ? 1 : GLOW_ALPHA * (1 - glowMs / GLOW_MS);
    for (const x of [x0 - width / 2, x1 + width / 2]) {
      list.add("gate-edge", { kind: "line", from: [x, y0], to: [x, y1], width }, alpha);
    }
  }

  get #shownMs(): number {
    return this.#isStill ? OUTLINE_MS : GLOW_MS;
  }

  /** Milliseconds until the picture must change: 0 in the next frame; null when it rests. */
  restMs(nowMs: number): number | null {
    const easeMs = this.#isStill ? 0 : EASE_MS;
    const left = [...this.#changes.values()]
      .flatMap(({ atMs, eventMs }) => [atMs + easeMs - nowMs, eventMs + this.#shownMs - nowMs])
      .filter((ms) => ms > 0);
    if (left.length === 0) return null;
    return this.#isStill ? Math.min(...left) : 0;
  }
}
