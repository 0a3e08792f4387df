import { useEffect, useRef, useState } from "preact/hooks";
import { cutTop } from "../canvas/mod.ts";
import { exchangeClock, spanText } from "../text/mod.ts";
import type { ReadonlySignal } from "@preact/signals";
import type { SessionClock } from "../clock/mod.ts";
import { useDismiss } from "../pane/mod.ts";
import type { ReplayReading } from "../socket/mod.ts";
import { REPLAY_SPEEDS, type ReplayTransport } from "./replay.ts";

/** What the transport gets of its page. */
export interface TransportDesk {
  readonly clock: SessionClock;
  readonly transport: ReplayTransport;
  /** Counts up once a second. */
  readonly beat: ReadonlySignal<number>;
}

const STRETCHES = [5, 15, 30, 60, 180] as const;
const STRIP_WIDTH = 1_000;
const STRIP_HEIGHT = 20;
const FIGURES_EVERY_MS = 5_000;

/** The button that says what the panes follow, and offers a replay. */
export function ModeButton({ desk }: { readonly desk: TransportDesk }) {
  const { transport } = desk;
  const [isOpen, setOpen] = useState(false);
  const [minutes, setMinutes] = useState<number>(15);
  const [speed, setSpeed] = useState<number>(5);
  const isReplay = transport.id.value !== null;
  const start = () => {
    setOpen(false);
    void transport.open(minutes, speed);
  };
  const box = useRef<HTMLDivElement>(null);
  useDismiss(box, { isOpen: () => isOpen, close: () => setOpen(false) });
  return (
    <div class="mode-box" ref={box}>
      <button
        type="button"
        class="mode"
        data-mode={isReplay ? "replay" : "live"}
        aria-expanded={isOpen ? "true" : "false"}
        title={isReplay
          ? "The panes follow a replay"
          : "The panes are live; replay the stored tape"}
        onClick={() => setOpen(!isOpen)}
      >
        {isReplay ? "◷ REPLAY" : "NOW"}
      </button>
      {isOpen && (
        <div class="mode-menu" role="dialog" aria-label="Live or replay">
          <label>
            Replay the last{" "}
            <select
              value={minutes}
              onChange={(event) => setMinutes(Number(event.currentTarget.value))}
            >
              {STRETCHES.map((one) => <option key={one} value={one}>{one} minutes</option>)}
            </select>
          </label>
          <label>
            Speed{" "}
            <select value={speed} onChange={(event) => setSpeed(Number(event.currentTarget.value))}>
              {REPLAY_SPEEDS.map((one) => <option key={one} value={one}>{one}×</option>)}
            </select>
          </label>
          <div class="row">
            <button type="button" onClick={start}>{isReplay ? "Restart" : "Start replay"}</button>
            {isReplay && (
              <button
                type="button"
                onClick={() => {
                  setOpen(false);
                  void transport.live();
                }}
              >
                Back to live
              </button>
            )}
          </div>
        </div>
      )}
    </div>
  );
}

/** Play, pause, step, speed and the scrubber of a replay; nothing while the page is live. */
export function TransportBar({ desk }: { readonly desk: TransportDesk }) {
  const { transport } = desk;
  const id = transport.id.value;
  useEffect(() => {
    if (id === null) return;
    const timer = setInterval(() => void transport.refresh(), FIGURES_EVERY_MS);
    return () => clearInterval(timer);
  }, [id]);
  const error = transport.error.value;
  if (id === null && error === null) return null;
  const reading = desk.clock.reading.value;
  return (
    <section class="transport" aria-label="Replay">
      {reading === null
        ? <p class="note" role="status">{error === null ? "Opening the replay…" : ""}</p>
        : <Controls desk={desk} reading={reading} />}
      {error !== null && (
        <p class="transport-error" role="alert">
          Replay: {error}
          <button type="button" onClick={() => transport.error.value = null}>Close</button>
        </p>
      )}
      {id !== null && (
        <button type="button" onClick={() => void transport.live()}>Back to live</button>
      )}
    </section>
  );
}

