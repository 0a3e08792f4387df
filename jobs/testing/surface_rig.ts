import type { FeedState } from "../../modules/feed/contract.ts";
import { loadConfig } from "../../config.ts";
import { serve } from "../kit/http/mod.ts";
import {
  createLogger,
  Hub,
  type Logger,
  SocketHost,
  systemClock,
  type Topic,
  TOPICS,
} from "../kit/mod.ts";
import type { MarketEvent, MarketSession, RuntimeConfig, SurfaceWindow } from "../market/mod.ts";
import { createGuard, explainError, SOCKET_LIMITS, SurfaceHost } from "../serve/mod.ts";
import type { SurfaceState } from "../serve/mod.ts";
import {
  HUD_BOOTSTRAP,
  HUD_SOCKET,
  HUD_SURFACES,
  VELOCITY_SOCKET,
} from "../serve/endpoints/mod.ts";
import { scriptedReplay } from "./scripted_replay.ts";
import { ScriptedSurfaces } from "./scripted_surfaces.ts";

/** Nobody is an operator. */
const STRANGERS = { hasPassphrase: true, identify: () => null, hasCsrfToken: () => false };

const HANDLERS = new Map([
  [VELOCITY_SOCKET.path, serve<SurfaceState>(VELOCITY_SOCKET)],
  [HUD_SOCKET.path, serve<SurfaceState>(HUD_SOCKET)],
  [HUD_BOOTSTRAP.path, serve<SurfaceState>(HUD_BOOTSTRAP)],
  [HUD_SURFACES.path, serve<SurfaceState>(HUD_SURFACES)],
]);

/** A market of whose windows a test decides, behind the sockets and addresses of a real server. */
export class SurfaceRig {
  readonly hub = new Hub();
  readonly surfaces: Topic<SurfaceWindow> = this.hub.topic(TOPICS.marketSurfaces);
  readonly events: Topic<MarketEvent> = this.hub.topic(TOPICS.marketEvents);
  readonly logLines: string[] = [];
  readonly host: SurfaceHost;
  config: RuntimeConfig | null;
  state: FeedState | null = null;
  /** Those who follow the market as it goes. */
  followers = 0;
  /** Replays that clients hold, and bins that they came to so far. */
  replays = 0;
  replayedBins = 0;
  #script: ScriptedSurfaces;
  readonly #replayWindows: number;
  readonly #log: Logger;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #sockets: SocketHost;

  /** @param options Of its windows, and how many the file has that can be replayed. */
  constructor(
    options: ConstructorParameters<typeof ScriptedSurfaces>[0] & {
      readonly replayWindows?: number;
    } = {},
  ) {
    this.#script = new ScriptedSurfaces(options);
    this.#replayWindows = options.replayWindows ?? 0;
    this.config = { type: "runtime_config", symbol: options.symbol ?? "ESH6" };
    const log = createLogger("surfaces", {
      level: "debug",
      human: false,
      now: () => new Date(0),
      write: (line) => this.logLines.push(line),
    });
    this.#log = log;
    this.host = new SurfaceHost({
      source: this,
      replays: this,
      hub: this.hub,
      clock: systemClock,
      log,
    });
    const config = { ...loadConfig(() => undefined), restRateLimit: 0, wsRateLimit: 0 };
    const guard = createGuard(
      { ...config, trustedProxies: ["127.0.0.1"] },
      STRANGERS,
      log,
      Date.now,
    );
    const nowMs = () => systemClock.nowMs();
    const limits = { ...SOCKET_LIMITS, perClient: 100 };
    this.#sockets = new SocketHost({ guard, limits, nowMs, log });
    const state: SurfaceState = {
      guard,
      explain: explainError,
      sockets: this.#sockets,
      surfaces: this.host,
    };
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (req, info) => {
      const url = new URL(req.url);
      const upgrade = (to: Deno.UpgradeWebSocketOptions = {}) => Deno.upgradeWebSocket(req, to);
      return HANDLERS.get(url.pathname)?.({ req, url, params: {}, info, state, upgrade }) ??
        new Response(null, { status: 404 });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  get wsUrl(): string {
    return this.url.replace("http", "ws");
  }

  /** The market is open. */
  opened(): Promise<void> {
    return Promise.resolve();
  }

  /** @returns Ends it. */
  follow(): () => void {
    this.followers++;
    return () => void this.followers--;
  }

  /** Every client may have replays. */
  holdReplay(): () => void {
    this.replays++;
    return () => void this.replays--;
  }

  /** There is one file, of 2026-01-06 as well. */
  findReplay(date: string, accepts: (symbol: string) => boolean) {
    const isThere = date === "2026-01-06" && accepts("ESH6") && this.#replayWindows > 0;
    const open = () => {
      const market = scriptedReplay(this.hub, this.#log, this.#replayWindows);
      market.bins.subscribe(() => void this.replayedBins++);
      return market;
    };
    return Promise.resolve(isThere ? open : null);
  }

  endReplay(market: MarketSession): void {
    void market.stop();
  }

  /**
   * Closes so many windows, one after another.
   *
   * @param isPast Whether they are of a past that is being made.
   * @returns The end of the newest, epoch ns.
   */
  close(windows: number, isPast = false): bigint {
    for (let i = 0; i < windows; i++) this.surfaces.publish(this.#script.next(0, isPast));
    return this.#script.endNs;
  }

  /** Opens another market in place of this one. */
  open(options: ConstructorParameters<typeof ScriptedSurfaces>[0]): void {
    this.#script = new ScriptedSurfaces(options);
    this.config = { type: "runtime_config", symbol: options?.symbol ?? "ESH6" };
    this.events.publish({ type: "reset", reason: "feed switched" });
    this.events.publish({ type: "config", config: this.config });
  }

  async stop(): Promise<void> {
    this.#sockets.stop();
    this.host.feed.stop();
    await this.#server.shutdown();
  }
}
