import { join } from "node:path";
import type { Config } from "../../config.ts";
import { type ControlTimeline, DEFAULT_CONTROL } from "../../engine/regime/mod.ts";
import { CONTROL_FORMAT, type ControlStore, KvControlStore } from "../../modules/control/mod.ts";
import { type Clock, type Logger, type Metric, prepareKv } from "../kit/mod.ts";
import { type ControlClock, ControlService } from "./control_service.ts";
import { timelineOf } from "./timeline.ts";

/** Everything of this process that has to do with control of the synthetic market. */
export class ControlHost {
  readonly service: ControlService;
  readonly #close: () => Promise<void>;

  /** @param close Closes the store; called by {@link stop}. */
  constructor(
    config: Config,
    log: Logger,
    clock: Clock,
    store: ControlStore,
    close: () => Promise<void>,
  ) {
    this.#close = close;
    this.service = new ControlService({
      store,
      clock: controlClock(clock),
      log,
      seed: config.tapeSeed,
    });
  }

  /** Figures for `/metrics`. */
  metrics(): readonly Metric[] {
    const { service } = this;
    const { counters } = service;
    const ageMs = service.controlWatchAgeMs;
    const counter = (name: string, help: string, value: number): Metric => ({
      name: `lotus_control_${name}`,
      type: "counter",
      help,
      value,
    });
    const gauge = (name: string, help: string, value: number): Metric => ({
      name: `lotus_control_${name}`,
      type: "gauge",
      help,
      value,
    });
    return [
      gauge(
        "revision",
        "Stored revision of the control state, 0 before the first read",
        service
          .storedRevision,
      ),
      gauge(
        "watch_age_seconds",
        "Time since the control store last answered, -1 before the first answer",
        ageMs === null ? -1 : ageMs / 1_000,
      ),
      counter("writes_total", "Control states written by this process", counters.writes),
      counter("invalid_total", "Stored values that were no control state", counters.invalidStored),
      gauge(
        "bad_log_rows",
        "Rows of the control log that cannot be read",
        counters
          .malformedLogRows,
      ),
      counter("store_errors_total", "Times the control store was away", counters.storeErrors),
      counter("watch_restarts_total", "Times the watch was lost", counters.watchRestarts),
    ];
  }

  /** Ends the watch and closes the store. */
  async stop(): Promise<void> {
    await this.service.stop();
    await this.#close();
  }
}

/** The machine's clock as the service reads it. */
function controlClock(clock: Clock): ControlClock {
  return {
    nowMs: () => clock.nowMs(),
    epochMs: () => Number(clock.wallNs() / 1_000_000n),
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
}

/** The store that the settings ask for, and how it is closed. */
async function openStore(
  config: Config,
  onProgress: (line: string) => void,
): Promise<{ readonly store: ControlStore; readonly close: () => Promise<void> }> {
  if (config.natsUrl !== "") {
    // On demand: its packages would be a tenth of what a start loads, for what few have.
    const { NatsControlStore } = await import("./nats_control_store.ts");
    const store = new NatsControlStore(config.natsUrl);
    return { store, close: () => store.close() };
  }
  const openKv = await prepareKv({
    path: join(config.dataDir, "kv", "control.sqlite"),
    format: CONTROL_FORMAT,
    advice: "the market is then steered by the defaults until an operator steers it again",
    onProgress,
  });
  const store = new KvControlStore(openKv);
  return { store, close: () => store.close() };
}

/**
 * What steered the synthetic market, read once from the store's log; the defaults with the configured
 * seed when nobody ever wrote. A database that is not there is not made.
 */
export async function storedTimeline(config: Config): Promise<ControlTimeline> {
  const fallback = { ...DEFAULT_CONTROL, shared_seed: config.tapeSeed };
  const file = join(config.dataDir, "kv", "control.sqlite");
  if (config.natsUrl === "" && await Deno.stat(file).catch(() => null) === null) {
    return timelineOf([], fallback);
  }
  const { store, close } = await openStore(config, () => undefined);
  try {
    return timelineOf((await store.readLog()).rows, fallback);
  } finally {
    await close();
  }
}

/**
 * Opens the store, NATS when there is an address and else a database in the data folder, and starts
 * to follow it.
 *
 * @returns Running control; the first read of the store has been tried.
 */
export async function createControl(
  config: Config,
  log: Logger,
  clock: Clock,
): Promise<ControlHost> {
  const { store, close } = await openStore(config, (line) => log.warn("store_migrated", { line }));
  const control = new ControlHost(config, log, clock, store, close);
  await control.service.start();
  return control;
}
