import { useState } from "preact/hooks";
import { ALL_PRINTS } from "./print.ts";
import { savePrints } from "./print_csv.ts";
import { PrintHealth } from "./PrintHealth.tsx";
import { Stamp } from "../../pane/mod.ts";
import { shownMarket } from "../shown_market.ts";
import { TimeAndSales } from "./TimeAndSales.tsx";
import { usePrints } from "./use_prints.ts";

/** What the tab is made with. */
interface PrintsTabProps {
  /** Time of the replay that the page follows, epoch ms; null while it is live. */
  readonly replayTs: () => number | null;
  /** Start of the rows' element ids, unique on the page. */
  readonly prefix: string;
}

/** Time and sales beside the picture. */
export function PrintsTab({ replayTs, prefix }: PrintsTabProps) {
  const untilMs = replayTs();
  const { feed, beat } = usePrints(untilMs === null);
  const [filter, setFilter] = useState(ALL_PRINTS);
  const market = shownMarket(feed.feed.value, untilMs !== null);
  return (
    <div class="prints-tab" data-state={feed.health().kind}>
      <p class="prints-of">
        {market !== null && <Stamp of={market} />} <PrintHealth feed={feed} />
        <span class="grow" />
        <button
          type="button"
          class="save"
          title="The prints that pass the filter"
          disabled={market === null}
          onClick={() => savePrints(feed, { filter, untilMs: untilMs ?? Infinity }, market)}
        >
          Save CSV
        </button>
      </p>
      <TimeAndSales
        feed={feed}
        beat={beat}
        filter={filter}
        setFilter={setFilter}
        isPaused={false}
        untilMs={untilMs ?? Infinity}
        prefix={prefix}
      />
    </div>
  );
}
