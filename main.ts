import { App, csp, staticFiles } from "fresh";
import { type Config, ConfigError, loadConfig } from "./config.ts";
import { createBuilder } from "./jobs/build/mod.ts";
import { Recorder } from "./jobs/lake/capture/mod.ts";
import { type ControlHost, createControl } from "./jobs/control/mod.ts";
import { refuseMalformed, withSecurityHeaders } from "./jobs/kit/http/mod.ts";
import { LiveHub, StoreHistory, StreamHub } from "./jobs/serve/rows/mod.ts";
import {
  createLogger,
  DataFolderError,
  DataLockError,
  Hub,
  lockData,
  type Logger,
  Readiness,
  SocketHost,
  systemClock,
} from "./jobs/kit/mod.ts";
import { ResultStore } from "./jobs/research/analysis/mod.ts";
import { createOperators, isOpenAddress } from "./jobs/serve/operator/mod.ts";
import { TapeService } from "./jobs/tape/mod.ts";
import { ReplaySessions } from "./jobs/serve/replay/mod.ts";
import { startArchiver } from "./jobs/lake/tape/mod.ts";
import { createTapeStore, startRetention } from "./jobs/tape/store/mod.ts";
import {
  createGuard,
  explainError,
  FeedNews,
  MarketHost,
  SOCKET_LIMITS,
  type State,
  SurfaceHost,
} from "./jobs/serve/mod.ts";
import { type Provenance, StoreError } from "./modules/kit/mod.ts";

/** The web application; {@link start} gives it its terminal. */
export const app = new App<State>();

let running: State | null = null;

app.use(csp({ useNonce: true, csp: ["base-uri 'none'"] }));
app.use((ctx) => {
  if (running === null) throw new Error("Cannot answer as the terminal has not started");
  Object.assign(ctx.state, running);
  return ctx.next();
});
app.use(staticFiles());
app.fsRoutes();

/** Longest time that clients get to close their sockets before the process ends anyway, ms. */
const STOP_TIMEOUT_MS = 3_000;

function logger(level: "debug" | "info" | "warn" | "error"): Logger {
  return createLogger("main", {
    level,
    human: Deno.stderr.isTerminal(),
    now: () => new Date(),
    write: (line) => console.error(line),
  });
}

/** The address cannot be served. The message is one line for the operator. */
class ListenError extends RangeError {
  override readonly name = "ListenError";
}

/** Finds out before anything starts whether the address is free. */
function checkAddress(hostname: string, port: number): void {
  try {
    Deno.listen({ hostname, port }).close();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ListenError(`Cannot listen on ${hostname}:${port}: ${why}`, { cause: error });
  }
}

/** What has to work for the process to do its work. */
function createReadiness(
  log: Logger,
  { market, tape, control }: {
    readonly market: MarketHost;
    readonly tape: TapeService;
    readonly control: ControlHost;
  },
): Readiness {
  const readiness = new Readiness(log);
  readiness.add("store", async () => {
    await tape.store.probe();
    return { ok: true, detail: "answers" };
  });
  readiness.add("control", () => control.service.readiness());
  readiness.add("engine", () => {
    const { ready, detail } = tape.readiness();
    return { ok: ready, detail };
  });
  readiness.add("feed", () => market.readiness());
  return readiness;
}

/** Warns when strangers can reach what only the people at this machine may steer. */
function warnOfOpenAddress({ host, passphraseHash }: Config, log: Logger): void {
  if (!isOpenAddress(host, passphraseHash)) return;
  log.warn("open_address", {
    host,
    message: "Everybody who reaches this address may look; set LOTUS_OPERATOR_PASSPHRASE_HASH",
  });
}

/**
 * Opens the tape's store and everything that serves it; `begin` starts to make the tape.
 *
 * @param feed Market of the order book, of which its pages are told too.
 */
async function openTape(
  config: Config,
  log: Logger,
  control: ControlHost,
  hub: Hub,
  feed: () => Provenance | null,
) {
  const store = await createTapeStore(config, log.child("store"));
  const service = new TapeService({
    hub,
    config,
    store,
    control: control.service,
    log: log.child("tape"),
    clock: systemClock,
  });
  const live = new LiveHub({
    rows: service.rows,
    history: new StoreHistory(store),
    clock: systemClock,
    log: log.child("live"),
    health: () => service.health(),
    feed,
    making: { of: () => service.making(), changes: service.states },
  });
  const streams = new StreamHub(service.rows);
  const replays = new ReplaySessions({
    tape: service,
    hub,
    clock: systemClock,
    log: log.child("replay"),
  });
  const endRetention = startRetention(store, {
    hours: config.tapeRetentionHours,
    nowMs: () => Date.now(),
    log: log.child("store"),
  });
  const endArchive = startArchiver({
    dataDir: config.dataDir,
    clock: config.tapeClock,
    retentionHours: config.tapeRetentionHours,
    nowMs: () => Date.now(),
    log: log.child("lake"),
  });
  const begin = () =>
    service.start().catch((error) => log.error("tape_start_failed", { message: String(error) }));
  const stop = async () => {
    live.stop();
    streams.stop();
    replays.stop();
    endRetention();
    endArchive();
    await service.stop();
    await store.close();
  };
  return { service, live, streams, replays, store, begin, stop };
}

