import type { PrintFeed } from "./print_feed.ts";

/** What is true of the prints right now, in words. */
export function PrintHealth({ feed }: { readonly feed: PrintFeed }) {
  const health = feed.health();
  const problem = feed.problem.value;
  return (
    <span class="age mono" data-kind={health.kind} title={problem ?? health.plate ?? ""}>
      {`${problem === null ? "" : "▲ "}${health.word}${health.detail}`}
    </span>
  );
}
