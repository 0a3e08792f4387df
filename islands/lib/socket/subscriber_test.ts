import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Subscriber } from "./subscriber.ts";

function wanted(key: string, asked = 1) {
  return { query: { key, wire: { channel: "options" }, snapshot: 10, isProjected: false }, asked };
}

/** A subscriber of a socket that is open, and what it said. */
function open() {
  const said: { op: string; subscriptions: { id: string; resume_after?: unknown }[] }[] = [];
  const subscriber = new Subscriber((text) => {
    said.push(JSON.parse(text));
    return true;
  });
  subscriber.ready();
  return { subscriber, said };
}

Deno.test("Subscriber.want() asks no faster than the server lets one", () => {
  const { subscriber, said } = open();
  for (let n = 0; n < 60; n++) subscriber.want([wanted(`q${n}`)]);
  ok(said.length >= 30 && said.length <= 45, `${said.length} messages`);
  subscriber.lost(false); // ends the wait for room
});

Deno.test("Subscriber.want() gives up what is not wanted and asks again for a snapshot when told", () => {
  const { subscriber, said } = open();
  subscriber.want([wanted("a"), wanted("b")]);
  subscriber.want([wanted("b", 2), wanted("c")]);
  const told = said.map(({ op, subscriptions }) => [op, subscriptions.map(({ id }) => id).join()]);
  deepStrictEqual(told, [["subscribe", "a,b"], ["unsubscribe", "a"], ["subscribe", "b,c"]]);
});

Deno.test("Subscriber.lost() keeps the place of each channel, unless another time begins", () => {
  const { subscriber, said } = open();
  const resumed = () => said.at(-1)?.subscriptions[0]?.resume_after;
  subscriber.want([wanted("a")]);
  const place = { ts: 5, seq: 7 };
  const channel = subscriber.find("a");
  ok(channel !== undefined);
  channel.last = place;
  subscriber.lost(true);
  strictEqual(subscriber.find("a"), undefined);
  subscriber.ready();
  deepStrictEqual(resumed(), place);
  subscriber.lost(false);
  subscriber.ready();
  strictEqual(resumed(), undefined);
});
