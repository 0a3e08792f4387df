import { deepEqual, equal } from "node:assert/strict";
import { Xoshiro256 } from "../../prng/mod.ts";
import { Agenda, DUE } from "./_agenda.ts";

Deno.test("Agenda.take() gives what was added, by time, and at one time in the order of entry", () => {
  const rng = new Xoshiro256(1, 0);
  const agenda = new Agenda();
  const wanted: (readonly [ns: number, id: number])[] = [];
  const taken: (readonly [ns: number, id: number])[] = [];
  for (let id = 0; id < 200; id++) {
    const ns = rng.below(50);
    wanted.push([ns, id]);
    agenda.add(ns, DUE.WITHDRAW, 1, 0, 0, 0, id);
  }
  wanted.sort(([a], [b]) => a - b);
  while (agenda.nextNs < Infinity) {
    const ns = agenda.nextNs;
    agenda.take();
    taken.push([ns, agenda.id]);
  }
  deepEqual(taken, wanted);
});

Deno.test("Agenda.add() keeps every field, and drops what does not fit", () => {
  const agenda = new Agenda();
  agenda.add(9, DUE.REFILL, -1, 101, 5, 4, 7);
  for (let i = 0; i < 400; i++) agenda.add(10 + i, DUE.PULL, 1);
  agenda.take();
  const { kind, sign, place, size, left, id } = agenda;
  deepEqual([kind, sign, place, size, left, id], [DUE.REFILL, -1, 101, 5, 4, 7]);
  let more = 0;
  for (; agenda.nextNs < Infinity; more++) agenda.take();
  equal(more, 255);
});
