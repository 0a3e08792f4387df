import { useEffect, useMemo } from "preact/hooks";
import { fixed } from "../../text/mod.ts";
import { chipsOf } from "../chips.ts";
import type { TapeChannel } from "../rows.ts";
import { TapeCounter } from "../tape_counter.ts";
import type { TapeDesk } from "../tape_desk.ts";
import type { TapeFilter } from "../tape_filter.ts";

/** What the chips are made with. */
export interface FilterChipsProps {
  readonly desk: TapeDesk;
  readonly channel: TapeChannel;
  readonly filter: TapeFilter;
  readonly symbols: readonly string[];
  readonly change: (next: Partial<TapeFilter>) => void;
}

/** What keeps rows off a tape, each with its count and a way to be rid of it; nothing while all is shown. */
export function FilterChips({ desk, channel, filter, symbols, change }: FilterChipsProps) {
  const counter = useMemo(() => new TapeCounter(channel, desk.hub, desk.marks), [channel]);
  useEffect(() => counter.follow(filter, symbols), [counter, filter, symbols]);
  useEffect(() => () => counter.close(), [counter]);
  desk.beat.value; // counted anew every second
  const chips = chipsOf(channel, filter);
  if (chips.length === 0) return null;
  const counts = counter.counts();
  return (
    <div class="chips" role="group" aria-label="Filters in force">
      {chips.map(({ id, text, clear }, i) => {
        const hidden = counts?.hidden[i];
        const effect = hidden === undefined
          ? ""
          : ` keeps ${fixed(hidden, 0)} of the newest ${fixed(counts?.of ?? 0, 0)} rows off`;
        return (
          <button
            key={id}
            type="button"
            class="chip"
            title={`${text}${effect}. Click: show them`}
            onClick={() => change(clear)}
          >
            <span class="sr">Remove the filter</span> {text}
            {hidden !== undefined && <span class="mono">−{fixed(hidden, 0)}</span>} ×
          </button>
        );
      })}
      <span class="note" data-shown title="Of the newest rows of the channel, 1,000 at most">
        {counts === null
          ? "counting…"
          : `${fixed(counts.shown, 0)} of the newest ${fixed(counts.of, 0)} shown`}
      </span>
    </div>
  );
}
