import { controlChange, type ControlTimeline } from "../../engine/regime/mod.ts";
import { type Clock, EventClock } from "../kit/mod.ts";
import { Emitter } from "./_emitter.ts";
import { RawBuffer } from "./_raw_buffer.ts";
import type { TapeFlow } from "./flow.ts";
import type { FromTapeWorker, TapePhase, TapeSpec } from "./protocol.ts";
import type { CreateFlow, CreateParts, TapeParts } from "./source.ts";

/** Event time of one step: rows go out this often, ms. Steps lie on whole multiples of it. */
export const SLICE_MS = 100;

const SECOND_MS = 1_000;

/** A second is made when it is this near, so that its first rows are not late, ms. */
const LEAD_MS = 150;

/** Tape that the classifier reads before its first row goes out, ms. */
const WARM_UP_MS = 600_000;

/** A tape that is later than this does not catch up: the machine slept. */
const MAX_CATCH_UP_MS = 1_800_000;

/** Longest stretch made between two looks at the messages, ms of event time. */
const STRIDE_MS = 2_000;

/** How often the state is sent when nothing changes, ms. */
const STATE_EVERY_MS = 250;

/** Waits for the end of the queue of the thread's event loop. */
function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** How a runner breathes and makes its parts. */
export interface TapeRunnerOptions {
  readonly clock: Clock;
  readonly post: (message: FromTapeWorker) => void;
  readonly createParts: CreateParts;
  readonly createFlow: CreateFlow;
  /** Lets messages in between two steps; one turn of the event loop when omitted. */
  readonly breathe?: () => Promise<void>;
  readonly warmUpMs?: number;
}

interface Running {
  readonly spec: TapeSpec;
  parts: TapeParts;
  timeline: ControlTimeline;
  readonly pipeline: TapeFlow;
  readonly emitter: Emitter;
  readonly buffer: RawBuffer;
}

/**
 * Makes the tape by the clock: a warm-up that nobody sees, the history, then one second after the other,
 * each released in slices of 100 ms when its time comes. A reader that is behind makes it wait; what it
 * missed it then makes as fast as it can, without loss.
 */
export class TapeRunner {
  readonly #options: TapeRunnerOptions;
  #told: { readonly timeline: ControlTimeline; readonly revision: number } | null = null;
  #wake = new AbortController();
  #stopped = false;
  #phase: TapePhase = "starting";
  #message: string | null = null;
  #running: Running | null = null;
  #eventClock: EventClock;
  /** Everything before it was handed to the pipeline; a multiple of the slice. */
  #positionMs = 0;
  /** Everything before it was made; a whole second. */
  #madeUntilMs = 0;
  #bootFromMs = 0;
  #resumes = false;
  #isBehind = false;
  #historyFromMs = 0;
  #bootUntilMs = 0;
  #acked = 0;
  #revision = 0;
  #activateAt = 0;
  #reportedAtMs = -Infinity;

  constructor(options: TapeRunnerOptions) {
    this.#options = options;
    this.#eventClock = new EventClock(options.clock);
  }

  /** `batches` posted batches are stored and published. */
  ack(batches: number): void {
    this.#acked += batches;
    this.#wake.abort();
  }

  /** Takes the control timeline after a change; each entry comes into force at its `activate_at`. */
  control(timeline: ControlTimeline, revision: number): void {
    this.#told = { timeline, revision };
    this.#wake.abort();
  }

  /** Ends the loop after the step that runs. */
  stop(): void {
    this.#stopped = true;
    this.#wake.abort();
  }

  /** Makes the tape until {@link TapeRunner.stop}. A failure becomes the phase "failed". */
  async run(spec: TapeSpec): Promise<void> {
    try {
      this.#boot(spec);
      while (!this.#stopped) {
        this.#wake = new AbortController();
        this.#followControl();
        const waitMs = this.#turn();
        this.#reportWhenDue();
        if (waitMs > 0) await this.#options.clock.sleep(waitMs, this.#wake.signal);
        else await (this.#options.breathe ?? turnOfEventLoop)();
      }
    } catch (error) {
      this.#message = error instanceof Error ? error.message : String(error);
      this.#phase = "failed";
      this.#options.post({
        type: "log",
        level: "error",
        event: "tape_failed",
        fields: { message: this.#message, position: this.#positionMs },
      });
      this.#report();
    }
  }

