import { z } from "zod";
import { CONTRACT, exampleHead, TS } from "./_examples.ts";
import { head, quote, ts } from "./_fields.ts";
import { option_contract_id } from "../_query.ts";
import { defineStream } from "./stream.ts";

/** A best bid and offer of an option contract; sizes in contracts. */
export const OptionNbbo = z.object({ ...head, ts, option_contract_id: z.string(), ...quote })
  .meta({ id: "OptionNbbo" });

/** Option quotes. */
export const NBBO = defineStream({
  name: "nbbo",
  title: "option NBBO",
  type: "option-nbbo",
  record: OptionNbbo,
  bucketMs: 10_000,
  lateMs: 0,
  query: { option_contract_id },
  live: {},
  tests: ({ option_contract_id: wanted }) =>
    wanted === undefined ? [] : [(row) => row.option_contract_id === wanted],
  channels: { nbbo: { snapshot: 1_000, hot: true, staleAfterMs: 15_000 } },
  paths: { current: "/nbbo/options", history: "nbbo", replay: "nbbo", ws: "options-nbbo" },
  example: {
    ...exampleHead("syn-nb-202601140-1hc", 98_304),
    ts: TS,
    option_contract_id: CONTRACT,
    bid: 5.05,
    ask: 5.15,
    bidSize: 40,
    askSize: 75,
  },
});
