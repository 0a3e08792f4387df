import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { Topic } from "./topic.ts";

Deno.test("Topic hands values to subscribers in order and keeps the last", () => {
  const topic = new Topic<number>();
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
  const topic = new Topic<number>();
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
