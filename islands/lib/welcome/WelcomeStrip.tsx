import { useState } from "preact/hooks";
import { FileOffer, openInHeatmap } from "../heatmap/files/mod.ts";
import { useOnDemand } from "../pane/mod.ts";

/** Cookie by which the server knows who has closed the strip, so that no page jumps when it wakes. */
export const WELCOME_COOKIE = "lotus_welcome";

const YEAR_SECONDS = 31_536_000;

/** What a strip is made with. */
export interface WelcomeStripProps {
  /** Whether this reader may open files: operators may. */
  readonly mayOpen: boolean;
}

/** Says on the first visit what this is, and offers three ways to begin. Stays away once it was closed. */
export function WelcomeStrip({ mayOpen }: WelcomeStripProps) {
  const [isShown, setShown] = useState(true);
  const [isTouring, setTouring] = useState(false);
  const tour = useOnDemand(() => import("./Tour.tsx"), isTouring);
  const close = () => {
    document.cookie = `${WELCOME_COOKIE}=closed; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    setShown(false);
    document.querySelector<HTMLElement>("[data-focus]")?.focus();
  };
  if (!isShown) return null;
  return (
    <section class="welcome" aria-label="Welcome">
      <p>
        <strong>Lotus Terminal</strong>{" "}
        shows what order flow does, print by print: a market that it makes by itself, or a recording
        of yours. It never sends an order.
      </p>
      <div class="welcome-offers">
        <button type="button" class="primary" onClick={() => setTouring(true)}>
          Take the 60 s tour
        </button>
        {mayOpen
          ? <FileOffer label="Drop a .dbn file here, or choose one" onSent={openInHeatmap} />
          : <a class="button" href="/login?next=%2F">Sign in to open a .dbn file</a>}
        <a class="button" href="/heatmap">See the order book as a heatmap</a>
      </div>
      <button type="button" class="tool" title="Close; it does not come back" onClick={close}>
        <span aria-hidden="true">✕</span>
        <span class="sr">Close the welcome</span>
      </button>
      {tour.problem !== null && <p role="alert">The tour could not be loaded: {tour.problem}</p>}
      {isTouring && tour.module !== null && <tour.module.Tour onEnd={() => setTouring(false)} />}
    </section>
  );
}
