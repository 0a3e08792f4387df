import { useSignal } from "@preact/signals";

/** An island that lives beside its routes. */
export default function Local() {
  const on = useSignal(false);
  return (
    <button type="button" class="local" onClick={() => on.value = true}>
      {on.value ? "on" : "off"}
    </button>
  );
}
