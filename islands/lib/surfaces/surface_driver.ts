import { feedChangeText, isSameFeed } from "../../../modules/kit/contract.ts";
import type { WhatIf } from "../../../engine/surfaces/profile/mod.ts";
import { readTheme } from "../canvas/mod.ts";
import type { ScreenFacts } from "../clock/mod.ts";
import { PictureDriver } from "../picture/mod.ts";
import { LinkPort, type LinkState, pageMs } from "../socket/mod.ts";
import { nsToMs } from "../text/mod.ts";
import { askFeed, type FeedWord, marketOf } from "./feed_word.ts";
import type { SurfaceState } from "./state.ts";
import {
  surfaceFacts,
  type SurfaceHealth,
  surfaceHealth,
  type SurfaceReading,
} from "./surface_health.ts";
import { LAYER_NEEDS } from "./layers.ts";
import type { OptionalSurface } from "./surface_window.ts";
import type { FromSurfaces, ToSurfaces } from "./surface_protocol.ts";
import { SurfaceStore } from "./surface_store.ts";
import { SurfaceView } from "./surface_view.ts";
import { supposed } from "./what_if.ts";

const ASK_FEED_MS = 2_000;
/** Seconds on each side of the crosshair that are fetched together. */
const AROUND_S = 20;
const NO_WORKER =
  "The worker of the surfaces could not be loaded. The page reads them by itself and may stutter.";
const NO_READER = "The code that reads the surfaces could not be loaded: the server may be gone";

/** Where a page of the driver gets its windows. */
export interface SurfaceSource {
  /** Of the server's sockets, as `wss://host`. */
  readonly origin: string;
  /** Script of the worker that reads them. */
  readonly workerUrl: URL;
}

/** The page's own server. @param bundleUrl Address of the island's bundle: the worker lies beside it. */
export function ownSurfaces(bundleUrl: string): SurfaceSource {
  const { protocol, host } = location;
  return {
    origin: `${protocol === "https:" ? "wss:" : "ws:"}//${host}`,
    workerUrl: new URL("./surface_worker.js", bundleUrl),
  };
}

/** The page's clockwork: socket to store to canvas. */
export class SurfaceDriver extends PictureDriver<SurfaceView> {
  readonly state: SurfaceState;
  readonly store = new SurfaceStore();
  #port: LinkPort<ToSurfaces, FromSurfaces> | null = null;
  #origin = "";
  /** What the past was asked for with. */
  #asked: ReadonlySet<OptionalSurface> = new Set();
  #feedTimer: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();
  #windowAt = pageMs();
  #wordAt = pageMs();
  #hasEnded = false;
  #isReplay = false;
  #replayS: number | null = null;
  /** Second under the crosshair at the last beat. */
  #hoveredS: number | null = null;
  /** Second around which all was fetched last. */
  #fetchedS = -Infinity;
  #isPastDone = false;
  #isRunning = false;

  /** @param replayTs Time of the replay that the page follows, epoch ms; null while it is live. */
  constructor(state: SurfaceState, replayTs: () => number | null = () => null) {
    super(state, () => marketOf(state.feed.value, false), replayTs);
    this.state = state;
  }

