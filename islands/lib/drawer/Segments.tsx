/** A row of choices of which one holds; native radio buttons, so arrows move between them. */
export function Segments<T extends number>(props: {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [T, string])[];
  readonly value: T;
  readonly disabled: boolean;
  readonly onChoose: (value: T) => void;
}) {
  const { name, label, options, value, disabled, onChoose } = props;
  return (
    <div class="drawer-segments" role="radiogroup" aria-label={label}>
      {options.map(([option, text]) => (
        <label key={text}>
          <input
            type="radio"
            name={name}
            checked={option === value}
            disabled={disabled}
            onChange={() => onChoose(option)}
          />
          <span>{text}</span>
        </label>
      ))}
    </div>
  );
}
