import { define } from "../define.ts";
import Counter from "../islands/Counter.tsx";

export default define.page(() => {
  const props = { start: (() => 1) as unknown as number };
  return <Counter {...props} />;
});
