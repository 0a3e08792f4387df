import { fixed } from "../../text/mod.ts";
import { SIDE_TEXT } from "./columns.ts";
import { AGGRESSORS, ALL_PRINTS, LEAST_SIZES, type PrintFilter } from "./print.ts";
import type { PrintCounts } from "./print_view.ts";

/** The filter as chips, each with how many prints it names, and how many of all are shown. */
export function PrintChips(
  { filter, counts, set }: {
    readonly filter: PrintFilter;
    readonly counts: PrintCounts;
    readonly set: (filter: PrintFilter) => void;
  },
) {
  const { aggressors, leastSize } = filter;
  const isAll = aggressors.length === AGGRESSORS.length && leastSize === ALL_PRINTS.leastSize;
  return (
    <div class="filter-bar chips" role="group" aria-label="Filter of the prints">
      {AGGRESSORS.map((aggressor) => {
        const isOn = aggressors.includes(aggressor);
        const next = AGGRESSORS.filter((own) =>
          own === aggressor ? !isOn : aggressors.includes(own)
        );
        return (
          <button
            key={aggressor}
            type="button"
            class="check"
            aria-pressed={isOn ? "true" : "false"}
            onClick={() => set({ ...filter, aggressors: next })}
          >
            <span class={SIDE_TEXT[aggressor].tone}>{SIDE_TEXT[aggressor].text}</span>{" "}
            <span class="mono">{fixed(counts.byAggressor.get(aggressor) ?? 0, 0)}</span>
          </button>
        );
      })}
      <span class="parting" aria-hidden="true" />
      {LEAST_SIZES.map((size) => (
        <button
          key={size}
          type="button"
          class="check"
          aria-pressed={leastSize === size ? "true" : "false"}
          title={size === 1 ? "Any size" : `${size} contracts and more`}
          onClick={() => set({ ...filter, leastSize: size })}
        >
          <span>≥ {size}</span> <span class="mono">{fixed(counts.bySize.get(size) ?? 0, 0)}</span>
        </button>
      ))}
      <span class="mono shown" role="status">
        {`${fixed(counts.shown, 0)} of ${fixed(counts.all, 0)} shown`}
      </span>
      {!isAll && <button type="button" onClick={() => set(ALL_PRINTS)}>Clear</button>}
    </div>
  );
}
