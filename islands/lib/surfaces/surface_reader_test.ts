import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { SurfaceRig } from "../../../jobs/testing/surface_rig.ts";
import type { FromSurfaces } from "./surface_protocol.ts";
import { SurfaceReader } from "./surface_reader.ts";
import { SurfaceStore } from "./surface_store.ts";

/** A reader of a rig, whose windows go to a store as the page puts them there. */
class Reading {
  readonly rig = new SurfaceRig();
  readonly store = new SurfaceStore();
  readonly said: FromSurfaces[] = [];
  readonly reader = new SurfaceReader((message) => this.#take(message));
  #wake: () => void = () => {};

  constructor(windows: number) {
    this.rig.close(windows);
    this.reader.take({ type: "open", origin: this.rig.wsUrl, optional: [] });
  }

  /** Resolves when something holds of what came. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#wake = resolve);
  }

  count(type: FromSurfaces["type"]): number {
    return this.said.filter((message) => message.type === type).length;
  }

  get seconds(): number {
    return this.store.newest - this.store.first + 1;
  }

  async end(): Promise<void> {
    this.reader.take({ type: "close" });
    await this.rig.stop();
  }

  #take(message: FromSurfaces): void {
    this.said.push(message);
    if (message.type === "window") this.store.push(message.window);
    if (message.type === "reset") this.store.clear();
    if (message.type === "past") {
      for (const window of message.windows) this.store.fill(window);
      if (message.isLast) this.store.pastIsWhole();
    }
    this.#wake();
  }
}

const isLast = (message: FromSurfaces) => message.type === "past" && message.isLast;

Deno.test("SurfaceReader brings the newest window first, then all that was before it", async () => {
  const reading = new Reading(130);
  await reading.until(() => reading.said.some(isLast));
  strictEqual(
    reading.said.find(({ type }) => type === "window" || type === "past")?.type,
    "window",
  );
  deepStrictEqual([reading.seconds, reading.store.missing()], [130, 0]);
  const past = reading.said.find(({ type }) => type === "past");
  strictEqual(
    past?.type === "past" && past.windows[0]?.loaded,
    0,
    "what nobody looks at is left out",
  );
  reading.reader.take({ type: "past", optional: ["wall", "physics"] });
  await reading.until(() => reading.said.filter(isLast).length === 2);
  const { store } = reading;
  ok(store.isLoaded(store.first, "wall") && store.isLoaded(store.first + 100, "physics"));
  ok(!store.isLoaded(store.first, "exposure"));
  strictEqual(reading.count("refused"), 0);
  await reading.end();
});

Deno.test("SurfaceReader fetches windows that the server left out, and tells a market that begins anew", async () => {
  const reading = new Reading(3);
  await reading.until(() => reading.said.some(isLast));
  reading.rig.close(60); // more at once than a live reader is sent
  reading.rig.close(1);
  await reading.until(() => reading.seconds >= 64 && reading.store.missing() === 0);
  ok(reading.count("window") < 64, "some were left out at first");
  reading.rig.events.publish({ type: "reset", reason: "feed" });
  reading.rig.close(2);
  await reading.until(() => reading.count("reset") === 1 && reading.seconds === 2);
  strictEqual(reading.count("refused"), 0);
  await reading.end();
});
