import { z } from "zod";

const port = z.coerce.number("must be a whole number").int("must be a whole number")
  .min(0, "must be 0 to 65535").max(65_535, "must be 0 to 65535");

/** One setting: its environment variable, what it means, and what is valid. */
interface Setting<T> {
  readonly variable: string;
  readonly meaning: string;
  readonly fallback: string;
  readonly schema: z.ZodType<T>;
  readonly secret?: boolean;
  /** Another variable that is read when the first is not set. */
  readonly alias?: string;
}

function setting<T>(
  variable: string,
  fallback: string,
  meaning: string,
  schema: z.ZodType<T>,
  secret = false,
  alias?: string,
): Setting<T> {
  return { variable, fallback, meaning, schema, secret, ...(alias !== undefined && { alias }) };
}

const text = z.string();

const flag = z.enum(["0", "1"], "must be 0 or 1").transform((value) => value === "1");

function whole(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(rule).int(rule).min(min, rule).max(max, rule);
}

const timeOfDay = text.regex(/^$|^([01]\d|2[0-3]):[0-5]\d$/, "must be empty or HH:MM");

const adapter = z.enum(["synthetic", "off"], "must be synthetic or off");

const SETTINGS = {
  host: setting(
    "LOTUS_HOST",
    "127.0.0.1",
    "Address to listen on",
    text.regex(/^[A-Za-z0-9.:_-]+$/, "must be a host name or an IP address"),
  ),
  port: setting("LOTUS_PORT", "8000", "Port to listen on; 0 picks a free one", port),
  dataDir: setting(
    "LOTUS_DATA_DIR",
    "data",
    "Folder for stores, the lake and replay files (feeds/ inside it)",
    text.min(1, "must not be empty"),
  ),
  feed: setting(
    "LOTUS_FEED",
    "synthetic",
    "synthetic, or the path of a .dbn or .dbn.zst file",
    text.min(1, "must not be empty"),
  ),
  seed: setting(
    "LOTUS_SEED",
    "1",
    "Seed of the synthetic market",
    z.coerce.number("must be a whole number").int("must be a whole number")
      .min(0, "must be 0 to 4294967295").max(4_294_967_295, "must be 0 to 4294967295"),
  ),
  instrument: setting(
    "LOTUS_INSTRUMENT",
    "",
    "Instrument name in fixtures/instruments or path of a YAML file; empty: by the feed's symbol",
    text,
  ),
  instrumentConfigPath: setting(
    "VP_INSTRUMENT_CONFIG_PATH",
    "",
    "Path of an instrument YAML file; goes before LOTUS_INSTRUMENT",
    text,
  ),
  projection: setting(
    "LOTUS_PROJECTION",
    "quadratic",
    "Form of the score projection",
    z.enum(["linear", "quadratic", "cubic"], "must be linear, quadratic or cubic"),
  ),
  projectionCubicScale: setting(
    "LOTUS_PROJECTION_CUBIC_SCALE",
    String(1 / 6),
    "Weight of the third derivative in a cubic projection",
    z.coerce.number("must be a number").min(0, "must be 0 or more"),
  ),
  projectionDamping: setting(
    "LOTUS_PROJECTION_DAMPING",
    "0",
    "Damping of the projection per second of horizon; 0: none",
    z.coerce.number("must be a number").min(0, "must be 0 or more"),
  ),
  samples: setting(
    "LOTUS_SAMPLES",
    "",
    "Folder with further replay files to offer on the page",
    text,
  ),
  latencyFile: setting(
    "LOTUS_LATENCY_FILE",
    "",
    "File that a line of timings is appended to for every bin; empty: nothing is measured",
    text,
  ),
  latencyFrom: setting(
    "LOTUS_LATENCY_FROM",
    "",
    "New York time of day from which bins are measured; empty: from midnight",
    timeOfDay,
  ),
  latencyTo: setting(
    "LOTUS_LATENCY_TO",
    "",
    "New York time of day from which bins are no longer measured; empty: never",
    timeOfDay,
  ),
  latencySummaryBins: setting(
    "LOTUS_LATENCY_SUMMARY_BINS",
    "200",
    "Measured bins between two summaries in the log, and bins that one looks back on",
    whole(1, 100_000),
  ),
  natsUrl: setting(
    "NATS_URL",
    "",
    "NATS server for more than one process; empty: everything in this one",
    text.regex(
      /^$|^(nats|tls|ws|wss):\/\/\S+$/,
      "must be empty or a nats://, tls://, ws:// or wss:// URL",
    ),
    true,
  ),
  logLevel: setting(
    "LOTUS_LOG_LEVEL",
    "info",
    "Least level that is logged",
    z.enum(["debug", "info", "warn", "error"], "must be debug, info, warn or error"),
  ),
  dev: setting(
    "LOTUS_DEV",
    "0",
    "1: source maps and reload on change",
    flag,
  ),
  optionsAdapter: setting(
    "OPTIONS_INGEST_ADAPTER",
    "synthetic",
    "Where option prints and quotes come from: synthetic or off",
    adapter,
  ),
  equitiesAdapter: setting(
    "EQUITIES_INGEST_ADAPTER",
    "synthetic",
    "Where equity prints and quotes come from: synthetic or off",
    adapter,
  ),
  tapeClock: setting(
    "SYNTHETIC_CLOCK",
    "loop",
    "loop: a session at any hour; et: New York trading hours only",
    z.enum(["loop", "et"], "must be loop or et"),
  ),
  tapeLoad: setting(
    "SYNTHETIC_LOAD",
    "steady",
    "Rate of background prints and quotes: steady, active (x4) or firehose (x20)",
    z.enum(["steady", "active", "firehose"], "must be steady, active or firehose"),
  ),
  tapeSeed: setting(
    "SYNTHETIC_SEED",
    "11",
    "Seed of the options and equities tapes until an operator sets one",
    whole(-2_147_483_648, 2_147_483_647),
  ),
  tapeBackfillMinutes: setting(
    "SYNTHETIC_BACKFILL_MINUTES",
    "15",
    "Minutes of tape made before the start, so that panes open full",
    whole(0, 120),
  ),
  tapeRetentionHours: setting(
    "LOTUS_TAPE_RETENTION_HOURS",
    "48",
    "Hours of tape kept for history and replay in the store",
    whole(1, 8_760),
  ),
  nbboMaxAgeMs: setting(
    "NBBO_MAX_AGE_MS",
    "30000",
    "Oldest option quote that a print is joined to, ms",
    whole(1, 60_000),
  ),
  equityQuoteMaxAgeMs: setting(
    "EQUITY_QUOTE_MAX_AGE_MS",
    "2000",
    "Oldest equity quote that a print is joined to, ms",
    whole(1, 60_000),
  ),
  clusterGapMs: setting(
    "CLUSTER_GAP_MS",
    "1500",
    "Longest gap between prints of one flow packet, ms",
    whole(1, 60_000),
  ),
  clusterSpanMs: setting(
    "CLUSTER_SPAN_MS",
    "6000",
    "Longest flow packet, ms",
    whole(1, 600_000),
  ),
  candleIntervalsMs: setting(
    "CANDLE_INTERVALS_MS",
    "60000,300000,900000",
    "Candle intervals, ms, ascending",
    text.regex(/^\d{4,8}(,\d{4,8}){0,7}$/, "must be up to 8 comma-separated numbers of ms")
      .transform((value) => value.split(",").map(Number)),
  ),
  controlEnabled: setting(
    "SYNTHETIC_CONTROL_ENABLED",
    "0",
    "1: serve the operators' control of the synthetic market",
    flag,
  ),
  adminToken: setting(
    "SYNTHETIC_ADMIN_TOKEN",
    "",
    "Bearer token of the control endpoints, at least 24 characters",
    text.max(512, "must be at most 512 characters"),
    true,
  ),
  adminUi: setting(
    "LOTUS_PUBLIC_SYNTHETIC_ADMIN",
    "0",
    "1: show the operators' drawer on the page (also NEXT_PUBLIC_SYNTHETIC_ADMIN)",
    flag,
    false,
    "NEXT_PUBLIC_SYNTHETIC_ADMIN",
  ),
  internalApiUrl: setting(
    "LOTUS_INTERNAL_API_URL",
    "",
    "URL of the control endpoints for the page's proxy; empty: this process",
    text.regex(/^$|^https?:\/\/[^\s@]+$/, "must be empty or an http:// or https:// URL"),
  ),
  passphraseHash: setting(
    "LOTUS_OPERATOR_PASSPHRASE_HASH",
    "",
    "Hash that `lotus passphrase` prints; empty: operators only from this machine",
    text.regex(
      /^$|^scrypt:32768:8:1:[\w-]{22}:[\w-]{43}$/,
      "must be empty or what `lotus passphrase` prints",
    ),
    true,
  ),
  corsOrigins: setting(
    "API_CORS_ORIGINS",
    "",
    "Origins besides our own that may read the API and its sockets, comma-separated",
    text.regex(
      /^$|^https?:\/\/[^\s,/]+(,https?:\/\/[^\s,/]+)*$/,
      "must be comma-separated origins such as https://example.org",
    ).transform((value) => value === "" ? [] : value.split(",")),
  ),
  trustedProxies: setting(
    "API_TRUSTED_PROXIES",
    "",
    "Addresses of proxies whose X-Forwarded-For names the client, comma-separated",
    text.regex(/^$|^[0-9A-Fa-f.:]+(,[0-9A-Fa-f.:]+)*$/, "must be comma-separated IP addresses")
      .transform((value) => value === "" ? [] : value.split(",")),
  ),
  restRateLimit: setting(
    "API_RATE_LIMIT_REST",
    "1200",
    "Requests per client and minute; 0: no limit",
    whole(0, 1_000_000),
  ),
  lookupRateLimit: setting(
    "API_RATE_LIMIT_LOOKUP",
    "120",
    "Lookups by id per client and minute; 0: no limit",
    whole(0, 1_000_000),
  ),
  wsRateLimit: setting(
    "API_RATE_LIMIT_WS",
    "120",
    "Socket upgrades per client and minute; 0: no limit",
    whole(0, 1_000_000),
  ),
} as const;

