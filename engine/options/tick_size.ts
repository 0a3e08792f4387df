/** Price increment of an option in USD: a cent below $3, five cents from there. */
export function tickSize(priceUsd: number): 0.01 | 0.05 {
  return priceUsd < 3 ? 0.01 : 0.05;
}
