import type { LabConfig } from "../config.ts";
import { LabError } from "../error.ts";
import type { WallObservation } from "../walls/mod.ts";
import { DEPTH } from "./p_depth.ts";
import { DEPTH_WALL } from "./p_depth_wall.ts";
import { EDGE } from "./p_edge.ts";
import { GEX } from "./p_gex.ts";
import { GEX_PIN } from "./p_gex_pin.ts";
import { MICRO } from "./p_micro.ts";
import { NU } from "./p_nu.ts";
import { OFI } from "./p_ofi.ts";
import { OMEGA } from "./p_omega.ts";
import { OPT } from "./p_opt.ts";
import { PUSH } from "./p_push.ts";
import { SIGNAL } from "./p_signal.ts";
import { VAC } from "./p_vac.ts";
import { VEL } from "./p_vel.ts";
import { VISC } from "./p_visc.ts";
import { VOL } from "./p_vol.ts";
import type { DiffusionProducer, FieldProducer, WallProducer } from "./producer.ts";

/** Every producer by its name. A new one is a file and a line here. */
export const PRODUCERS = {
  "p-push": PUSH,
  "p-visc": VISC,
  "p-vac": VAC,
  "p-edge": EDGE,
  "p-signal": SIGNAL,
  "p-depth": DEPTH,
  "p-ofi": OFI,
  "p-micro": MICRO,
  "p-vel": VEL,
  "p-nu": NU,
  "p-omega": OMEGA,
  "p-depthwall": DEPTH_WALL,
  "p-gex": GEX,
  "p-gexpin": GEX_PIN,
  "p-opt": OPT,
  "p-vol": VOL,
} as const;

/** Name of a producer. */
export type ProducerId = keyof typeof PRODUCERS;

type Of<Id extends ProducerId> = (typeof PRODUCERS)[Id];

/** Arguments of a producer's formula. */
export type ProducerArgs<Id extends ProducerId> = Of<Id> extends FieldProducer<infer Args> ? Args
  : Of<Id> extends WallProducer<infer Args> ? Args
  : Of<Id> extends DiffusionProducer<infer Args> ? Args
  : never;

/** What a producer's formula comes to: values by node, walls, or a diffusion in ticks^2/s. */
export type ProducerOutput<Id extends ProducerId> = Of<Id> extends { readonly target: "W" }
  ? readonly WallObservation[]
  : Of<Id> extends { readonly target: "D" } ? number
  : Float64Array;

/**
 * Evaluates the formula of one producer by itself, without gain or age.
 *
 * @throws {LabError} When there is no such producer.
 */
export function producer<Id extends ProducerId>(
  id: Id,
  args: ProducerArgs<Id>,
  cfg: Pick<LabConfig, "N" | "dx" | "dt">,
): ProducerOutput<Id> {
  if (!Object.hasOwn(PRODUCERS, id)) {
    const names = Object.keys(PRODUCERS).join(", ");
    throw new LabError("setting", "producer", `must be one of ${names}: it is "${id}"`);
  }
  return evaluate(PRODUCERS[id] as AnyFormula, args as never, cfg) as ProducerOutput<Id>;
}

type AnyFormula = FieldProducer<never> | WallProducer<never> | DiffusionProducer<never>;

function evaluate(
  of: AnyFormula,
  args: never,
  cfg: Pick<LabConfig, "N" | "dx" | "dt">,
): Float64Array | readonly WallObservation[] | number {
  if (of.target === "W") return of.observe(args, cfg);
  if (of.target === "D") return of.diffusion(args, cfg);
  const out = new Float64Array(2 * cfg.N + 1);
  of.write(args, cfg, out);
  return out;
}