/** All settings of the terminal, validated. */
export type Config = {
  readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never;
};

/** A setting with a value that breaks its rule. The message is one line for the operator. */
export class ConfigError extends RangeError {
  override readonly name = "ConfigError";
  readonly code = "bad_config";
  readonly variable: string;

  constructor(variable: string, value: string, rule: string) {
    super(`${variable} ${rule}: it is ${JSON.stringify(value)}`);
    this.variable = variable;
  }
}

function read(env: (name: string) => string | undefined, entry: Setting<unknown>): string {
  const names = entry.alias === undefined ? [entry.variable] : [entry.variable, entry.alias];
  for (const name of names) {
    const value = env(name)?.trim() ?? "";
    if (value !== "") return value;
  }
  return entry.fallback;
}

/**
 * Reads every setting from the environment. A missing or blank variable takes its default.
 *
 * @param env Looks a variable up; `Deno.env.get` when omitted.
 * @param feed Takes the place of `LOTUS_FEED`, as an argument of the start command.
 * @throws {ConfigError} At the first variable whose value breaks its rule.
 */
export function loadConfig(
  env: (name: string) => string | undefined = (name) => Deno.env.get(name),
  feed?: string,
): Config {
  const values: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(SETTINGS)) {
    const value = (key === "feed" ? feed : undefined) ?? read(env, entry);
    const parsed = entry.schema.safeParse(value);
    if (!parsed.success) {
      const shown = entry.secret ? "(secret)" : value;
      throw new ConfigError(entry.variable, shown, parsed.error.issues[0]?.message ?? "is invalid");
    }
    values[key] = parsed.data;
  }
  const config = values as Config;
  checkTogether(config);
  return config;
}

