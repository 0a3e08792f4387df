import type { StreamName } from "../../engine/frames/records.ts";
import {
  type ControlEntry,
  type ControlTimeline,
  DEFAULT_CONTROL,
} from "../../engine/regime/mod.ts";
import { type AnyRecord, TapeStore } from "../../modules/tape/mod.ts";
import { createLogger, Hub } from "../kit/mod.ts";
import { createFlow } from "../tape/flow.ts";
import type { CreateParts } from "../tape/source.ts";
import { tapeProgram } from "../tape/tape_program.ts";
import { TapeService, type TapeServiceOptions } from "../tape/tape_service.ts";
import { noCounts } from "../tape/profile_counts.ts";
import { ManualClock, settle } from "./manual_clock.ts";
import { ScriptedTape, type ScriptOptions } from "./scripted_tape.ts";

/** Wall time at which rigs start: a Tuesday at 10:00 in New York. */
export const RIG_START_MS = Date.UTC(2026, 0, 13, 15, 0, 0);

/** Settings of a tape that makes two minutes of history. */
export const RIG_CONFIG: TapeServiceOptions["config"] = {
  optionsAdapter: "synthetic",
  equitiesAdapter: "synthetic",
  tapeClock: "loop",
  tapeLoad: "steady",
  tapeBackfillMinutes: 2,
  nbboMaxAgeMs: 30_000,
  equityQuoteMaxAgeMs: 2_000,
  clusterGapMs: 1_500,
  clusterSpanMs: 6_000,
  candleIntervalsMs: [60_000, 300_000],
};

/** A start with nine minutes less to make, for tests in which no row has to be that of a tape which never stopped. */
export const SHORT_WARM_UP = { warmUpMs: 60_000 } as const;

/** How a rig differs from the usual. */
export interface RigOptions {
  readonly clock?: ManualClock;
  /** Store to go on with; a new one in memory when omitted. */
  readonly store?: TapeStore;
  readonly config?: Partial<TapeServiceOptions["config"]>;
  readonly script?: ScriptOptions;
  readonly warmUpMs?: number;
  readonly writer?: TapeServiceOptions["writer"];
  readonly timeline?: ControlTimeline;
  /** Where the tape is made; on this thread when omitted. */
  readonly worker?: TapeServiceOptions["worker"];
  /** Makes the generator; the scripted exchange when omitted. */
  readonly createParts?: CreateParts;
}

/** A store in memory. */
export async function memoryStore(): Promise<TapeStore> {
  return await TapeStore.open({ openKv: () => Deno.openKv(":memory:") });
}

/** The control state as a test sets it. */
export class RigControl {
  view: { readonly revision: number; readonly timeline: ControlTimeline };
  #listener: ((view: RigControl["view"]) => void) | null = null;

  constructor(timeline: ControlTimeline) {
    this.view = { revision: 1, timeline };
  }

  onChange(listener: (view: RigControl["view"]) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = null;
    };
  }

  /** Writes an entry. */
  put(entry: ControlEntry): void {
    this.view = { revision: this.view.revision + 1, timeline: [...this.view.timeline, entry] };
    this.#listener?.(this.view);
  }
}

/** A tape service on a scripted exchange, a store in memory and a clock that the test holds. */
export class TapeRig {
  readonly clock: ManualClock;
  readonly store: TapeStore;
  readonly service: TapeService;
  readonly control: RigControl;
  readonly logLines: string[];

  private constructor(parts: {
    clock: ManualClock;
    store: TapeStore;
    service: TapeService;
    control: RigControl;
    logLines: string[];
  }) {
    this.clock = parts.clock;
    this.store = parts.store;
    this.service = parts.service;
    this.control = parts.control;
    this.logLines = parts.logLines;
  }

  /** Builds a service; it is not started. */
  static async create(options: RigOptions = {}): Promise<TapeRig> {
    const clock = options.clock ?? new ManualClock(RIG_START_MS);
    const store = options.store ?? await memoryStore();
    const control = new RigControl(
      options.timeline ?? [{ activate_at: 0, snapshot: DEFAULT_CONTROL }],
    );
    const logLines: string[] = [];
    const log = createLogger("tape", {
      level: "debug",
      human: false,
      now: () => new Date(0),
      write: (line) => logLines.push(line),
    });
    const worker = options.worker ?? tapeProgram({
      clock,
      createFlow,
      ...(options.warmUpMs !== undefined && { warmUpMs: options.warmUpMs }),
      createParts: options.createParts ?? ((spec) => ({
        source: new ScriptedTape(spec.timeline, options.script),
        scene: () => ({
          sessionId: 1,
          phase: "midday",
          regime: "arb_calm",
          preset: "balanced_demo",
          focusSymbols: ["SPY"],
          eventSymbols: [],
          generatedHits: noCounts(),
        }),
      })),
    });
    const service = new TapeService({
      config: { ...RIG_CONFIG, ...options.config },
      hub: new Hub(),
      store,
      control,
      log,
      clock,
      worker,
      ...(options.writer !== undefined && { writer: options.writer }),
    });
    return new TapeRig({ clock, store, service, control, logLines });
  }

  /** Starts and waits until the history is made and stored. */
  async goLive(): Promise<void> {
    await this.service.start();
    await settle(() => this.service.status().phase === "live" && this.#isIdle);
  }

  /** Lets time pass in half seconds; waits until all that is due is published. */
  async advance(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 500) {
      this.clock.advance(Math.min(500, ms - passed));
      await this.caughtUp();
    }
  }

  /** Lets time pass whether or not anything is published. */
  async passed(ms: number): Promise<void> {
    this.clock.advance(ms);
    await new Promise((resolve) => setTimeout(resolve, 0));
    await settle(() => this.#isIdle);
  }

  /** Waits until all that is due is published. */
  async caughtUp(): Promise<void> {
    await settle(() => this.service.status().lag_ms === 0 && this.#isPositionDue && this.#isIdle);
  }

  /** Ends the process as a power cut does: what is under way is lost. */
  crash(): void {
    this.service.abandon();
  }

  /** Ends service and store. */
  async stop(): Promise<void> {
    await this.service.stop();
    await this.store.close();
  }

  get #isIdle(): boolean {
    return this.service.figures().queued === 0 && !this.service.isDraining;
  }

  get #isPositionDue(): boolean {
    return this.service.positionTs >= Math.floor(this.clock.wallMs / 100) * 100 - 250;
  }
}

/** Every stored row of a stream, oldest first. */
export async function storedRows(store: TapeStore, stream: StreamName): Promise<AnyRecord[]> {
  const all: AnyRecord[] = [];
  let position: { ts: number; seq: number } | null = null;
  while (true) {
    const page: { rows: readonly AnyRecord[]; next: { ts: number; seq: number } | null } =
      await store.after(stream, position, { limit: 5_000 });
    all.push(...page.rows);
    if (page.next === null) return all;
    position = page.next;
  }
}
