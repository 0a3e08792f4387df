import { flowOrigin } from "../../engine/flow/mod.ts";
import { controlChange, type ControlTimeline } from "../../engine/regime/mod.ts";
import { type Clock, EventClock, PacedLoop } from "../kit/worker.ts";
import { Emitter } from "./_emitter.ts";
import { RawBuffer } from "./_raw_buffer.ts";
import type { TapeFlow } from "./flow.ts";
import type { TapeHostPort, TapePhase, TapeSpec } from "./protocol.ts";
import type { CreateFlow, CreateParts, TapeParts } from "./source.ts";

/** Event time of one step: rows go out this often, ms. Steps lie on whole multiples of it. */
export const SLICE_MS = 100;

const SECOND_MS = 1_000;

/** A second is made when it is this near, so that its first rows are not late, ms. */
const LEAD_MS = 150;

/** A tape that is later than this does not catch up: the machine slept. */
const MAX_CATCH_UP_MS = 1_800_000;

/** Longest stretch made between two looks at the messages, ms of event time. */
const STRIDE_MS = 2_000;

/** A clock that was set back by less makes the tape stand without a word, ms. */
const LEAST_STEP_MS = 1_000;

/** How often the state is sent when nothing changes, ms. */
const STATE_EVERY_MS = 250;

/** How a runner breathes and makes its parts. */
export interface TapeRunnerOptions {
  readonly clock: Clock;
  readonly host: TapeHostPort;
  readonly createParts: CreateParts;
  readonly createFlow: CreateFlow;
  /** Lets messages in between two steps; one turn of the event loop when omitted. */
  readonly breathe?: () => Promise<void>;
  /** Tape that the pipeline reads before its first row goes out, ms; what makes its rows exact when omitted. */
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
  readonly #loop: PacedLoop;
  /** What is to be made; null before it is told. */
  #spec: TapeSpec | null = null;
  #phase: TapePhase = "starting";
  #message: string | null = null;
  #running: Running | null = null;
  #eventClock: EventClock;
  /** Everything before it was handed to the pipeline; a multiple of the slice. */
  #positionMs = 0;
  /** Everything before it was made; a whole second. */
  #madeUntilMs = 0;
  #bootFromMs = 0;
  #isBehind = false;
  /** Whether the last step was left out as too many batches are under way. */
  #waitsForCredit = false;
  #historyFromMs = 0;
  #bootUntilMs = 0;
  #revision = 0;
  #activateAt = 0;
  /** By how much the clock was set back for which the tape waits, ms; 0 while it does not. */
  #steppedBackMs = 0;

