/**
 * Order-flow imbalance of one quote after another, contracts: what the bid gained less what the ask gained. A better
 * price counts its whole queue, a worse one takes the old queue away. Positive where buyers press.
 *
 * @param quote Best bid and ask with their quantities: [price, contracts, price, contracts], prices in any one unit.
 * @see Cont, Kukanov and Stoikov (2014), "The price impact of order book events", eq. (2).
 */
export function quoteImbalance(quote: ArrayLike<number>, next: ArrayLike<number>): number {
  const bidMove = next[0]! - quote[0]!;
  const askMove = next[2]! - quote[2]!;
  let sum = 0;
  if (bidMove >= 0) sum += next[1]!;
  if (bidMove <= 0) sum -= quote[1]!;
  if (askMove <= 0) sum -= next[3]!;
  if (askMove >= 0) sum += quote[3]!;
  return sum;
}
