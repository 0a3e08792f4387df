import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { Hub } from "./hub.ts";
import { prometheusText } from "./metrics.ts";
import { Topic } from "./topic.ts";
import { TOPICS } from "./topics.ts";

const NAME = TOPICS.tapeStates;

Deno.test("Topic hands values to subscribers in order and keeps the last", () => {
  const topic = new Topic<number>(NAME);
  strictEqual(topic.last, null);
  const seen: string[] = [];
  const endA = topic.subscribe((value) => seen.push(`a${value}`));
  topic.subscribe((value) => seen.push(`b${value}`));
  topic.publish(1);
  endA();
  endA();
  topic.publish(2);
  deepStrictEqual(seen, ["a1", "b1", "b2"]);
  deepStrictEqual([topic.last, topic.subscriberCount], [2, 1]);
});

Deno.test("Topic tells neither who joins nor who left during a publication", () => {
  const topic = new Topic<number>(NAME);
  const seen: string[] = [];
  const ends: (() => void)[] = [];
  topic.subscribe((value) => {
    seen.push(`a${value}`);
    if (value === 1) topic.subscribe((late) => seen.push(`late${late}`));
    ends[0]?.();
  });
  ends.push(topic.subscribe((value) => seen.push(`b${value}`)));
  topic.publish(1);
  topic.publish(2);
  deepStrictEqual(seen, ["a1", "a2", "late2"]);
});

Deno.test("Topic keeps the tail of a list, for any publications and clears", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.constantFrom("publish", "publish", "publish", "clear"), { maxLength: 40 }),
      (keep, steps) => {
        const topic = new Topic<number>(NAME, { keep });
        const all: number[] = [];
        let cleared = 0;
        for (const step of steps) {
          if (step === "publish") {
            strictEqual(topic.publish(all.length * 10), all.length);
            all.push(all.length * 10);
          } else {
            topic.clear();
            cleared = all.length;
          }
          const start = Math.max(cleared, all.length - keep);
          deepStrictEqual([topic.start, topic.end], [start, all.length]);
          for (let i = -1; i <= all.length; i++) {
            strictEqual(topic.at(i), i >= start ? all[i] : undefined);
          }
        }
      },
    ),
    { seed: 20_261_121, numRuns: 200 },
  );
});

Deno.test("Topic refuses to keep nothing", () => {
  for (const keep of [0, -1, 1.5, NaN]) throws(() => new Topic(NAME, { keep }), RangeError);
});

Deno.test("a reader that pushes back tells the publisher what it has taken", () => {
  const granted: number[] = [];
  const topic = new Hub().topic<string>(NAME, { onTaken: (count) => granted.push(count) });
  topic.publish("a");
  topic.taken(1);
  topic.taken(3);
  deepStrictEqual([granted, topic.dropped], [[1, 3], 0]);
});

Deno.test("Hub counts what readers left out by name, over topics that are gone", () => {
  const hub = new Hub();
  hub.topic(TOPICS.replayRows).drop(3);
  const rows = hub.topic<number>(TOPICS.replayRows);
  rows.drop(4);
  deepStrictEqual(
    [rows.dropped, hub.dropped(TOPICS.replayRows), hub.dropped(TOPICS.tapeRows)],
    [4, 7, 0],
  );
  const text = prometheusText(hub.metrics());
  match(text, /^lotus_topic_dropped_total\{topic="replay\.rows"\} 7$/m);
  match(text, /^lotus_topic_dropped_total\{topic="tape\.rows"\} 0$/m);
  strictEqual(text.match(/# TYPE/g)?.length, 1, "the name is explained once");
});
