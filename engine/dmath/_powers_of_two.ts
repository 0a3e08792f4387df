/** Index of 2^0 in {@link POWERS_OF_TWO}. */
export const ZEROTH_POWER = 1_024;

/** 2^k at index k + 1024 for k = -1024..1023, every one exact (the two least are subnormal). */
export const POWERS_OF_TWO = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2_048);
  powers[ZEROTH_POWER] = 1;
  for (let i = ZEROTH_POWER + 1; i < 2_048; i++) powers[i] = powers[i - 1]! * 2;
  for (let i = ZEROTH_POWER - 1; i >= 0; i--) powers[i] = powers[i + 1]! / 2;
  return powers;
}
