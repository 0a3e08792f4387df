import { batch, computed, type ReadonlySignal, type Signal } from "@preact/signals";
import { type Provenance, stampText } from "../../../modules/kit/contract.ts";
import { FrameStats, type GridPicture, type PlotArea } from "../canvas/mod.ts";
import { FeedClock, ScreenAge, type ScreenFacts, ServerClock } from "../clock/mod.ts";
import { pageMs } from "../socket/mod.ts";
import { nsToMs } from "../text/mod.ts";

const BEAT_MS = 250;
/** A beat waits so much longer for a frame in which something is drawn anyway, ms. */
const BEAT_SLACK_MS = 100;

/** What the state of every page with a picture has. */
export interface PictureState {
  /** Between the right edge and the newest column, ms. */
  readonly behindMs: Signal<number>;
  readonly followSpot: Signal<boolean>;
  /** Counts up four times a second, and when something else than the picture is to be drawn anew. */
  readonly beat: Signal<number>;
}

/** The market's clock as the server tells it. */
interface ToldClock {
  readonly dueNs: string;
  /** When it was told, by the server's clock, epoch ms. */
  readonly atMs: number;
  readonly rate: number;
}

/**
 * The clockwork of a page that draws a grid as it comes: asks for a frame when there is something to show,
 * knows how old the picture is and whose market it shows, and follows the time of a replay.
 */
export abstract class PictureDriver<Picture extends GridPicture<PlotArea>> {
  readonly stats = new FrameStats();
  /** How old the picture is. */
  readonly screen: ScreenAge = new ScreenAge({
    now: () => this.replayTs() ?? this.feedClock.now(this.#serverMs()),
    arrivedMs: () => this.replayTs() ?? this.feedClock.arrivedMs,
    facts: () => this.facts(),
  });
  /** Whose market the picture shows; null while none is open. */
  readonly provenance: ReadonlySignal<Provenance | null>;
  /** Time of the replay that the page follows, epoch ms; null while it is live. */
  readonly replayTs: () => number | null;
  protected readonly server = new ServerClock();
  protected readonly feedClock = new FeedClock();
  readonly #state: PictureState;
  #picture: Picture | null = null;
  /** The frame that was asked for; 0: none. */
  #frame = 0;
  #beatTimer: ReturnType<typeof setTimeout> | undefined;
  #beatAt = 0;
  readonly #watchers = new Set<() => void>();

  /**
   * @param marketOf Whose market the state shows; it reads signals.
   * @param replayTs Time of the replay that the page follows, epoch ms; null while it is live.
   */
  constructor(
    state: PictureState,
    marketOf: () => Provenance | null,
    replayTs: () => number | null,
  ) {
    this.#state = state;
    this.replayTs = replayTs;
    let before: Provenance | null = null;
    this.provenance = computed(() => {
      const now = marketOf();
      // A state comes every other second; it is another market seldom.
      const isSame = before !== null && now !== null && stampText(before) === stampText(now);
      return before = isSame ? before : now;
    });
  }

  /** What is drawn; null before the start and after the end. */
  get picture(): Picture | null {
    return this.#picture;
  }

  /** Calls back after every drawn frame, for what is not drawn on canvas. Returns the undo. */
  watch(callback: () => void): () => void {
    this.#watchers.add(callback);
    return () => this.#watchers.delete(callback);
  }

  /** Looks in the next frame whether anything has come, or the time of a replay has moved. */
  wake(): void {
    if (this.#frame !== 0 || this.#picture === null) return;
    this.#frame = requestAnimationFrame((now) => {
      this.#onFrame(now);
      this.#frame = 0; // what a frame changes before it draws asks for no other one
      if (this.isMore || this.#picture?.isStale === true) this.wake();
    });
  }

  /** Draws a picture from now on. */
  protected begin(picture: Picture): void {
    this.#picture = picture;
    picture.onStale = () => this.wake();
  }

  /** Draws no more. */
  protected end(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#beatTimer);
    this.#frame = 0;
    this.#picture = null;
  }

  /** Takes the market's clock; null where it stands. */
  protected takeClock(clock: ToldClock | null): void {
    this.feedClock.take(
      clock === null
        ? null
        : { dueMs: nsToMs(clock.dueNs), serverMs: clock.atMs, rate: clock.rate },
    );
  }

  /** What is true of what is drawn. */
  protected abstract facts(): ScreenFacts;

  /** Takes in what has come, ahead of a drawing. @param beganMs When the frame began, page ms. */
  protected abstract takeIn(beganMs: number): void;

  /** Whether the next frame has something to do, as far as is known, beside the drawing. */
  protected abstract get isMore(): boolean;

  /** Called four times a second, ahead of what shows figures. */
  protected onBeat(): void {}

  #serverMs(): number | null {
    const { skewMs } = this.server;
    return skewMs === null ? null : pageMs() + skewMs;
  }

  #onFrame(now: number): void {
    const began = performance.now();
    this.takeIn(began);
    const isDrawn = this.#picture?.draw() === true;
    if (isDrawn) {
      this.stats.add(performance.now() - began);
      for (const callback of this.#watchers) callback();
    }
    if (now - this.#beatAt >= BEAT_MS) this.#beat(now);
    if (isDrawn) this.screen.drawn(this.#picture?.newestMs() ?? null);
  }

  #beat(now: number): void {
    this.#beatAt = now;
    this.onBeat();
    batch(() => {
      this.#state.behindMs.value = this.#picture?.behindMs() ?? 0;
      this.#state.followSpot.value = this.#picture?.followsSpot ?? true;
      this.#state.beat.value++;
    });
    clearTimeout(this.#beatTimer);
    this.#beatTimer = setTimeout(() => this.wake(), BEAT_MS + BEAT_SLACK_MS);
  }
}
