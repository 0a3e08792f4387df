import {
  DEFAULT_PARAMETERS,
  type ParameterName,
  type SignalParameters,
} from "../../../../engine/signals/mod.ts";

/** How a parameter is shown and what it may be. */
export interface ParameterInfo {
  readonly name: ParameterName;
  readonly label: string;
  /** Unit behind the number; empty for a plain factor. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Parameters of one signal. */
export interface ParameterGroup {
  readonly title: string;
  readonly parameters: readonly ParameterInfo[];
}

function info(
  name: ParameterName,
  label: string,
  unit: string,
  min: number,
  max: number,
  step: number,
): ParameterInfo {
  return { name, label, unit, min, max, step };
}

/** Every parameter, in the order of the panel. */
export const PARAMETER_GROUPS: readonly ParameterGroup[] = [
  {
    title: "ADS",
    parameters: [
      info("adsWidth1", "Near band", "levels", 1, 20, 1),
      info("adsWidth2", "Middle band", "levels", 1, 20, 1),
      info("adsWidth3", "Far band", "levels", 1, 20, 1),
      info("adsSlope1Ms", "Short slope", "ms", 200, 20_000, 100),
      info("adsSlope2Ms", "Middle slope", "ms", 200, 20_000, 100),
      info("adsSlope3Ms", "Long slope", "ms", 200, 20_000, 100),
      info("adsWeight1", "Weight, short", "", 0, 1, 0.05),
      info("adsWeight2", "Weight, middle", "", 0, 1, 0.05),
      info("adsWeight3", "Weight, long", "", 0, 1, 0.05),
      info("adsZMs", "z span", "ms", 2_000, 120_000, 1_000),
    ],
  },
  {
    title: "PFP",
    parameters: [
      info("pfpInner", "Inner zone to", "levels", 1, 20, 1),
      info("pfpOuterFrom", "Outer zone from", "levels", 1, 40, 1),
      info("pfpOuterTo", "Outer zone to", "levels", 1, 40, 1),
      info("pfpLagMs", "Lag", "ms", 100, 5_000, 100),
      info("pfpAlpha", "Alpha", "", 0.01, 1, 0.01),
      info("pfpAddWeight", "Weight, adding", "", 0, 1, 0.05),
      info("pfpPullWeight", "Weight, pulling", "", 0, 1, 0.05),
    ],
  },
  { title: "SVac", parameters: [info("svacAlpha", "Alpha", "", 0.005, 1, 0.005)] },
  {
    title: "Blend",
    parameters: [
      info("blendAds", "Weight of ADS", "", 0, 1, 0.05),
      info("blendPfp", "Weight of PFP", "", 0, 1, 0.05),
      info("blendSvac", "Weight of SVac", "", 0, 1, 0.05),
    ],
  },
  { title: "Original bands", parameters: [info("bandSpread", "Spread", "×", 0.1, 4, 0.1)] },
];

const INFOS: ReadonlyMap<string, ParameterInfo> = new Map(
  PARAMETER_GROUPS.flatMap(({ parameters }) => parameters.map((each) => [each.name, each])),
);

/** How a parameter of that name is shown, or null when there is none. */
export function parameterInfo(name: string): ParameterInfo | null {
  return INFOS.get(name) ?? null;
}

/** Decimals of a parameter's steps. */
export function stepDecimals({ step }: ParameterInfo): number {
  return `${step}`.split(".")[1]?.length ?? 0;
}

/**
 * A value as the parameter takes it: within its range and on a step; null when it is no number. The
 * defaults stay as they are.
 */
export function fitValue(parameter: ParameterInfo, value: number): number | null {
  if (!Number.isFinite(value)) return null;
  if (value === DEFAULT_PARAMETERS[parameter.name]) return value;
  const { min, max, step } = parameter;
  const held = Math.min(max, Math.max(min, value));
  const onStep = min + Math.round((held - min) / step) * step;
  return Number(Math.min(max, onStep).toFixed(stepDecimals(parameter)));
}

/**
 * Parameters with one of them changed. Both ends of the outer zone stay in order: the other end
 * follows. The definition is always the same object.
 */
export function withValue(
  parameters: SignalParameters,
  name: ParameterName,
  value: number,
): SignalParameters {
  const changed = { ...parameters, [name]: value };
  if (changed.pfpOuterFrom > changed.pfpOuterTo) {
    changed[name === "pfpOuterFrom" ? "pfpOuterTo" : "pfpOuterFrom"] = value;
  }
  return changedNames(changed).length === 0 ? DEFAULT_PARAMETERS : changed;
}

/** Names of the parameters that differ from the definition. */
export function changedNames(parameters: SignalParameters): readonly ParameterName[] {
  return [...INFOS.values()].map(({ name }) => name)
    .filter((name) => parameters[name] !== DEFAULT_PARAMETERS[name]);
}
