import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** Shows or hides what the server put into it. */
export function Box(props: { open: boolean; children?: ComponentChildren }) {
  const [isOpen, setOpen] = useState(props.open);
  return (
    <section class="box">
      <button type="button" class="toggle" onClick={() => setOpen(!isOpen)}>
        {isOpen ? "close" : "open"}
      </button>
      {isOpen && <div class="inside">{props.children}</div>}
    </section>
  );
}
