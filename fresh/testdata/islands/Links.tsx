import { useState } from "preact/hooks";

/** An island that draws a link of its own later. */
export default function Links() {
  const [isOpen, setOpen] = useState(false);
  return (
    <nav class="late">
      <button type="button" onClick={() => setOpen(true)}>more</button>
      {isOpen && <a href="/links">here</a>}
    </nav>
  );
}
