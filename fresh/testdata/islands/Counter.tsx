import { useSignal } from "@preact/signals";
import type { Signal } from "@preact/signals";

/** A button that counts, and shows a count that may be shared with other islands. */
export default function Counter(props: { start: number; shared?: Signal<number> }) {
  const own = useSignal(props.start);
  const count = props.shared ?? own;
  return (
    <button type="button" class="counter" onClick={() => count.value++}>
      count {count}
    </button>
  );
}