  /** Begins to draw on two canvases and to listen to the stream. Returns the undo. */
  start(base: HTMLCanvasElement, overlay: HTMLCanvasElement, source: SurfaceSource): () => void {
    const { layers, assumption } = this.state;
    const look = { layers: layers.peek(), assumption: assumption.peek() };
    this.begin(new SurfaceView({ base, overlay, theme: readTheme() }, this.store, look));
    const port = new LinkPort<ToSurfaces, FromSurfaces>({
      workerUrl: source.workerUrl,
      onPage: async (post) => {
        const { SurfaceReader } = await import("./reader/mod.ts");
        return new SurfaceReader(post);
      },
      take: (message) => this.#take(message),
      onNoWorker: (problem) => {
        if (problem === null) this.state.notice.value = NO_WORKER;
        else this.state.link.value = { kind: "absent", reason: NO_READER };
      },
    });
    this.#port = port;
    this.#origin = source.origin;
    this.#abort = new AbortController();
    this.#open();
    void this.#followFeed();
    this.wake();
    return () => {
      clearTimeout(this.#feedTimer);
      this.#abort.abort();
      port.end({ type: "close" });
      this.#port = null;
      this.end();
    };
  }

  /** Tries the socket at once instead of waiting. */
  reconnect(): void {
    this.#port?.send({ type: "retry" });
  }

  /** Draws layers and assumption as the state has them, and fetches of the past what they need. */
  repaint(): void {
    const { layers, assumption } = this.state;
    const needed = this.#needed();
    if (needed.some((name) => !this.#asked.has(name))) {
      this.#asked = new Set([...this.#asked, ...needed]);
      this.#isPastDone = false;
      this.#port?.send({ type: "past", optional: [...this.#asked] });
    }
    this.picture?.setLook({ layers: layers.peek(), assumption: assumption.peek() });
    this.suppose();
  }

  /** Computes what the state supposes of the spot, and draws it. */
  suppose(): void {
    const { assumption, supposedPoints } = this.state;
    const spotPoints = supposedPoints.peek();
    const isServed = assumption.peek() === "naive" && spotPoints === null;
    const found = isServed ? null : this.supposed();
    this.picture?.setComputed(
      found === null ? null : {
        curve: { pricePoints: found.pricePoints, gex: found.gex },
        zeroGammaPoints: found.zeroGammaPoints,
        spotPoints,
      },
    );
  }

  /** Gamma with the spot where the state supposes it, or where it is; null while the chain has not come. */
  supposed(): WhatIf | null {
    const { latest } = this.store;
    const { supposedPoints, assumption } = this.state;
    const points = supposedPoints.peek() ?? latest?.chain?.smile.futurePoints ?? NaN;
    return points > 0 ? supposed(latest, assumption.peek(), points) : null;
  }

  /** Exchange time reached, epoch ms; null before the first window. */
  nowMs(): number | null {
    if (this.store.last >= 0) return this.store.last * 1_000;
    const said = this.state.feed.value?.nowNs ?? null;
    return said === null ? null : nsToMs(said);
  }

  /** What is true of the picture right now. */
  health(): SurfaceHealth {
    return surfaceHealth(this.screen.state(), this.#reading(), this.store.last >= 0);
  }

  #open(): void {
    this.#asked = new Set([...this.#asked, ...this.#needed()]);
    this.#port?.send({ type: "open", origin: this.#origin, optional: [...this.#asked] });
  }

  /** What the past must have for what is drawn. */
  #needed(): readonly OptionalSurface[] {
    const { layers, assumption } = this.state;
    const needed = [...layers.peek()].map((layer) => LAYER_NEEDS[layer])
      .filter((name) => name !== undefined);
    return assumption.peek() === "flow" ? [...needed, "exposure"] : needed;
  }

  protected override facts(): ScreenFacts {
    return surfaceFacts(this.#reading());
  }

  protected override get isMore(): boolean {
    return this.#isRunning;
  }

  #reading(): SurfaceReading {
    return {
      link: this.state.link.value,
      feed: this.state.feed.value,
      hasEnded: this.#hasEnded,
      rate: this.feedClock.rate,
      isHeld: (this.picture?.behindMs() ?? 0) > 0,
      isReplay: this.#isReplay,
      windowAtMs: this.#windowAt,
      wordAtMs: this.#wordAt,
    };
  }

  #take(message: FromSurfaces): void {
    switch (message.type) {
      case "state":
        return this.#onLink(message.state);
      case "word":
        this.#wordAt = message.atMs;
        if (message.serverMs !== null) this.server.take(message.serverMs, message.atMs);
        return;
      case "window":
        return this.#onWindow(message);
      case "past":
        return this.#onPast(message);
      case "status":
        this.state.status.value = message.status;
        return;
      case "reset":
        return this.#reset();
      case "end":
        this.#hasEnded = true;
        return this.wake();
      case "refused":
        this.state.rejected.value++;
        this.state.notice.value = message.text;
        console.error(message.text);
    }
  }

