import { define } from "../define.ts";
import Counter from "../islands/Counter.tsx";
import Pair from "../islands/Pair.tsx";

// Browsers move a <fieldset> out of a <p>, and so out of the markers of its island.
export default define.page(() => (
  <main>
    <p>
      <Pair starts={[1]} />
    </p>
    <Counter start={40} />
  </main>
));
