import { deepStrictEqual } from "node:assert/strict";
import { feedChangeText } from "../../modules/kit/mod.ts";
import { Topic, TOPICS } from "../kit/mod.ts";
import type { MarketEvent } from "../market/mod.ts";
import { ScriptedMarket } from "../testing/scripted_market.ts";
import { FeedNews } from "./feed_news.ts";

const sourceOf = ({ feed }: FeedNews) => feed?.source;

Deno.test("FeedNews tells of another market once it is known, and of nothing else", () => {
  const events = new Topic<MarketEvent>(TOPICS.marketEvents);
  const told: string[] = [];
  const news = new FeedNews(events, (feed) => told.push(feedChangeText(feed)));
  const { feed } = new ScriptedMarket();
  const say = (change: Partial<typeof feed>) =>
    events.publish({ type: "state", state: { ...feed, ...change } });
  say({ symbol: "" });
  deepStrictEqual(sourceOf(news), undefined);
  say({});
  say({ phase: "paused" });
  say({ nowNs: "1770500000000000000" }); // the next day
  const file = {
    kind: "replay",
    name: "CLX5_mbo.dbn",
    isSynthetic: false,
    startNs: null,
  } as const;
  say({ ...file, symbol: "", nowNs: null, phase: "opening" });
  say({ ...file, symbol: "CLX5", nowNs: "1758722400000000000" });
  say({ ...file, symbol: "CLX5", nowNs: "1758722401000000000" });
  deepStrictEqual(told, ["Feed changed to CLX5 · 2025-09-24 · replay · CLX5_mbo.dbn"]);
  deepStrictEqual(sourceOf(news), "CLX5_mbo.dbn");
});