/** Opens everything that the routes stand on. */
async function openState(config: Config, log: Logger) {
  const control = await createControl(config, log.child("control"), systemClock);
  const hub = new Hub();
  let news: FeedNews | null = null;
  const tape = await openTape(config, log, control, hub, () => news?.feed ?? null);
  const { service: tapeService, store, live, streams, replays } = tape;
  const market = new MarketHost(
    config,
    log.child("terminal"),
    systemClock,
    hub,
    control.service.view.timeline,
  );
  news = new FeedNews(market.session.events, (feed) => live.tell({ op: "feed", feed }));
  control.service.onChange(({ timeline }) => market.control(timeline));
  const nowMs = () => systemClock.nowMs();
  const operatorLog = log.child("operator");
  const steering = createOperators(config, control.service, tapeService, operatorLog, systemClock);
  const guard = createGuard(config, steering.operators, log.child("api"), () => Date.now());
  const recorder = new Recorder({
    dataDir: config.dataDir,
    session: market.session,
    log: log.child("recorder"),
    nowMs,
    now: () => new Date(),
  });
  const state: State = {
    hub,
    guard,
    explain: explainError,
    sockets: new SocketHost({ guard, limits: SOCKET_LIMITS, nowMs, log: log.child("sockets") }),
    market,
    surfaces: new SurfaceHost({
      source: market.session,
      replays: market,
      hub,
      clock: systemClock,
      log: log.child("surfaces"),
    }),
    recorder,
    tape: store,
    tapeService,
    live,
    streams,
    replays,
    control,
    ...steering,
    results: new ResultStore(config.dataDir),
    readiness: createReadiness(log.child("api"), { market, tape: tapeService, control }),
  };
  const stop = async () => {
    state.sockets.stop();
    await Promise.all([market.stop(), tape.stop(), recorder.close(), control.stop()]);
  };
  return { state, beginTape: tape.begin, stop };
}

/** Listens at the configured address. `onReady` is called when it answers. */
function listen(
  { host, port }: Config,
  log: Logger,
  onReady: () => void,
): Deno.HttpServer<Deno.NetAddr> {
  const handler = app.handler();
  return Deno.serve(
    {
      hostname: host,
      port,
      onListen: ({ hostname, port }) => {
        const url = `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}/`;
        log.info("listening", { url });
        console.log(`Lotus Terminal: ${url}`);
        onReady();
      },
    },
    async (request, info) =>
      withSecurityHeaders(refuseMalformed(request) ?? await handler(request, info)),
  );
}

async function start(feed: string | undefined): Promise<void> {
  const config = loadConfig(undefined, feed);
  checkAddress(config.host, config.port);
  const log = logger(config.logLevel);
  log.info("start", { host: config.host, port: config.port, feed: config.feed });
  warnOfOpenAddress(config, log);
  const unlock = await lockData(config.dataDir);
  const { state, beginTape, stop: stopAll } = await openState(config, log);
  running = state;
  const mode = config.dev ? "development" : "production";
  const build = await createBuilder(import.meta.dirname ?? ".").build({ mode, snapshot: "memory" });
  build(app);
  // Making the history takes a processor for seconds: the page comes first.
  const server = listen(config, log, beginTape);
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info("stopping", { signal });
    const late = new Promise<string>((resolve) =>
      setTimeout(() => resolve("timeout"), STOP_TIMEOUT_MS)
    );
    const closed = Promise.all([stopAll(), server.shutdown()]).then(() => "all closed");
    const how = await Promise.race([closed, late]);
    unlock();
    log.info("stopped", { how });
    Deno.exit(0);
  };
  // Under the watcher an exit only waits for the next change: there the signals stay Deno's own.
  if (config.dev) return;
  Deno.addSignalListener("SIGINT", () => stop("SIGINT"));
  Deno.addSignalListener("SIGTERM", () => stop("SIGTERM"));
}

if (import.meta.main) {
  try {
    await start(Deno.args[0]);
  } catch (error) {
    if (
      !(error instanceof ConfigError || error instanceof ListenError ||
        error instanceof DataLockError || error instanceof DataFolderError ||
        error instanceof StoreError)
    ) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}
