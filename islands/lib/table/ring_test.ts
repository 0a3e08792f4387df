import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { Ring } from "./ring.ts";

Deno.test("Ring keeps the newest items, whatever comes at both ends", () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.integer()), { maxLength: 60 });
  fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), steps, (capacity, list) => {
    const ring = new Ring<number>(capacity);
    const model: number[] = [];
    for (const [isNew, value] of list) {
      if (isNew) {
        model.push(value);
        const gone = model.length > capacity ? model.shift() : undefined;
        strictEqual(ring.push(value), gone);
      } else {
        const fits = model.length < capacity;
        if (fits) model.unshift(value);
        strictEqual(ring.pushOld(value), fits);
      }
      deepStrictEqual([...ring], model);
      strictEqual(ring.newest(), model.at(-1));
      strictEqual(ring.at(0), model[0]);
    }
    strictEqual(ring.at(model.length), undefined);
    strictEqual(ring.newest(model.length), undefined);
  }));
  throws(() => new Ring(0), RangeError);
});
