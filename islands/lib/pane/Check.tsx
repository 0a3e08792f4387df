/** A switch with its words. */
export function Check(
  { label, isOn, set }: {
    readonly label: string;
    readonly isOn: boolean;
    readonly set: (isOn: boolean) => void;
  },
) {
  return (
    <button
      type="button"
      class="check"
      aria-pressed={isOn ? "true" : "false"}
      onClick={() => set(!isOn)}
    >
      {isOn ? "☑" : "☐"} {label}
    </button>
  );
}
