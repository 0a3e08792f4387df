import { useState } from "preact/hooks";
import {
  type EventEvidence,
  explainEvent,
  type ProfileEvidence,
  SYNTHETIC_MAP,
} from "../../../engine/flow/mod.ts";
import { type FlowPacket, type SmartMoneyEvent } from "../../../engine/frames/mod.ts";
import { signed } from "../text/mod.ts";
import { profileText, SCORE_TITLE, scoreText } from "../tape/columns/mod.ts";
import { Reliability } from "./Reliability.tsx";
import { words } from "./words.ts";

/** Score from which a profile is named at all. */
const NAMED_FROM = 0.42;
/** Score at the right end of the bars: what lies above 1 is to be seen. */
const BAR_END = 1.3;

function share(score: number): string {
  return `${Math.min(1, Math.max(0, score / BAR_END)) * 100}%`;
}

/** Six bars, the terms behind the chosen one, and what the runner-up lacked. */
export function Scores(
  { event, packet }: { readonly event: SmartMoneyEvent; readonly packet: FlowPacket | null },
) {
  const [chosen, choose] = useState<string | null>(null);
  const evidence = packet === null ? null : explainEvent(event, packet);
  const shown = chosen ?? event.profile_scores[0]?.profile_id ?? "";
  const profile = evidence?.ranked.find((one) => one.profile === shown);
  const best = event.profile_scores.find((one) => one.profile_id === event.primary_profile_id);
  // Only what scores as it did then may stand for what the record cut off.
  const uncut = (id: string) =>
    evidence?.matchesStored === true
      ? evidence.ranked.find((one) => one.profile === id)?.score
      : undefined;
  return (
    <section class="scores" aria-label="Scores">
      <h3>Profiles</h3>
      <ul class="bars">
        {event.profile_scores.map(({ profile_id, score: stored, confidence_band }) => (
          <li key={profile_id}>
            <button
              type="button"
              aria-pressed={profile_id === shown ? "true" : "false"}
              data-primary={profile_id === event.primary_profile_id ? "" : undefined}
              onClick={() =>
                choose(profile_id)}
            >
              <span class="name">{profileText(profile_id)}</span>
              <span class="track" aria-hidden="true">
                <span class="fill" style={{ width: share(uncut(profile_id) ?? stored) }} />
                <span class="gate" style={{ left: share(NAMED_FROM) }} />
              </span>
              <span class="mono value" title={SCORE_TITLE}>
                {uncut(profile_id)?.toFixed(2) ?? scoreText(stored)}
              </span>
              <span class="band">{confidence_band}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="note">
        Scores, not probabilities. The mark stands at{" "}
        {NAMED_FROM.toFixed(2)}, from which a profile is named; the record cuts a score off at 1.
        {event.abstained && " The classifier abstained."}
        {event.suppressed_reasons.length > 0 &&
          ` Held back: ${event.suppressed_reasons.map(words).join(", ")}.`}
      </p>
      {best !== undefined && event.probability !== null && (
        <Reliability map={SYNTHETIC_MAP} score={best.score} />
      )}
      {best !== undefined && event.probability === null && (
        <p class="note">
          How often such a score is right is not known: the record carries no probability.
        </p>
      )}
      {profile !== undefined && <Terms profile={profile} />}
      {evidence !== null && <WhyNot evidence={evidence} />}
      {evidence !== null && !evidence.matchesStored && (
        <p class="warn-line">
          Scoring the stored features again gives other numbers: they come from another version.
        </p>
      )}
    </section>
  );
}

function Terms({ profile }: { readonly profile: ProfileEvidence }) {
  const applied = profile.guards.filter(({ applies }) => applies);
  return (
    <table class="terms">
      <caption>
        {profileText(profile.profile)}: base {profile.base.toFixed(2)}{" "}
        plus the terms, times the guards, is a fit of {profile.fit.toFixed(3)}, a score of{" "}
        {profile.score.toFixed(3)}
      </caption>
      <thead>
        <tr>
          <th scope="col">Term</th>
          <th scope="col" class="num">Weight</th>
          <th scope="col" class="num">Value</th>
          <th scope="col" class="num">Adds</th>
        </tr>
      </thead>
      <tbody>
        {profile.terms.map(({ id, weight, value, contribution, reason }) => (
          <tr key={id} class={contribution >= 0.04 ? "strong" : ""}>
            <th scope="row" title={reason === null ? undefined : words(reason)}>{words(id)}</th>
            <td class="num mono">{weight.toFixed(2)}</td>
            <td class="num mono">{value.toFixed(2)}</td>
            <td class="num mono">{signed(contribution, 3)}</td>
          </tr>
        ))}
        {applied.map(({ id, factor, reason }) => (
          <tr key={id} class="guard">
            <th scope="row" title={reason === null ? undefined : words(reason)}>
              guard: {words(id)}
            </th>
            <td />
            <td />
            <td class="num mono">× {factor.toFixed(2)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">lead over the next best fit</th>
          <td />
          <td class="num mono">{profile.lead.toFixed(3)}</td>
          <td class="num mono">× {profile.leadFactor.toFixed(3)}</td>
        </tr>
        <tr>
          <th scope="row">quality of the quotes</th>
          <td />
          <td />
          <td class="num mono">× {profile.qualityFactor.toFixed(3)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function WhyNot({ evidence }: { readonly evidence: EventEvidence }) {
  const { whyNot } = evidence;
  if (whyNot === null) return null;
  return (
    <div class="why-not">
      <h3>Why not {profileText(whyNot.profile)}?</h3>
      <ul>
        {whyNot.heldBack.map(({ id, factor, loss }) => (
          <li key={id}>
            {words(id)} cut its fit by <span class="mono">{loss.toFixed(3)}</span> (×{" "}
            {factor.toFixed(2)})
          </li>
        ))}
        {whyNot.missing.map(({ term, shortfall }) => (
          <li key={term.id}>
            {words(term.id)} reached <span class="mono">{term.value.toFixed(2)}</span>{" "}
            of 1, short by <span class="mono">{shortfall.toFixed(3)}</span>
          </li>
        ))}
      </ul>
      <p class="note">
        Its score is <span class="mono">{whyNot.gap.toFixed(3)}</span> behind.
      </p>
    </div>
  );
}
