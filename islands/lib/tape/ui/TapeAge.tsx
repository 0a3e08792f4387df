import type { TapeMaking } from "../../../../modules/tape/contract.ts";
import { spanText } from "../../text/mod.ts";
import type { TapeController } from "../controller.ts";
import { channelNamed } from "../channels/mod.ts";
import type { TapeDesk } from "../tape_desk.ts";

/** What is true of a tape's data right now. */
export interface Age {
  readonly kind: "loading" | "making" | "live" | "quiet" | "stale" | "reconnecting";
  readonly text: string;
  readonly title: string;
}

/**
 * Judges a tape by its newest row, by the link, and by how the server says its channel is.
 *
 * A filter may let nothing through for long while the channel is busy: that is quiet, not stale. Only
 * the server sees the whole channel, so its word goes before the age of the rows shown.
 */
export function ageOf(desk: TapeDesk, tape: TapeController): Age {
  desk.beat.value;
  const link = desk.link.state.value;
  const has = tape.hasSnapshot.value;
  const newest = tape.stream?.rows.newest();
  const nowMs = desk.clock.now();
  const ageMs = newest === undefined ? null : Math.max(0, nowMs - newest.ts);
  const aged = ageMs === null
    ? ""
    : spanText(ageMs < 1_000 ? Math.round(ageMs / 100) * 100 : ageMs);
  const title = ageMs === null
    ? "No row yet"
    : `The newest row is ${aged} old by the server's clock`;
  if (link.kind === "reconnecting") {
    const left = Math.max(0, Math.ceil((link.retryAtMs - Date.now()) / 1_000));
    const text = `↻ try ${link.attempt} in ${left} s`;
    return { kind: "reconnecting", text, title: `${link.reason}. ${title}` };
  }
  if (link.kind === "connecting" && link.attempt > 1) {
    return { kind: "reconnecting", text: `↻ try ${link.attempt}`, title };
  }
  if (link.kind === "refused") return { kind: "stale", text: "◌ refused", title: link.reason };
  const isReplay = desk.clock.mode.value === "replay";
  const making = isReplay || link.kind === "stale" ? null : desk.link.health.value.making;
  if (making !== null) return makingAge(making);
  if (!has) return { kind: "loading", text: "○ loading", title: "Waiting for the first rows" };
  if (ageMs === null) return { kind: "quiet", text: "○ no rows", title };
  if (link.kind === "stale") return staleOf(Date.now() - link.heardAtMs);
  const limit = channelNamed(tape.channel).staleMs;
  if (limit === null) return { kind: "quiet", text: `● ${aged}`, title };
  const channel = isReplay ? undefined : desk.link.health.value.channels[tape.channel];
  if (channel?.healthy === false) return staleOf(channel.freshness_age_ms ?? ageMs);
  if (ageMs <= limit) return { kind: "live", text: `● ${aged}`, title };
  if (!isReplay && channel === undefined) return staleOf(ageMs);
  return {
    kind: "quiet",
    text: `○ quiet, last ${aged} ago`,
    title: isReplay
      ? `The newest row here is ${aged} old by the replay's clock`
      : "Rows come, but none passes the filter of this pane. " +
        `The newest of the channel is ${spanText(channel?.freshness_age_ms ?? 0)} old`,
  };
}

function makingAge({ progress, message }: TapeMaking): Age {
  return { kind: "making", text: `◔ making ${Math.floor(progress * 100)} %`, title: message };
}

function staleOf(ageMs: number): Age {
  const aged = spanText(ageMs);
  return {
    kind: "stale",
    text: `◌ stale ${aged}`,
    title: `Nothing has come on this channel for ${aged}`,
  };
}

/** The age in words, with a shape that says the state. */
export function TapeAge({ age }: { readonly age: Age }) {
  return <span class="age mono" data-kind={age.kind} title={age.title}>{age.text}</span>;
}
