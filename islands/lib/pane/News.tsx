import type { Signal } from "@preact/signals";

/** What somebody else changed for everybody; stays until it is closed. */
export function News({ news }: { readonly news: Signal<string | null> }) {
  return (
    <div class="news" role="status" hidden={news.value === null}>
      {news.value !== null && (
        <>
          <p>{news.value}</p>
          <button type="button" onClick={() => news.value = null}>Close</button>
        </>
      )}
    </div>
  );
}