  #onLink(link: LinkState): void {
    if (link.kind === "live") this.#windowAt = this.#wordAt = pageMs();
    // A recording's socket closes at its end: that it is tried again is no news.
    if (link.kind === "live") this.#hasEnded = false;
    this.state.link.value = link;
    this.wake();
  }

  #onWindow({ window, atMs }: Extract<FromSurfaces, { readonly type: "window" }>): void {
    this.#windowAt = this.#wordAt = atMs;
    this.feedClock.arrived(window.endS * 1_000);
    const before = this.store.newest;
    this.store.push(window);
    if (before < 0) this.picture?.cleared();
    this.picture?.added(Math.max(this.store.first, before + 1), window.endS);
    this.suppose();
  }

  #onPast({ windows, isLast }: Extract<FromSurfaces, { readonly type: "past" }>): void {
    this.#wordAt = pageMs();
    for (const window of windows) {
      if (this.store.fill(window)) this.picture?.added(window.endS, window.endS);
    }
    if (!isLast) return;
    this.#isPastDone = true;
    this.store.pastIsWhole();
    this.picture?.changed();
  }

  #reset(): void {
    this.store.clear();
    this.feedClock.reset();
    this.#hasEnded = false;
    this.state.pinned.value = this.state.supposedPoints.value = null;
    this.state.rejected.value = 0;
    this.picture?.setPinned(null);
    this.picture?.cleared();
    this.suppose();
  }

  async #followFeed(): Promise<void> {
    const { signal } = this.#abort;
    const feed = await askFeed(signal);
    if (signal.aborted) return;
    if (feed !== null) this.#takeFeed(feed);
    this.#feedTimer = setTimeout(() => void this.#followFeed(), ASK_FEED_MS);
  }

  #takeFeed(feed: FeedWord): void {
    this.#wordAt = pageMs();
    const before = this.provenance.peek();
    const { clock } = feed;
    if (clock !== null) this.server.take(clock.atMs, pageMs());
    this.takeClock(clock);
    this.state.feed.value = feed;
    const now = this.provenance.peek();
    if (now !== null && before !== null && !isSameFeed(before, now)) {
      this.state.news.value = feedChangeText(now);
    }
  }

  /** Fetches all of the seconds around the crosshair once it rests on one that lacks something. */
  protected override onBeat(): void {
    const second = this.picture?.hover()?.position ?? null;
    const rests = second !== null && second === this.#hoveredS;
    this.#hoveredS = second;
    if (!rests || !this.store.has(second) || this.store.isWhole(second)) return;
    // What the server does not have any more is not asked for again and again.
    const isAsked = Math.abs(second - this.#fetchedS) < AROUND_S / 2;
    if (isAsked || !this.#isPastDone || this.#isReplay) return;
    this.#fetchedS = second;
    this.#isPastDone = false;
    const toS = Math.min(this.store.newest - 1, second + AROUND_S);
    this.#port?.send({
      type: "stretch",
      fromS: Math.max(this.store.first, second - AROUND_S),
      toS,
    });
  }

  /** Lets nothing be seen that came after the time of the replay; shows everything while there is none. */
  protected override takeIn(): void {
    const ts = this.replayTs();
    const second = ts === null ? null : Math.floor(ts / 1_000);
    this.#isRunning = ts !== null && second !== this.#replayS;
    if (second === this.#replayS) return;
    this.#replayS = second;
    const { last } = this.store;
    this.store.showUntil(second ?? Infinity);
    if (second === null && this.#isReplay) this.#open();
    // What is kept of the past must not be pushed out while it is looked at.
    if (second !== null && !this.#isReplay) this.#port?.send({ type: "close" });
    this.#isReplay = second !== null;
    if (Math.min(last, this.store.last) < 0) this.picture?.cleared();
    else this.picture?.added(Math.min(last, this.store.last), Math.max(last, this.store.last));
  }
}
