import { join } from "node:path";
import { App, csp, staticFiles } from "fresh";
import { ApiContext } from "./jobs/serve/api/mod.ts";
import { type Config, ConfigError, loadConfig } from "./config.ts";
import { createBuilder } from "./jobs/build/mod.ts";
import { Recorder } from "./jobs/lake/capture/mod.ts";
import { type Control, createControl } from "./jobs/control/mod.ts";
import { RateWindow } from "./jobs/kit/http/mod.ts";
import { LiveHost } from "./jobs/serve/rows/mod.ts";
import {
  createLogger,
  DataLockError,
  Hub,
  lockData,
  type Logger,
  systemClock,
} from "./jobs/kit/mod.ts";
import { createOperators } from "./jobs/serve/operator/mod.ts";
import { runFile, RunLog, TapeService } from "./jobs/tape/mod.ts";
import { ReplaySessions } from "./jobs/serve/replay/mod.ts";
import { startArchiver } from "./jobs/lake/tape/mod.ts";
import { createTapeStore, startRetention } from "./jobs/tape/store/mod.ts";
import { type State, Terminal } from "./jobs/serve/mod.ts";

/** The web application; {@link start} gives it its terminal. */
export const app = new App<State>();

let running: State | null = null;

app.use(csp({ useNonce: true, csp: ["connect-src 'self' ws: wss:", "base-uri 'none'"] }));
app.use((ctx) => {
  if (running === null) throw new Error("Cannot answer as the terminal has not started");
  Object.assign(ctx.state, running);
  return ctx.next();
});
app.use(staticFiles());
app.fsRoutes();

/** Starts and ends of recordings, per client. */
const MAX_RECORDING_WRITES_PER_MINUTE = 12;

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

/** What the public API stands on, and what its readiness looks at. */
function openApi(
  config: Config,
  log: Logger,
  tape: TapeService,
  control: Control,
): ApiContext {
  const context = new ApiContext(config, log, () => Date.now());
  context.addCheck("store", async () => {
    await tape.store.probe();
    return { ok: true, detail: "answers" };
  });
  context.addCheck("control", () => control.service.readiness());
  context.addCheck("engine", () => {
    const { ready, detail } = tape.readiness();
    return { ok: ready, detail };
  });
  return context;
}

/** Opens the tape's store and everything that serves it; `begin` starts to make the tape. */
async function openTape(config: Config, log: Logger, control: Control, hub: Hub) {
  const store = await createTapeStore(config);
  const service = new TapeService({
    hub,
    config,
    store,
    control: control.service,
    runs: await RunLog.open(runFile(join(config.dataDir, "kv", "tape_runs.json"))),
    log: log.child("tape"),
    clock: systemClock,
  });
  control.attachTape(service);
  const api = openApi(config, log.child("api"), service, control);
  const live = new LiveHost({ tape: service, api, clock: systemClock, log: log.child("live") });
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
    replays.stop();
    endRetention();
    endArchive();
    await service.stop();
    await store.close();
  };
  return { live, replays, api, tape: store, begin, stop };
}

async function start(feed: string | undefined): Promise<void> {
  const config = loadConfig(undefined, feed);
  checkAddress(config.host, config.port);
  const log = logger(config.logLevel);
  log.info("start", { host: config.host, port: config.port, feed: config.feed });
  const unlock = await lockData(config.dataDir);
  const control = await createControl(config, log.child("control"), systemClock);
  const hub = new Hub();
  const tape = await openTape(config, log, control, hub);
  const terminal = new Terminal(
    config,
    log.child("terminal"),
    systemClock,
    hub,
    control.service.view.timeline,
  );
  control.service.onChange(({ timeline }) => terminal.control(timeline));
  tape.api.addCheck("market", () => terminal.session.readiness());
  const { begin: beginTape, stop: stopTape, ...served } = tape;
  const steering = createOperators(config, control, log.child("operator"), systemClock);
  const recorder = new Recorder({
    dataDir: config.dataDir,
    session: terminal.session,
    log: log.child("recorder"),
    nowMs: () => systemClock.nowMs(),
    now: () => new Date(),
  });
  const recordingLimit = new RateWindow(
    MAX_RECORDING_WRITES_PER_MINUTE,
    60_000,
    () => systemClock.nowMs(),
  );
  running = { hub, terminal, recorder, recordingLimit, control, ...steering, ...served };
  const build = await createBuilder(import.meta.dirname ?? ".").build(
    config.dev ? { mode: "development", snapshot: "memory" } : {},
  );
  build(app);
  const server = Deno.serve({
    hostname: config.host,
    port: config.port,
    onListen: ({ hostname, port }) => {
      const url = `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}/`;
      log.info("listening", { url });
      console.log(`Lotus Terminal: ${url}`);
      // Making the history takes a processor for seconds: the page comes first.
      beginTape();
    },
  }, app.handler());
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info("stopping", { signal });
    const recorded = recorder.close();
    const stored = Promise.all([terminal.stop(), stopTape(), recorded]);
    const late = new Promise<string>((resolve) =>
      setTimeout(() => resolve("timeout"), STOP_TIMEOUT_MS)
    );
    const closed = Promise.all([server.shutdown(), stored, control.stop()]).then(() =>
      "all closed"
    );
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
        error instanceof DataLockError)
    ) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}
