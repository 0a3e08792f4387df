import { useEffect, useMemo, useState } from "preact/hooks";
import { PrintFeed } from "./print_feed.ts";

const BEAT_MS = 250;

/**
 * A feed of prints while a component stands, and a count that goes up whenever there may be something new
 * to show.
 *
 * @param isLive False while the page follows a replay: the feed does not listen then, so that what it
 * keeps is not pushed out.
 */
export function usePrints(isLive: boolean): { readonly feed: PrintFeed; readonly beat: number } {
  const [beat, setBeat] = useState(0);
  const feed = useMemo(() => new PrintFeed(() => setBeat((count) => count + 1)), []);
  useEffect(() => {
    if (isLive) feed.open();
    return () => feed.close();
  }, [isLive]);
  useEffect(() => {
    const timer = setInterval(() => setBeat((count) => count + 1), BEAT_MS);
    return () => clearInterval(timer);
  }, []);
  return { feed, beat };
}
