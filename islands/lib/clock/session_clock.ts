import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { pageMs, type ReplayReading } from "../socket/mod.ts";

/** What moves the time of a replay. Each resolves when it is done, or has been refused. */
export interface ClockHands {
  play(): Promise<void>;
  pause(): Promise<void>;
  /** @param ts Epoch ms of the tape. */
  seek(ts: number): Promise<void>;
  /** Advances a paused clock. */
  step(ms: number): Promise<void>;
  /** @param speed Multiple of recorded time. */
  setSpeed(speed: number): Promise<void>;
}

/** The one clock of a page: every pane and the heatmap go by it, live and in a replay. */
export class SessionClock {
  readonly #mode: Signal<"live" | "replay"> = signal<"live" | "replay">("live");
  readonly #reading: Signal<ReplayReading | null> = signal<ReplayReading | null>(null);
  readonly #skewMs: () => number;
  #hands: ClockHands | null = null;
  #startTs = 0;
  #readAtMs = 0;

  /** @param skewMs The server's clock less the page's, ms. */
  constructor(skewMs: () => number) {
    this.#skewMs = skewMs;
  }

  /** What the page goes by: the living market, or a stretch of the stored tape. */
  get mode(): ReadonlySignal<"live" | "replay"> {
    return this.#mode;
  }

  /** What the replay's clock said last; null while the page is live, and before the first word. */
  get reading(): ReadonlySignal<ReplayReading | null> {
    return this.#reading;
  }

  /** Time that rows are measured against, epoch ms: the server's, or that of the replay. */
  now(): number {
    if (this.#mode.peek() === "live") return pageMs() + this.#skewMs();
    const reading = this.#reading.peek();
    if (reading === null) return this.#startTs;
    if (reading.phase !== "running") return reading.ts;
    const passedMs = (pageMs() - this.#readAtMs) * reading.speed;
    return Math.min(reading.endTs, reading.ts + passedMs);
  }

  /** True while time passes. Reads signals. */
  get isPlaying(): boolean {
    return this.#mode.value === "live" || this.#reading.value?.phase === "running";
  }

  /** Multiple of recorded time; 1 while the page is live. Reads a signal. */
  get speed(): number {
    return this.#reading.value?.speed ?? 1;
  }

  /**
   * Goes by a replay from now on; its first reading is still to come.
   *
   * @param startTs Where the replayed stretch begins, epoch ms of the tape.
   */
  enterReplay(hands: ClockHands, startTs: number): void {
    this.#hands = hands;
    this.#startTs = startTs;
    this.#reading.value = null;
    this.#mode.value = "replay";
  }

  /** Goes by the living market again. */
  leaveReplay(): void {
    this.#hands = null;
    this.#mode.value = "live";
    this.#reading.value = null;
  }

  /** Takes a word of the replay's clock. @param atMs When it came, by the page's clock. */
  take(reading: ReplayReading, atMs: number): void {
    if (this.#mode.peek() === "live") return; // of a replay that was left
    this.#readAtMs = atMs;
    this.#reading.value = reading;
  }

  /** Lets a replay run, or stops it. Nothing happens while the page is live. */
  async togglePlaying(): Promise<void> {
    if (this.isPlaying) await this.#hands?.pause();
    else await this.#hands?.play();
  }

  /** Jumps within the replay's stretch. @param ts Epoch ms. */
  async seek(ts: number): Promise<void> {
    const reading = this.#reading.peek();
    if (reading === null) return;
    await this.#hands?.seek(Math.round(Math.min(reading.endTs, Math.max(reading.startTs, ts))));
  }

  /** Stops the replay and advances it. */
  async step(ms: number): Promise<void> {
    await this.#hands?.step(ms);
  }

  /** @param speed Multiple of recorded time. */
  async setSpeed(speed: number): Promise<void> {
    await this.#hands?.setSpeed(speed);
  }
}
