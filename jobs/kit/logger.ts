/** Severity of a line, ascending. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Structured values of a line. */
export type Fields = Readonly<
  Record<string, string | number | boolean | bigint | null | undefined>
>;

/** Writes structured lines: level, time, module, event, fields. */
export interface Logger {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
  /** The same logger under another module name. */
  child(module: string): Logger;
}

/** A line that another thread has a logger write. */
export interface LogLine {
  readonly level: Exclude<LogLevel, "debug">;
  readonly event: string;
  readonly fields: Fields;
}

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };
const MARK: Readonly<Record<LogLevel, string>> = {
  debug: "\x1b[90mdebug\x1b[0m",
  info: "\x1b[36minfo \x1b[0m",
  warn: "\x1b[33mwarn \x1b[0m",
  error: "\x1b[31merror\x1b[0m",
};

interface Options {
  readonly level: LogLevel;
  /** Human-readable lines instead of JSON. */
  readonly human: boolean;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

function plain(value: Fields[string]): string {
  // Quoted text has no control characters, so that a value cannot write to the terminal itself.
  const text = typeof value === "string" && /[\s="\p{Cc}]/u.test(value)
    ? JSON.stringify(value)
    : `${value}`;
  return text.replaceAll(/\p{Cc}+/gu, " ");
}

function humanLine(level: LogLevel, time: Date, module: string, event: string, fields: Fields) {
  const clock = time.toISOString().slice(11, 23);
  const tail = Object.entries(fields).filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` \x1b[90m${key}=\x1b[0m${plain(value)}`).join("");
  return `${clock} ${MARK[level]} ${module.padEnd(8)} ${event}${tail}`;
}

function jsonLine(level: LogLevel, time: Date, module: string, event: string, fields: Fields) {
  return JSON.stringify(
    { level, time: time.toISOString(), module, event, ...fields },
    (_key, value) => typeof value === "bigint" ? value.toString() : value,
  );
}

/**
 * Builds a logger for `module`.
 *
 * @param options Least level; human-readable or JSON; the clock and the sink to use.
 */
export function createLogger(module: string, options: Options): Logger {
  const line = options.human ? humanLine : jsonLine;
  const log = (level: LogLevel) => (event: string, fields: Fields = {}) => {
    if (RANK[level] < RANK[options.level]) return;
    options.write(line(level, options.now(), module, event, fields));
  };
  return {
    debug: log("debug"),
    info: log("info"),
    warn: log("warn"),
    error: log("error"),
    child: (name) => createLogger(name, options),
  };
}
