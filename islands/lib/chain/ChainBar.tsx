import { forwardPrice, RATE, yearsToExpiry } from "../../../engine/options/mod.ts";
import { exchangeClock, fixed } from "../text/mod.ts";
import type { ChainLeg, ChainLine } from "./chain_leg.ts";
import { ymd } from "./chain_math.ts";
import type { ChainStore } from "./chain_store.ts";
import { expiryText } from "./chain_text.ts";

/** What the bar is made with. */
export interface ChainBarProps {
  readonly expiries: readonly string[];
  readonly expiry: string | null;
  readonly lines: readonly ChainLine[];
  readonly nowMs: number;
  readonly store: ChainStore | null;
  readonly choose: (expiry: string) => void;
}

/** The choice of the expiry, how much of it is quoted, its forward, and since when the figures count. */
export function ChainBar({ expiries, expiry, lines, nowMs, store, choose }: ChainBarProps) {
  return (
    <div class="chain-bar">
      <select
        aria-label="Expiry"
        title="Expiry ( [ and ] )"
        value={expiry ?? ""}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {expiries.map((one) => (
          <option key={one} value={one} selected={one === expiry}>
            {expiryText(one, nowMs)}
          </option>
        ))}
      </select>
      <span class="note" data-quoted>{quotedText(lines, store)}</span>
      <span class="note" title={CARRY_TITLE}>{forwardText(store, expiry)}</span>
      <span class="note">
        {store === null || store.since === 0
          ? ""
          : `Volume and net since ${exchangeClock(store.since)} ET`}
      </span>
      {store !== null && store.listing !== null && (
        <span class="note" title="Made with the synthetic market; no part of the tape's streams">
          OI: close before the session, synthetic
        </span>
      )}
    </div>
  );
}

const CARRY_TITLE = `Underlying carried to the expiry at ${
  (RATE * 100).toFixed(1)
} % a year, no dividends. The generator, the greeks and every volatility here use the same forward`;

function quotedText(lines: readonly ChainLine[], store: ChainStore | null): string {
  if (store === null) return "";
  const quoted = lines.filter(({ call, put }) => isQuoted(call) || isQuoted(put)).length;
  return store.listing === null
    ? `${quoted} strikes quoted; the session's listing is not known`
    : `${quoted} of ${lines.length} strikes quoted`;
}

function isQuoted(leg: ChainLeg | null): boolean {
  return leg !== null && leg.quotedAt > 0;
}

function forwardText(store: ChainStore | null, expiry: string | null): string {
  if (store === null || store.spot === null || expiry === null) return "";
  const forward = forwardPrice(store.spot, yearsToExpiry(store.instant.ts, ymd(expiry)));
  return `Forward ${fixed(forward, 2)}`;
}