  constructor(options: TapeRunnerOptions) {
    this.#options = options;
    this.#eventClock = new EventClock(options.clock);
    this.#loop = new PacedLoop({
      clock: options.clock,
      step: () => this.#step(),
      report: () => this.#tell(),
      reportEveryMs: STATE_EVERY_MS,
      breathe: options.breathe,
    });
    options.host.onGrant = () => {
      if (this.#waitsForCredit) this.#loop.wake();
    };
  }

  /** Follows the timeline after a change, from the next step on. */
  control(timeline: ControlTimeline, revision: number): Promise<void> {
    return this.#loop.between(() => this.#followControl(timeline, revision));
  }

  /** Ends the loop after the step that runs. */
  stop(): void {
    this.#loop.stop();
  }

  /** Makes the tape until {@link TapeRunner.stop}. A failure becomes the phase "failed". */
  async run(spec: TapeSpec): Promise<void> {
    this.#spec = spec;
    try {
      await this.#loop.run();
    } catch (error) {
      this.#message = error instanceof Error ? error.message : String(error);
      this.#phase = "failed";
      const fields = { message: this.#message, position: this.#positionMs };
      this.#options.host.notify("log", { level: "error", event: "tape_failed", fields });
      this.#loop.report();
    }
  }

  #boot(spec: TapeSpec): Running {
    const { createParts, host } = this.#options;
    const emitter = new Emitter(host, spec.resume);
    const nowMs = Math.floor(this.#eventClock.nowMs() / SECOND_MS) * SECOND_MS;
    const { fromMs, resumes } = this.#historyStart(spec, nowMs);
    // The raw rows of a warm-up are stored already, or a later replay warms up with them.
    emitter.begin(resumes ? fromMs : -Infinity, fromMs);
    this.#noteControl(spec.timeline, spec.revision);
    return this.#begin(spec, createParts(spec), emitter, [fromMs, nowMs]);
  }

  /** Begins with the warm-up of a history, whose rows are then those of a tape that never stopped. */
  #begin(
    spec: TapeSpec,
    parts: TapeParts,
    emitter: Emitter,
    [fromMs, untilMs]: readonly [number, number],
  ): Running {
    const { createFlow, warmUpMs } = this.#options;
    const originMs = warmUpMs === undefined ? flowOrigin(fromMs, spec.flow) : fromMs - warmUpMs;
    this.#bootFromMs = Math.floor(originMs / SECOND_MS) * SECOND_MS;
    [this.#historyFromMs, this.#bootUntilMs] = [fromMs, untilMs];
    const pipeline = createFlow(
      spec,
      this.#bootFromMs,
      (stream, record) => emitter.take(stream, record, this.#positionMs),
    );
    const { timeline } = spec;
    const running = { spec, parts, timeline, pipeline, emitter, buffer: new RawBuffer(spec) };
    this.#running = running;
    this.#seek(running, this.#bootFromMs);
    this.#setPhase("warming");
    return running;
  }

  /** First second whose rows go out: the one that the store ends in, or where the backfill begins. */
  #historyStart(spec: TapeSpec, nowMs: number): { fromMs: number; resumes: boolean } {
    const backfillFrom = nowMs - spec.backfillMinutes * 60_000;
    const lastMs = newestStored(spec);
    if (lastMs === -Infinity) return { fromMs: backfillFrom, resumes: false };
    const fromMs = Math.floor(lastMs / SECOND_MS) * SECOND_MS;
    if (nowMs - fromMs <= MAX_CATCH_UP_MS) return { fromMs, resumes: true };
    this.#options.host.notify("skipped", {
      fromTs: lastMs + 1,
      toTs: backfillFrom,
      reason: "the process was down",
    });
    return { fromMs: backfillFrom, resumes: false };
  }

  #seek(running: Running, tsMs: number): void {
    running.parts.source.seek(tsMs);
    running.buffer.clear();
    this.#positionMs = tsMs;
    this.#madeUntilMs = tsMs;
  }

  #followControl(timeline: ControlTimeline, revision: number): void {
    if (this.#spec !== null) this.#spec = { ...this.#spec, timeline, revision };
    const running = this.#running;
    if (running === null) return;
    const { added, fromMs } = controlChange(running.timeline, timeline);
    if (fromMs < this.#madeUntilMs || added === null) {
      this.#remake(running, timeline, revision);
    } else for (const entry of added) running.parts.source.control(entry);
    running.timeline = timeline;
    running.pipeline.follow(timeline);
    this.#noteControl(timeline, revision);
    this.#loop.report();
  }

  /**
   * Goes on with a generator that has known the timeline from the start, as that of every other process
   * has: after a loss of contact the tapes are the same bytes again from here on.
   */
  #remake(running: Running, timeline: ControlTimeline, revision: number): void {
    const { createParts, host } = this.#options;
    running.parts = createParts({ ...running.spec, timeline });
    running.parts.source.seek(this.#madeUntilMs);
    host.notify("log", {
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
  #step(): number {
    const spec = this.#spec;
    if (spec === null) return STATE_EVERY_MS;
    const { host } = this.#options;
    this.#lookAtClock(spec);
    if (this.#running === null && this.#steppedBackMs > 0) return STATE_EVERY_MS;
    const running = this.#running ?? this.#boot(spec);
    this.#waitsForCredit = host.inFlight >= spec.maxInFlight;
    if (this.#waitsForCredit) return STATE_EVERY_MS;
    const nowMs = this.#eventClock.nowMs();
    const untilMs = this.#phase === "live" ? nowMs : this.#phaseEnd();
    if (this.#phase === "live" && nowMs - this.#positionMs > MAX_CATCH_UP_MS) {
      this.#skip(spec, running, nowMs);
      return 0;
    }
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
      this.#loop.report();
    }
    if (this.#madeUntilMs - nowMs <= LEAD_MS) this.#make(running);
    return Math.max(1, Math.min(STATE_EVERY_MS, this.#positionMs + SLICE_MS - nowMs));
  }

  /**
   * A clock that was set back makes the tape wait until it is where it was, whether the tape has been there
   * itself or finds what a process before it has stored.
   */
  #lookAtClock(spec: TapeSpec): void {
    const nowMs = this.#eventClock.nowMs();
    const waited = this.#steppedBackMs > 0;
    const stands = this.#eventClock.standsForMs;
    const stored = this.#running === null ? newestStored(spec) - SECOND_MS - nowMs : 0;
    const aheadMs = Math.max(waited || stands >= LEAST_STEP_MS ? stands : 0, stored, 0);
    if (waited === aheadMs > 0) return;
    this.#steppedBackMs = aheadMs;
    // Event time stands where the wall clock has to come to.
    this.#message = aheadMs === 0 ? null : steppedBack(nowMs + Math.max(stored, 0), aheadMs);
    if (this.#message !== null) {
      const fields = { message: this.#message };
      this.#options.host.notify("log", { level: "warn", event: "clock_stepped_back", fields });
    }
    this.#loop.report();
  }

  #phaseEnd(): number {
    return this.#phase === "warming" ? this.#historyFromMs : this.#bootUntilMs;
  }

  #nextPhase(running: Running): void {
    const { emitter } = running;
    if (this.#phase === "warming") return this.#setPhase("backfill");
    emitter.flush(this.#positionMs);
    // The making of the history took a while, and that stretch is history too.
    const nowMs = Math.floor(this.#eventClock.nowMs() / SECOND_MS) * SECOND_MS;
    if (nowMs - this.#positionMs > SECOND_MS) {
      this.#bootUntilMs = nowMs;
      return;
    }
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

  #skip(spec: TapeSpec, { parts, emitter }: Running, nowMs: number): void {
    const fromTs = this.#positionMs;
    const toTs = Math.floor(nowMs / SECOND_MS) * SECOND_MS;
    emitter.flush(fromTs);
    emitter.begin(fromTs, toTs);
    this.#begin(spec, parts, emitter, [toTs, toTs]);
    this.#options.host.notify("skipped", { fromTs, toTs, reason: "the machine slept" });
  }

  #setPhase(phase: TapePhase): void {
    this.#phase = phase;
    this.#loop.report();
  }

  #tell(): void {
    const nowMs = this.#eventClock.nowMs();
    const span = this.#bootUntilMs - this.#bootFromMs;
    const done = this.#positionMs - this.#bootFromMs;
    this.#options.host.notify("state", {
      phase: this.#phase,
      progress: this.#phase === "live" ? 1 : span <= 0 ? 0 : Math.min(1, done / span),
      firstTs: this.#historyFromMs,
      positionTs: this.#positionMs,
      lagMs: this.#running === null ? 0 : Math.max(0, nowMs - this.#positionMs - SLICE_MS),
      revision: this.#revision,
      activateAt: this.#activateAt,
      inForce: this.#positionMs >= this.#activateAt,
      scene: this.#running?.parts.scene(this.#positionMs) ?? null,
      message: this.#message,
    });
  }
}

/** Newest stored raw row, epoch ms; -Infinity without one. */
function newestStored({ resume }: TapeSpec): number {
  return Math.max(...Object.values(resume?.raw ?? {}).map((cursor) => cursor.ts), -Infinity);
}

function steppedBack(untilMs: number, aheadMs: number): string {
  const until = new Date(untilMs).toISOString().slice(11, 19);
  return `the clock stepped back by ${
    Math.ceil(aheadMs / SECOND_MS)
  } s; waiting until ${until} UTC`;
}
