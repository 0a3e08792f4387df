import type { PictureState } from "../picture_driver.ts";
import { spanText } from "../../text/mod.ts";

/** What the marks of the view are made with. */
export interface ViewMarksProps {
  readonly state: Pick<PictureState, "behindMs" | "followSpot">;
  readonly actions: { readonly newest: () => void; readonly toggleFollow: () => void };
}

/** How far back the view lies, and whether its price axis is held; each leads back. */
export function ViewMarks({ state, actions }: ViewMarksProps) {
  const behind = state.behindMs.value;
  return (
    <>
      {behind > 0 && (
        <button type="button" class="mark strong" onClick={actions.newest}>
          {spanText(behind)} back · End returns
        </button>
      )}
      {!state.followSpot.value && (
        <button type="button" class="mark" onClick={actions.toggleFollow}>
          Price axis held · L follows
        </button>
      )}
    </>
  );
}

/** Tries a lost connection at once. */
export function RetryButton({ retry }: { readonly retry: () => void }) {
  return <button type="button" onClick={retry}>Try now</button>;
}

/** For a page some of whose code is missing. */
export function ReloadButton() {
  return <button type="button" onClick={() => location.reload()}>Load the page again</button>;
}
