import {
  type ControlContent,
  type ControlState,
  type ControlTimeline,
  DEFAULT_CONTROL,
} from "../../engine/regime/mod.ts";
import {
  type ControlLogRow,
  type ControlStore,
  ControlStoreError,
  type StoredControl,
} from "../../modules/control/mod.ts";
import type { Logger } from "../kit/mod.ts";
import { controlDiff } from "./diff.ts";
import { activationOf, logRow, timelineOf } from "./timeline.ts";

/** Time between two looks at the store that prove the watch alive, ms. */
const PROBE_MS = 5_000;

/** A store that has not answered for so long is away, ms: two looks and the longest answer. */
const LATE_MS = 15_000;

/** Shortest and longest wait before the store is read and watched again, ms. */
const BACKOFF_MS = { first: 500, most: 10_000 } as const;

/** Attempts at a write that others overtake. */
const MAX_WRITE_ATTEMPTS = 5;

/** Times that the service reads: monotonic and wall, both in ms, and a wait. */
export interface ControlClock {
  nowMs(): number;
  epochMs(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** What the service is made of. */
export interface ControlServiceOptions {
  readonly store: ControlStore;
  readonly clock: ControlClock;
  readonly log: Logger;
  /** Seed of the state that is created when the store is empty. */
  readonly seed: number;
}

/** The control state in use, as listeners get it. */
export interface ControlView {
  readonly control: ControlState;
  /** 0 until the store answered. */
  readonly revision: number;
  /** Epoch ms from which `control` is in force. */
  readonly activateAt: number;
  /** Every state since the first, with its activation. */
  readonly timeline: ControlTimeline;
}

/** A write, as the caller asks for it. */
export interface ControlWrite {
  readonly content: ControlContent;
  readonly operator: string;
  /** Refuse the write when another revision is stored. */
  readonly ifRevision?: number;
}

/** How a write ended. */
export type ControlWritten =
  | { readonly kind: "written" | "same"; readonly view: ControlView; readonly diff: string }
  | { readonly kind: "stale"; readonly revision: number };

/** Counts since the start. */
export interface ControlCounters {
  writes: number;
  invalidStored: number;
  malformedLogRows: number;
  storeErrors: number;
  watchRestarts: number;
  listenerErrors: number;
}

/**
 * Holds the control state of this process: reads it at the start, follows it, writes it, and keeps
 * the last good one when the store goes away.
 */
export class ControlService {
  readonly counters: ControlCounters = {
    writes: 0,
    invalidStored: 0,
    malformedLogRows: 0,
    storeErrors: 0,
    watchRestarts: 0,
    listenerErrors: 0,
  };
  readonly #store: ControlStore;
  readonly #clock: ControlClock;
  readonly #log: Logger;
  readonly #initial: ControlState;
  readonly #listeners = new Set<(view: ControlView) => void>();
  readonly #stop = new AbortController();
  #view: ControlView;
  /** Highest revision seen, also when its value was malformed. */
  #seen = 0;
  #confirmedMs: number | null = null;
  #following: Promise<void> | null = null;
  #applying: Promise<void> = Promise.resolve();

  constructor(options: ControlServiceOptions) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#initial = { ...DEFAULT_CONTROL, shared_seed: options.seed };
    const timeline = timelineOf([], this.#initial);
    this.#view = { control: this.#initial, revision: 0, activateAt: 0, timeline };
  }

  /** The state in use. */
  get view(): ControlView {
    return this.#view;
  }

  /** Revision that is stored, also when its value was no control state; 0 until the store answered. */
  get storedRevision(): number {
    return this.#seen;
  }

  /** Time since the store last answered, ms; null before the first answer. */
  get controlWatchAgeMs(): number | null {
    return this.#confirmedMs === null ? null : this.#clock.nowMs() - this.#confirmedMs;
  }

  /** Whether the store answers: the service looks every five seconds. */
  readiness(): { readonly ok: boolean; readonly detail: string } {
    const ageMs = this.controlWatchAgeMs;
    if (ageMs === null) return { ok: false, detail: "never answered" };
    const detail = `revision ${this.#seen}, answered ${Math.round(ageMs / 1_000)} s ago`;
    return { ok: ageMs < LATE_MS, detail };
  }

  /** Wall clock that writes are stamped with, epoch ms. */
  epochMs(): number {
    return this.#clock.epochMs();
  }

  /** Calls `listener` after every change, until the returned function is called. */
  onChange(listener: (view: ControlView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Reads the store, creates the first state if there is none, and follows it from then on. A store
   * that is away is no error: the defaults hold until it answers.
   */
  async start(): Promise<void> {
    if (this.#following !== null) return;
    const isRead = await this.#tryRead();
    this.#following = this.#follow(isRead);
  }

  /** Ends the watch. The store stays open. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#following;
    this.#listeners.clear();
  }

  /**
   * Stores a new state. Equal content keeps the stored revision.
   *
   * @throws {ControlStoreError} When the store is away; the write may then still have taken place.
   */
  async put(write: ControlWrite): Promise<ControlWritten> {
    for (let attempt = 0; attempt < MAX_WRITE_ATTEMPTS; attempt++) {
      const before = await this.#readOrCreate();
      if (write.ifRevision !== undefined && write.ifRevision !== before.revision) {
        return { kind: "stale", revision: before.revision };
      }
      const base = before.control ?? this.#initial;
      const diff = controlDiff(base, write.content);
      if (before.control !== null && diff === "") {
        await this.#apply(before);
        return { kind: "same", view: this.#view, diff };
      }
      const control: ControlState = {
        ...write.content,
        // Never before the state it follows, whatever the clock of another machine said.
        updated_at: Math.max(this.#clock.epochMs(), base.updated_at, 1),
        updated_by: write.operator,
      };
      const revision = await this.#store.put(control, before.revision);
      if (revision === null) continue;
      this.counters.writes++;
      await this.#apply({ revision, control });
      return { kind: "written", view: this.#view, diff };
    }
    throw new ControlStoreError(
      `Cannot write the control state as others wrote it ${MAX_WRITE_ATTEMPTS} times meanwhile`,
    );
  }

  async #readOrCreate(): Promise<StoredControl> {
    const found = await this.#store.get();
    if (found !== null) return found;
    const revision = await this.#store.create(this.#initial);
    if (revision !== null) {
      this.#log.info("control_created", { revision });
      return { revision, control: this.#initial };
    }
    const other = await this.#store.get();
    if (other === null) throw new ControlStoreError("Cannot read the control state: it vanished");
    return other;
  }

  /** Reads and applies the stored state. Returns whether the store answered. */
  async #tryRead(): Promise<boolean> {
    try {
      const found = await this.#readOrCreate();
      this.#confirmedMs = this.#clock.nowMs();
      await this.#apply(found);
      return true;
    } catch (error) {
      this.#storeAway(error);
      return false;
    }
  }

  /** Watches the store until the service stops; re-reads and watches again after every loss. */
  async #follow(isRead: boolean): Promise<void> {
    const { signal } = this.#stop;
    let waitMs: number = BACKOFF_MS.first;
    while (!signal.aborted) {
      if (isRead) {
        waitMs = BACKOFF_MS.first;
        await this.#watchUntilLost();
        if (signal.aborted) return;
        this.counters.watchRestarts++;
      }
      await this.#clock.sleep(waitMs, signal);
      if (signal.aborted) return;
      waitMs = Math.min(waitMs * 2, BACKOFF_MS.most);
      isRead = await this.#tryRead();
    }
  }

  /** Applies what the watch yields. Ends when the watch ends or a look at the store fails. */
  async #watchUntilLost(): Promise<void> {
    const lost = new AbortController();
    const signal = AbortSignal.any([lost.signal, this.#stop.signal]);
    const probing = this.#probe(lost, signal);
    try {
      for await (const entry of this.#store.watch(this.#seen, signal)) {
        this.#confirmedMs = this.#clock.nowMs();
        await this.#apply(entry);
      }
    } catch (error) {
      if (!signal.aborted) this.#storeAway(error);
    } finally {
      lost.abort();
      await probing;
    }
  }

  /** A watch can fall silent without an error, so the store is asked as well. */
  async #probe(lost: AbortController, signal: AbortSignal): Promise<void> {
    while (true) {
      await this.#clock.sleep(PROBE_MS, signal);
      if (signal.aborted) return;
      if (await this.#tryRead()) continue;
      lost.abort();
      return;
    }
  }

  /** Takes over a stored state with a higher revision; one at a time, as the log is read between. */
  async #apply(entry: StoredControl): Promise<void> {
    const next = this.#applying.then(() => this.#applyNow(entry));
    this.#applying = next.catch(() => {});
    await next;
  }

  async #applyNow({ revision, control }: StoredControl): Promise<void> {
    if (revision <= this.#seen) return;
    if (control === null) return await this.#invalid(revision);
    await this.#store.appendLog(logRow(revision, control));
    const { rows, malformed } = await this.#store.readLog();
    this.#seen = revision;
    this.counters.malformedLogRows = malformed;
    this.#use(rows.filter((row) => row.revision <= revision), logRow(revision, control));
  }

  /** Keeps the last good state; at the start that is the newest one in the log, if there is one. */
  async #invalid(revision: number): Promise<void> {
    this.counters.invalidStored++;
    this.#log.error("control_invalid", { revision });
    const { rows } = this.#view.revision === 0 ? await this.#store.readLog() : { rows: [] };
    this.#seen = revision;
    const last = rows.at(-1);
    if (last !== undefined) this.#use(rows, last);
  }

  #use(rows: readonly ControlLogRow[], { revision, snapshot }: ControlLogRow): void {
    const timeline = timelineOf(rows, snapshot);
    const activateAt = timeline.at(-1)?.activate_at ?? activationOf(snapshot);
    this.#view = { control: snapshot, revision, activateAt, timeline };
    this.#log.info("control_applied", { revision, activateAt, by: snapshot.updated_by });
    for (const listener of this.#listeners) this.#tell(listener);
  }

  #tell(listener: (view: ControlView) => void): void {
    try {
      listener(this.#view);
    } catch (error) {
      this.counters.listenerErrors++;
      this.#log.error("control_listener_failed", { message: String(error) });
    }
  }

  #storeAway(error: unknown): void {
    this.counters.storeErrors++;
    // Whatever it was: following goes on, so that no failure leaves a process behind for good.
    const known = error instanceof ControlStoreError;
    const cause = known && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    const message = (error instanceof Error ? error.message : String(error)) + cause;
    this.#log[known ? "warn" : "error"]("control_store_away", { message });
  }
}
