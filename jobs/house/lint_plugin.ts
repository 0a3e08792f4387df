/** Most lines that a function may have, from its first to its last. */
export const MAX_FUNCTION_LINES = 70;

const TEST = /_test\.tsx?$|_long\.ts$|\/testing\//;

function lines(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

type Whole =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

/**
 * Rules of the house that `deno lint` applies beside its own: a function that does not fit on a
 * screen has more than one idea. Tests are exempt, as a table of cases is one idea however long.
 */
const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: {
    "function-length": {
      create(context) {
        if (TEST.test(context.filename.replaceAll("\\", "/"))) return {};
        const check = (node: Whole) => {
          const count = lines(context.sourceCode.getText(node));
          if (count <= MAX_FUNCTION_LINES) return;
          const message = `This function has ${count} lines, more than ${MAX_FUNCTION_LINES}`;
          context.report({ node, message });
        };
        return {
          FunctionDeclaration: check,
          FunctionExpression: check,
          ArrowFunctionExpression: check,
        };
      },
    },
  },
};

export default plugin;
