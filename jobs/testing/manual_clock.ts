import type { Clock } from "../kit/clock.ts";
import { Sleepers } from "./sleepers.ts";
import { PATIENCE_MS } from "./patience.ts";

/** A clock that stands until a test moves it; sleepers wake when their time has come. */
export class ManualClock implements Clock {
  #monoMs = 1_000;
  #wallMs: number;
  readonly #sleepers = new Sleepers();

  /** @param wallMs Epoch ms at the start. */
  constructor(wallMs: number) {
    this.#wallMs = wallMs;
  }

  nowMs(): number {
    return this.#monoMs;
  }

  /** Epoch ms. */
  get wallMs(): number {
    return this.#wallMs;
  }

  wallNs(): bigint {
    return BigInt(Math.floor(this.#wallMs)) * 1_000_000n;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return this.#sleepers.sleepUntil(this.#monoMs + ms, signal);
  }

  /** Lets time pass. */
  advance(ms: number): void {
    this.#monoMs += ms;
    this.#wallMs += ms;
    this.#sleepers.wakeUntil(this.#monoMs);
  }

  /** Somebody sets the machine's clock. */
  setWall(wallMs: number): void {
    this.#wallMs = wallMs;
  }
}

/** Lets other work run until `isDone`. @throws When it takes longer than {@link PATIENCE_MS}. */
export async function settle(isDone: () => boolean): Promise<void> {
  const startMs = performance.now();
  while (!isDone()) {
    if (performance.now() - startMs > PATIENCE_MS) throw new Error("Cannot wait longer");
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
