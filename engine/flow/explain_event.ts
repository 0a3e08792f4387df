import type { ProfileId } from "../regime/mod.ts";
import { factsOf } from "./facts.ts";
import type { PacketFacts } from "./packet_facts.ts";
import type { FlowPacket, SmartMoneyEvent } from "../frames/mod.ts";
import {
  explainProfiles,
  type ProfileEvidence,
  type ScoringEvidence,
  type TermEvidence,
} from "./scoring/mod.ts";

/** What sets the first profile apart from the second. */
export interface WhyNot {
  readonly profile: ProfileId;
  /** How much lower its score is than the first one's, neither cut off. */
  readonly gap: number;
  /** Terms of it that fell short most, and what more each could have added. */
  readonly missing: readonly { readonly term: TermEvidence; readonly shortfall: number }[];
  /** Guards that held it down, with what each took from the fit. */
  readonly heldBack: readonly {
    readonly id: string;
    readonly factor: number;
    readonly loss: number;
  }[];
}

/** Everything behind the scores of one stored event. */
export interface EventEvidence extends ScoringEvidence {
  readonly facts: PacketFacts;
  /** Highest stored score first. */
  readonly ranked: readonly ProfileEvidence[];
  /** Of the profile with the second highest score. */
  readonly whyNot: WhyNot | null;
  /** Whether scoring again gave the stored scores. */
  readonly matchesStored: boolean;
}

const MOST_MISSING = 3;

function whyNot(first: ProfileEvidence, second: ProfileEvidence): WhyNot {
  const missing = second.terms
    .map((term) => ({ term, shortfall: term.weight - term.contribution }))
    .filter(({ shortfall }) => shortfall > 0)
    .sort((a, b) => b.shortfall - a.shortfall)
    .slice(0, MOST_MISSING);
  let fit = second.base;
  for (const term of second.terms) fit += term.contribution;
  const heldBack: { id: string; factor: number; loss: number }[] = [];
  for (const { id, factor, applies } of second.guards) {
    if (!applies) continue;
    heldBack.push({ id, factor, loss: fit * (1 - factor) });
    fit *= factor;
  }
  return {
    profile: second.profile,
    gap: first.score - second.score,
    missing,
    heldBack,
  };
}

/**
 * Explains a stored event term by term.
 *
 * @param packet The first packet of the event.
 */
export function explainEvent(event: SmartMoneyEvent, packet: FlowPacket): EventEvidence {
  const facts = factsOf(packet.features, event.features);
  const evidence = explainProfiles(facts);
  const ranked = evidence.scoring.order.flatMap((index) => evidence.profiles[index] ?? []);
  const [first, second] = ranked;
  return {
    ...evidence,
    facts,
    ranked,
    whyNot: first === undefined || second === undefined ? null : whyNot(first, second),
    matchesStored: event.profile_scores.every(({ profile_id, score }) =>
      ranked.some((one) => one.profile === profile_id && one.stored === score)
    ),
  };
}
