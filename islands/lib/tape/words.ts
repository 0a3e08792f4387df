import { DASH } from "../text/mod.ts";
import { contractTerms } from "./contracts.ts";

/** A dollar amount in short form such as `1.24M`. */
export function money(value: number | null): string {
  if (value === null) return DASH;
  const size = Math.abs(value);
  const sign = value < 0 ? "\u2212" : "";
  if (size >= 1e9) return `${sign}${(size / 1e9).toFixed(2)}G`;
  if (size >= 1e6) return `${sign}${(size / 1e6).toFixed(2)}M`;
  if (size >= 1e3) return `${sign}${(size / 1e3).toFixed(1)}k`;
  return `${sign}${size.toFixed(0)}`;
}

/** {@link money} with a plus sign when positive. */
export function signedMoney(value: number): string {
  return value > 0 ? `+${money(value)}` : money(value);
}

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** A score of evidence as records hold it: cut off at 1, what lies beyond is in the evidence. */
export function scoreText(score: number): string {
  return score >= 1 ? "≥1.00" : score.toFixed(2);
}

/** What a score is, for tooltips. */
export const SCORE_TITLE = "Score of the evidence: it ranks and is no probability";

/** What a probability is, for tooltips. */
export const PROBABILITY_TITLE =
  "Share of events of such a score that are right by the labels of the synthetic market; none on other data";

/** A probability as a share, never as a certainty: none is known to be one. */
export function probabilityText(probability: number | null): string {
  if (probability === null) return DASH;
  if (probability >= 0.995) return "> 99 %";
  return probability < 0.005 ? "< 1 %" : `${Math.round(100 * probability)} %`;
}

/** A score, and how often such a one is right where that is known: `score 0.63, right in 96 %`. */
export function scoreLine(score: number, probability: number | null): string {
  const share = probabilityText(probability).replace(">", "over").replace("<", "under");
  const right = probability === null ? "" : `, right in ${share}`;
  return `score ${scoreText(score)}${right}`;
}

/** A contract as traders write it: `NVDA 30 Jan 142.5 C`. */
export function contractText(id: string): string {
  const terms = contractTerms(id);
  if (terms === null) return id;
  const month = (Number(terms.expiry.slice(5, 7)) - 1) * 3;
  const day = Number(terms.expiry.slice(8));
  return `${terms.root} ${day} ${MONTHS.slice(month, month + 3)} ${terms.strike} ${terms.right}`;
}

/** Words of the profiles. */
export const PROFILE_TEXT: Readonly<Record<string, string>> = {
  institutional_directional: "Institutional",
  retail_whale: "Retail whale",
  event_driven: "Event driven",
  vol_seller: "Vol seller",
  arbitrage: "Arbitrage",
  hedge_reactive: "Hedge reactive",
};

/** A profile in words, or that there is none. */
export function profileText(profile: string | null): string {
  return profile === null ? "abstained" : PROFILE_TEXT[profile] ?? profile;
}

const DIRECTION: Readonly<Record<string, readonly [string, string]>> = {
  bullish: ["▲ bull", "up"],
  bearish: ["▼ bear", "down"],
  neutral: ["● flat", ""],
  mixed: ["◆ mixed", ""],
  unknown: ["? none", "faint"],
};

/** Text and tone of a direction. */
export function directionText(direction: string): readonly [string, string] {
  return DIRECTION[direction] ?? [direction, ""];
}
