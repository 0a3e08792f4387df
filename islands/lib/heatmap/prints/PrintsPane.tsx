import { useMemo } from "preact/hooks";
import { PaneFrame, type PaneProps } from "../../pane/mod.ts";
import { printFilterText, readPrintFilter } from "./print.ts";
import { savePrints } from "./print_csv.ts";
import { PrintHealth } from "./PrintHealth.tsx";
import { shownMarket } from "../shown_market.ts";
import { TimeAndSales } from "./TimeAndSales.tsx";
import { usePrints } from "./use_prints.ts";

/** Time and sales of the book's instrument as a pane. */
export function PrintsPane({ desk, node }: PaneProps) {
  const isReplay = desk.clock.mode.value === "replay";
  const { feed, beat } = usePrints(!isReplay);
  const filter = useMemo(() => readPrintFilter(node.settings), [node.settings]);
  const market = shownMarket(feed.feed.value, isReplay);
  const untilMs = isReplay ? desk.clock.now() : Infinity;
  return (
    <PaneFrame
      desk={desk}
      node={node}
      hasPause
      provenance={market}
      exports={[["Save CSV", () => savePrints(feed, { filter, untilMs }, market)]]}
      status={isReplay ? <span class="age mono">◷ replay</span> : <PrintHealth feed={feed} />}
    >
      <TimeAndSales
        feed={feed}
        beat={beat}
        filter={filter}
        setFilter={(next) => desk.update(node.key, { settings: printFilterText(next) })}
        isPaused={desk.isPaused(node)}
        untilMs={untilMs}
        prefix={`print-${node.key}`}
      />
    </PaneFrame>
  );
}
