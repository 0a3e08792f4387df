import Counter from "./Counter.tsx";

/** An island that draws islands itself. */
export default function Pair(props: { starts: readonly number[] }) {
  return (
    <fieldset class="pair">
      {props.starts.map((start) => <Counter key={start} start={start} />)}
    </fieldset>
  );
}
