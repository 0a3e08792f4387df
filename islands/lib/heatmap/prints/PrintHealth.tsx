import type { FeedState } from "../../../../modules/feed/contract.ts";
import type { PrintFeed } from "./print_feed.ts";

/** Which market the prints are of, and whether it is made or recorded. */
export function FeedName({ feed }: { readonly feed: FeedState | null }) {
  if (feed === null) return null;
  return (
    <span class="scope">
      {`${feed.symbol} · ${feed.kind === "replay" ? `Replay ${feed.name}` : "Synthetic"}`}
    </span>
  );
}

/** What is true of the prints right now, in words. */
export function PrintHealth({ feed }: { readonly feed: PrintFeed }) {
  const health = feed.health();
  const problem = feed.problem.value;
  return (
    <span class="age mono" data-kind={health.kind} title={problem ?? health.plate ?? ""}>
      {problem === null ? health.label : `▲ ${health.label}`}
    </span>
  );
}