/** What no setting breaks alone. Two times of one day compare as texts. */
function checkTogether({ latencyFile, latencyFrom, latencyTo }: Config): void {
  for (const [key, value] of Object.entries({ latencyFrom, latencyTo })) {
    if (value === "" || latencyFile !== "") continue;
    const { variable } = SETTINGS[key as "latencyFrom" | "latencyTo"];
    throw new ConfigError(variable, value, `needs ${SETTINGS.latencyFile.variable}`);
  }
  if (latencyFrom === "" || latencyTo === "" || latencyFrom < latencyTo) return;
  const rule = `must be later than ${SETTINGS.latencyFrom.variable}`;
  throw new ConfigError(SETTINGS.latencyTo.variable, latencyTo, rule);
}

/** A setting as `lotus config` prints it: secrets masked. */
export interface DescribedSetting {
  readonly variable: string;
  readonly value: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** Every setting with its value in force, its default and its meaning. Secrets print as `***`. */
export function describeConfig(
  env: (name: string) => string | undefined = (name) => Deno.env.get(name),
): readonly DescribedSetting[] {
  return Object.values(SETTINGS).map((entry: Setting<unknown>) => {
    const value = read(env, entry);
    return {
      variable: entry.variable,
      value: entry.secret && value !== "" ? "***" : value,
      fallback: entry.fallback,
      meaning: entry.meaning,
    };
  });
}