  #boot(spec: TapeSpec): void {
    const { createParts, createFlow, post } = this.#options;
    const parts = createParts(spec);
    const emitter = new Emitter(post, spec.resume);
    const pipeline = createFlow(
      spec,
      (stream, record) => emitter.take(stream, record, this.#positionMs),
    );
    const { timeline } = spec;
    this.#running = { spec, parts, timeline, pipeline, emitter, buffer: new RawBuffer(spec) };
    this.#noteControl(timeline, spec.revision);
    const nowMs = Math.floor(this.#eventClock.nowMs() / SECOND_MS) * SECOND_MS;
    this.#bootUntilMs = nowMs;
    this.#historyFromMs = this.#historyStart(spec, nowMs);
    this.#bootFromMs = this.#historyFromMs - (this.#options.warmUpMs ?? WARM_UP_MS);
    this.#seek(this.#bootFromMs);
    // What lies before the stored tape's end is stored; what lies before a fresh start is not.
    emitter.mode = this.#resumes ? "none" : "raw";
    this.#setPhase("warming");
  }

  /** First second whose rows go out: the one that the store ends in, or where the backfill begins. */
  #historyStart(spec: TapeSpec, nowMs: number): number {
    const backfillFrom = nowMs - spec.backfillMinutes * 60_000;
    const stored = Object.values(spec.resume?.raw ?? {}).map((cursor) => cursor.ts);
    if (stored.length === 0) return backfillFrom;
    const lastMs = Math.max(...stored);
    if (lastMs > nowMs + SECOND_MS) {
      throw new RangeError(
        `Cannot go on from a stored row that lies in the future: ${lastMs} is after ${nowMs}`,
      );
    }
    const from = Math.floor(lastMs / SECOND_MS) * SECOND_MS;
    if (nowMs - from <= MAX_CATCH_UP_MS) {
      this.#resumes = true;
      return from;
    }
    this.#options.post({
      type: "skipped",
      fromTs: lastMs + 1,
      toTs: backfillFrom,
      reason: "the process was down",
    });
    return backfillFrom;
  }

  #seek(tsMs: number): void {
    const running = this.#running;
    if (running === null) return;
    running.parts.source.seek(tsMs);
    running.buffer.clear();
    this.#positionMs = tsMs;
    this.#madeUntilMs = tsMs;
  }

  #followControl(): void {
    const [running, told] = [this.#running, this.#told];
    this.#told = null;
    if (running === null || told === null) return;
    const { timeline, revision } = told;
    const { added, fromMs } = controlChange(running.timeline, timeline);
    if (fromMs < this.#madeUntilMs || added === null) {
      this.#remake(running, timeline, revision);
    } else for (const entry of added) running.parts.source.control(entry);
    running.timeline = timeline;
    running.pipeline.follow(timeline);
    this.#noteControl(timeline, revision);
    this.#report();
  }

  /**
   * Goes on with a generator that has known the timeline from the start, as that of every other process
   * has: after a loss of contact the tapes are the same bytes again from here on.
   */
  #remake(running: Running, timeline: ControlTimeline, revision: number): void {
    const { createParts, post } = this.#options;
    running.parts = createParts({ ...running.spec, timeline });
    running.parts.source.seek(this.#madeUntilMs);
    post({
      type: "log",
      level: "warn",
      event: "control_late",
      fields: {
        revision,
        wanted: timeline.at(-1)?.activate_at ?? 0,
        activated: this.#madeUntilMs,
      },
    });
  }

  #noteControl(timeline: ControlTimeline, revision: number): void {
    this.#revision = revision;
    this.#activateAt = Math.max(0, timeline.at(-1)?.activate_at ?? 0);
  }

  /** One step; returns ms to wait before the next, 0 for none. */
  #turn(): number {
    const running = this.#running;
    if (running === null) return STATE_EVERY_MS;
    if (running.emitter.batches - this.#acked >= running.spec.maxInFlight) return STATE_EVERY_MS;
    const nowMs = this.#eventClock.nowMs();
    const untilMs = this.#phase === "live" ? nowMs : this.#phaseEnd();
    if (this.#phase === "live" && nowMs - this.#positionMs > MAX_CATCH_UP_MS) this.#skip(nowMs);
    const stopMs = Math.min(untilMs, this.#positionMs + STRIDE_MS);
    while (this.#positionMs + SLICE_MS <= stopMs) this.#slice(running);
    if (this.#positionMs + SLICE_MS <= untilMs) {
      this.#isBehind = true;
      return 0;
    }
    if (this.#phase !== "live") {
      this.#nextPhase(running);
      return 0;
    }
    running.emitter.flush(this.#positionMs);
    if (this.#isBehind) {
      this.#isBehind = false;
      this.#report();
    }
    if (this.#madeUntilMs - nowMs <= LEAD_MS) this.#make(running);
    return Math.max(1, Math.min(STATE_EVERY_MS, this.#positionMs + SLICE_MS - nowMs));
  }

  #phaseEnd(): number {
    return this.#phase === "warming" ? this.#historyFromMs : this.#bootUntilMs;
  }

  #nextPhase(running: Running): void {
    const { emitter } = running;
    if (this.#phase === "warming") {
      emitter.mode = "all";
      return this.#setPhase("backfill");
    }
    emitter.flush(this.#positionMs);
    // The making of the history took a while, and that stretch is history too.
    const nowMs = Math.floor(this.#eventClock.nowMs() / SECOND_MS) * SECOND_MS;
    if (nowMs - this.#positionMs > SECOND_MS) {
      this.#bootUntilMs = nowMs;
      return;
    }
    emitter.forgetStored();
    emitter.live = true;
    this.#setPhase("live");
  }

  #make(running: Running): void {
    running.parts.source.advance(this.#madeUntilMs + SECOND_MS, running.buffer);
    this.#madeUntilMs += SECOND_MS;
  }

  #slice(running: Running): void {
    const endMs = this.#positionMs + SLICE_MS;
    while (this.#madeUntilMs < endMs) this.#make(running);
    running.buffer.release(endMs, running.pipeline);
    running.pipeline.advance(endMs);
    this.#positionMs = endMs;
    if (this.#phase === "live") running.emitter.flush(endMs);
  }

  #skip(nowMs: number): void {
    const fromTs = this.#positionMs;
    const toTs = Math.floor(nowMs / SECOND_MS) * SECOND_MS;
    this.#seek(toTs);
    this.#options.post({ type: "skipped", fromTs, toTs, reason: "the machine slept" });
  }

  #setPhase(phase: TapePhase): void {
    this.#phase = phase;
    this.#report();
  }

  #reportWhenDue(): void {
    if (this.#options.clock.nowMs() - this.#reportedAtMs >= STATE_EVERY_MS) this.#report();
  }

  #report(): void {
    const { clock, post } = this.#options;
    this.#reportedAtMs = clock.nowMs();
    const nowMs = this.#eventClock.nowMs();
    const span = this.#bootUntilMs - this.#bootFromMs;
    const done = this.#positionMs - this.#bootFromMs;
    post({
      type: "state",
      state: {
        phase: this.#phase,
        progress: this.#phase === "live" || span <= 0 ? 1 : Math.min(1, done / span),
        originTs: this.#bootFromMs,
        firstTs: this.#historyFromMs,
        positionTs: this.#positionMs,
        lagMs: Math.max(0, nowMs - this.#positionMs - SLICE_MS),
        revision: this.#revision,
        activateAt: this.#activateAt,
        inForce: this.#positionMs >= this.#activateAt,
        scene: this.#running?.parts.scene(this.#positionMs) ?? null,
        message: this.#message,
      },
    });
  }
}
