import { useRef } from "preact/hooks";
import type { FeedState, Regime, Speed } from "../../../../modules/feed/contract.ts";
import type { Actions } from "../actions.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock, nsToMs, REGIME_LABELS } from "../../text/mod.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";
import { Icon } from "../../pane/mod.ts";
import { RecordButton } from "./RecordButton.tsx";

const SPEEDS: readonly Speed[] = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 100, "max"];

/** Pause, step, speed, and the scrubber of a recording or the regime of a synthetic market. */
export function ReplayBar(
  { driver, actions }: { readonly driver: HeatmapDriver; readonly actions: Actions },
) {
  const { state } = driver;
  const feed = state.feed.value;
  const phase = feed?.phase;
  const running = phase === "live";
  const movable = running || phase === "paused";
  return (
    <section class="replay" aria-label="Feed controls">
      <button
        type="button"
        class="square"
        disabled={!movable}
        title={running ? "Pause (Space)" : "Resume (Space)"}
        onClick={actions.togglePause}
      >
        <Icon name={running ? "pause" : "play"} />
        <span class="sr">{running ? "Pause" : "Resume"}</span>
      </button>
      <button
        type="button"
        class="square"
        disabled={phase !== "paused"}
        title="One bin on (Shift → when paused)"
        onClick={() => actions.step(1)}
      >
        <Icon name="step" />
        <span class="sr">Step one bin</span>
      </button>
      <label>
        <span class="sr">Speed</span>
        <select
          value={String(feed?.speed ?? 1)}
          disabled={feed === null}
          title="Speed, multiple of recorded time"
          onChange={(event) => {
            const text = event.currentTarget.value;
            void driver.command({ op: "speed", speed: text === "max" ? "max" : Number(text) });
          }}
        >
          {speedsWith(feed?.speed).map((speed) => (
            <option key={speed} value={String(speed)}>
              {speed === "max" ? "Max" : `${speed}×`}
            </option>
          ))}
        </select>
      </label>
      {feed?.kind === "replay"
        ? <Scrubber driver={driver} feed={feed} />
        : <RegimeChoice driver={driver} feed={feed} />}
      <RecordButton onProblem={(text) => state.notice.value = { text, field: null }} />
      <button type="button" class="choose" onClick={() => state.feedOpen.value = true}>
        <Icon name="feed" /> Feed
      </button>
    </section>
  );
}

function speedsWith(speed: Speed | undefined): readonly Speed[] {
  if (speed === undefined || SPEEDS.includes(speed)) return SPEEDS;
  return [...SPEEDS.filter((s) => s !== "max"), speed, "max" as const]
    .toSorted((a, b) => (a === "max" ? Infinity : a) - (b === "max" ? Infinity : b));
}

function RegimeChoice(
  { driver, feed }: { readonly driver: HeatmapDriver; readonly feed: FeedState | null },
) {
  return (
    <span class="regime">
      <label>
        <span class="name">Regime</span>
        <select
          aria-label="Regime"
          value={feed?.regimeHeld ? feed.regime ?? "" : ""}
          disabled={feed === null}
          onChange={(event) =>
            void driver.command({
              op: "regime",
              regime: event.currentTarget.value === "" ? null : event.currentTarget.value as Regime,
            })}
        >
          <option value="">
            By plan{feed?.regime && !feed.regimeHeld ? `: ${REGIME_LABELS[feed.regime]}` : ""}
          </option>
          {Object.entries(REGIME_LABELS).map(([regime, label]) => (
            <option key={regime} value={regime}>{label}</option>
          ))}
        </select>
      </label>
      <span class="note">
        Endless synthetic market{feed?.seed === null || feed === null ? "" : `, seed ${feed.seed}`}
      </span>
    </span>
  );
}

function Scrubber({ driver, feed }: { readonly driver: HeatmapDriver; readonly feed: FeedState }) {
  const dragging = useRef(false);
  const startMs = feed.startNs === null ? null : nsToMs(feed.startNs);
  const endMs = feed.endNs === null ? null : nsToMs(feed.endNs);
  driver.state.beat.value;
  const nowMs = driver.nowMs();
  if (startMs === null || endMs === null || endMs <= startMs) {
    return <span class="note grow">The span of this recording is not known yet</span>;
  }
  const at = Math.min(endMs, Math.max(startMs, nowMs ?? startMs));
  const text = (ms: number) => exchangeClock(ms);
  return (
    <span class="scrubber">
      <span class="mono">{text(startMs)}</span>
      <input
        type="range"
        min={0}
        max={Math.round(endMs - startMs)}
        step={100}
        {...(dragging.current ? {} : { value: Math.round(at - startMs) })}
        aria-label="Position in the recording"
        aria-valuetext={`${text(at)} ${EXCHANGE_ZONE_LABEL}`}
        title="Position in the recording; seeks when released"
        onInput={() => dragging.current = true}
        onChange={(event) => {
          dragging.current = false;
          const ms = Math.round(startMs + Number(event.currentTarget.value));
          void driver.command({ op: "seek", tsNs: `${BigInt(ms) * 1_000_000n}` });
        }}
      />
      <span class="mono">{text(endMs)} {EXCHANGE_ZONE_LABEL}</span>
    </span>
  );
}
