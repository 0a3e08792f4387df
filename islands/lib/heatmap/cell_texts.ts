import {
  EXCHANGE_ZONE_LABEL,
  exchangeClock,
  fixed,
  nsToMs,
  signed,
  significant,
} from "../text/mod.ts";
import type { BinHistory } from "./history.ts";
import { PLANE } from "./planes.ts";
import { priceScaleOf, priceText } from "./price_text.ts";

/** Stems of the flow columns, in plane order. */
export const FLOWS = ["add", "pull", "fill", "rest_depth"] as const;
const STATES = ["vacuum", "neutral", "pressure"] as const;

/** Returns the text of everything known about a cell, by Arrow column name. */
export function cellTexts(
  history: BinHistory,
  position: number,
  tick: number,
): Map<string, string> {
  const { store, config } = history;
  const slot = store.slot(position);
  const texts = new Map<string, string>();
  const ms = nsToMs(history.baseNs) + store.startNs[slot]! / 1e6;
  texts.set("price", priceText(tick, priceScaleOf(config)));
  texts.set("time", `${exchangeClock(ms, true)} ${EXCHANGE_ZONE_LABEL}`);
  const row = store.rowOf(slot, tick);
  if (row < 0) {
    texts.set("k", store.binSeq[slot] === -1 ? "no bin here" : "outside the window");
    texts.set("source", store.binSeq[slot] === -1 ? "Gap" : `Bin ${fixed(store.binSeq[slot]!, 0)}`);
    return texts;
  }
  const at = (plane: number) => store.cells[store.offset(slot, plane) + row]!;
  texts.set("k", `k ${signed(row - store.radius, 0)}`);
  texts.set("spectrum_score", signed(at(PLANE.SCORE), 4));
  texts.set("state", STATES[at(PLANE.STATE) + 1] ?? "");
  texts.set("pressure_variant", significant(at(PLANE.PRESSURE)));
  texts.set("vacuum_variant", significant(at(PLANE.VACUUM)));
  FLOWS.forEach((flow, i) => {
    texts.set(flow === "rest_depth" ? flow : `${flow}_mass`, significant(at(i)));
    texts.set(`v_${flow}`, significant(at(PLANE.V_ADD + i)));
    texts.set(`a_${flow}`, significant(at(PLANE.A_ADD + i)));
    texts.set(`j_${flow}`, significant(at(PLANE.J_ADD + i)));
  });
  config.horizonsMs.forEach((horizon, i) => {
    texts.set(`proj_score_h${horizon}`, signed(at(PLANE.PROJECTION + i), 4));
  });
  const event = store.eventIds[slot * store.rows + row]!;
  texts.set(
    "source",
    `Bin ${fixed(store.binSeq[slot]!, 0)} · ${
      event > 0 ? `last touched by event ${fixed(event, 0)}` : "never touched"
    } · ${store.live[slot] === 1 ? "live" : "backfill"}`,
  );
  return texts;
}

/** Returns one sentence about a cell, for those who hear the screen. */
export function cellSentence(history: BinHistory, position: number, tick: number): string {
  const texts = cellTexts(history, position, tick);
  const where = `${texts.get("price")} at ${texts.get("time")}, ${texts.get("k")}`;
  const score = texts.get("spectrum_score");
  if (score === undefined) return where;
  return `${where}: score ${score}, ${texts.get("state")}, pressure ${
    texts.get("pressure_variant")
  }, vacuum ${texts.get("vacuum_variant")}, depth ${texts.get("rest_depth")}`;
}
