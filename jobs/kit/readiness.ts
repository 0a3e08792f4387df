import type { Logger } from "./logger.ts";

/** Whether one part of the process can do its work. */
export interface CheckResult {
  readonly ok: boolean;
  readonly detail: string;
}

/** Looks after one part of the process. */
export type Check = () => CheckResult | Promise<CheckResult>;

/** All that must work for the process to do its work, by name. */
export class Readiness {
  readonly #log: Logger;
  readonly #checks = new Map<string, Check>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Adds a part. */
  add(name: string, check: Check): void {
    this.#checks.set(name, check);
  }

  /** Looks at every part; one that throws has failed. */
  async look(): Promise<Readonly<Record<string, CheckResult>>> {
    const results = [...this.#checks].map(async ([name, check]) => {
      try {
        return [name, await check()] as const;
      } catch (error) {
        this.#log.warn("check_failed", { check: name, message: String(error) });
        return [name, { ok: false, detail: "does not answer" }] as const;
      }
    });
    return Object.fromEntries(await Promise.all(results));
  }
}
