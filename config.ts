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
}

function setting<T>(
  variable: string,
  fallback: string,
  meaning: string,
  schema: z.ZodType<T>,
  secret = false,
): Setting<T> {
  return { variable, fallback, meaning, schema, secret };
}

const text = z.string();

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
    z.enum(["0", "1"], "must be 0 or 1").transform((value) => value === "1"),
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
  const value = env(entry.variable);
  return value === undefined || value.trim() === "" ? entry.fallback : value.trim();
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
  return values as Config;
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
