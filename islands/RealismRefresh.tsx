import { useEffect, useState } from "preact/hooks";

/** Where the refreshed part of the page stands. */
export interface RealismRefreshProps {
  /** Id of the element that is exchanged. */
  readonly target: string;
  /** How often the page looks again, s; 10 when not given. */
  readonly everySeconds?: number;
}

/** Exchanges the element for the same one of a newer page; keeps scroll position and focus. */
async function exchange(target: string): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = fresh.getElementById(target);
  const old = document.getElementById(target);
  if (next === null || old === null) throw new Error("The page has changed: load it again");
  const scroller = old.querySelector(".scroll");
  const hadFocus = scroller !== null && scroller === document.activeElement;
  const left = scroller?.scrollLeft ?? 0;
  old.replaceChildren(...next.childNodes);
  const after = old.querySelector<HTMLElement>(".scroll");
  if (after === null) return;
  after.scrollLeft = left;
  if (hadFocus) after.focus({ preventScroll: true });
}

/** Keeps a page of figures up to date, and says so; a page that no longer follows is greyed. */
export default function RealismRefresh({ target, everySeconds = 10 }: RealismRefreshProps) {
  const [isPaused, setPaused] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    if (isPaused) return;
    let isBusy = false;
    const look = async () => {
      // A hidden page asks for nothing, and neither does one that still waits.
      if (document.hidden || isBusy) return;
      isBusy = true;
      try {
        await exchange(target);
        setFailure(null);
        setSeconds(0);
      } catch (error) {
        setFailure(error instanceof Error ? error.message : String(error));
      }
      isBusy = false;
    };
    const timer = setInterval(look, everySeconds * 1_000);
    return () => clearInterval(timer);
  }, [isPaused, target, everySeconds]);

  useEffect(() => {
    const timer = setInterval(() => setSeconds((value) => value + 1), 1_000);
    return () => clearInterval(timer);
  }, []);

  useEffect(() => {
    document.getElementById(target)?.toggleAttribute("data-stale", failure !== null);
  }, [failure, target]);

  return (
    <p class="realism-refresh" role="status" data-failed={failure !== null}>
      <button type="button" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
        {isPaused ? "Follow" : "Pause"}
      </button>
      <span class="mono" aria-live="off">
        {failure === null
          ? `${isPaused ? "paused" : "follows"} · ${seconds} s ago`
          : `stale, ${seconds} s old: ${failure}`}
      </span>
    </p>
  );
}