function Controls(
  { desk, reading }: { readonly desk: TransportDesk; readonly reading: ReplayReading },
) {
  const { transport, clock } = desk;
  desk.beat.value;
  const now = clock.now();
  const isRunning = reading.phase === "running";
  const agreement = transport.agreement.value;
  return (
    <>
      <button
        type="button"
        class="tool"
        aria-label={isRunning ? "Pause the replay" : "Play the replay"}
        onClick={() => void clock.togglePlaying()}
      >
        {isRunning ? "❚❚" : "▶"}
      </button>
      <button
        type="button"
        class="tool"
        aria-label="Step one second"
        title="Step one second"
        onClick={() => void clock.step(1_000)}
      >
        ▶❚
      </button>
      <button
        type="button"
        class="tool"
        aria-label="Jump to the alert before"
        title="Jump to the alert before"
        onClick={() => void transport.toAlert(-1)}
      >
        ◀▲
      </button>
      <button
        type="button"
        class="tool"
        aria-label="Jump to the next alert"
        title="Jump to the next alert"
        onClick={() => void transport.toAlert(1)}
      >
        ▲▶
      </button>
      <select
        aria-label="Speed of the replay"
        value={reading.speed}
        onChange={(event) => void clock.setSpeed(Number(event.currentTarget.value))}
      >
        {REPLAY_SPEEDS.map((one) => <option key={one} value={one}>{one}×</option>)}
      </select>
      <span class="mono">{exchangeClock(now)} ET</span>
      <Strip desk={desk} reading={reading} now={now} />
      <span class="mono note">{spanText(Math.max(0, reading.endTs - now))} left</span>
      <Phase transport={transport} phase={reading.phase} />
      {agreement !== null && (
        <span
          class={agreement.mismatched > 0 ? "warn-text" : "note"}
          title="Events made again from the stored tape, against those that were stored then"
        >
          {agreement.matched} equal, {agreement.mismatched} differ
        </span>
      )}
    </>
  );
}

/** What the replay is doing; a jump under way can be given up. */
function Phase(
  { transport, phase }: { readonly transport: ReplayTransport; readonly phase: string },
) {
  const isJumping = phase === "warming" && transport.soughtFrom.value !== null;
  return (
    <>
      <span class="note">{phase}</span>
      {isJumping && (
        <button type="button" onClick={() => void transport.cancelSeek()}>Cancel the jump</button>
      )}
    </>
  );
}

interface StripProps {
  readonly desk: TransportDesk;
  readonly reading: ReplayReading;
  readonly now: number;
}

/** The scrubber over a strip of printed volume, with a tick for every alert. */
function Strip({ desk, reading, now }: StripProps) {
  const { transport } = desk;
  const span = Math.max(1, reading.endTs - reading.startTs);
  const x = (ts: number) => (ts - reading.startTs) / span * STRIP_WIDTH;
  const density = transport.density.value;
  const top = Math.max(1, cutTop(Float64Array.from(density, ({ volume }) => volume)));
  const width = Math.max(1, 60_000 / span * STRIP_WIDTH - 1);
  return (
    <div class="strip">
      <svg
        viewBox={`0 0 ${STRIP_WIDTH} ${STRIP_HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {density.map(({ ts, volume }) => {
          const height = Math.min(1, volume / top) * STRIP_HEIGHT;
          const bar = <rect key={ts} x={x(ts)} y={STRIP_HEIGHT - height} {...{ width, height }} />;
          if (volume <= top) return bar;
          // An auction goes on above the strip: a gap cuts its bar.
          const gap = <rect key={-ts} class="gap" x={x(ts)} y={3} width={width} height={2} />;
          return [bar, gap];
        })}
        {transport.alerts.value.map(({ ts, severity }, i) => (
          <rect key={i} class={`alert ${severity}`} x={x(ts)} y={0} width={1.5} height={6} />
        ))}
      </svg>
      <input
        type="range"
        aria-label="Time of the replay"
        aria-valuetext={`${exchangeClock(now)} ET`}
        min={reading.startTs}
        max={reading.endTs}
        step={1_000}
        value={Math.floor(now / 1_000) * 1_000}
        onChange={(event) => void desk.clock.seek(Number(event.currentTarget.value))}
      />
    </div>
  );
}
