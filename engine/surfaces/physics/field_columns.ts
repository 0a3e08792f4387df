/** Multi-scale fields of one side of a lattice, a value per cell. */
export class FieldColumns {
  /** Means of the velocity u over 2, 8, 32 and 128 windows. */
  readonly uEma2: Float64Array;
  readonly uEma8: Float64Array;
  readonly uEma32: Float64Array;
  readonly uEma128: Float64Array;
  /** Length of the vector of differences of neighbouring means, ≥ 0. */
  readonly uWaveEnergy: Float64Array;
  /** Change of the fastest mean per window, and change of that. */
  readonly duDt: Float64Array;
  readonly d2uDt2: Float64Array;
  /** ln(1 + contracts), ≥ 0. */
  readonly rho: Float64Array;
  /** Share of the contracts that rests, 0 to 1. */
  readonly phiRest: Float64Array;
  /** Means over 8 and 32 windows, as far as the depth rests. */
  readonly uP: Float64Array;
  readonly uPSlow: Float64Array;
  /** Resistance of the place, ≥ 0. */
  readonly omega: Float64Array;
  /** Gaussian means of velocity and resistance over near and far neighbours. */
  readonly uNear: Float64Array;
  readonly uFar: Float64Array;
  readonly omegaNear: Float64Array;
  readonly omegaFar: Float64Array;
  /** Near less far. */
  readonly uProm: Float64Array;
  readonly omegaProm: Float64Array;
  /** Slope and curvature of the near velocity along the lattice; 0 at its ends. */
  readonly duDx: Float64Array;
  readonly d2uDx2: Float64Array;
  /** Viscosity, ≥ 1, and its inverse. */
  readonly nu: Float64Array;
  readonly kappa: Float64Array;
  /** Push of the place on price: up for bids that build, down for asks. */
  readonly pressureGrad: Float64Array;

  /** @param cells Of the lattice. */
  constructor(cells: number) {
    const column = () => new Float64Array(cells);
    this.uEma2 = column();
    this.uEma8 = column();
    this.uEma32 = column();
    this.uEma128 = column();
    this.uWaveEnergy = column();
    this.duDt = column();
    this.d2uDt2 = column();
    this.rho = column();
    this.phiRest = column();
    this.uP = column();
    this.uPSlow = column();
    this.omega = column();
    this.uNear = column();
    this.uFar = column();
    this.omegaNear = column();
    this.omegaFar = column();
    this.uProm = column();
    this.omegaProm = column();
    this.duDx = column();
    this.d2uDx2 = column();
    this.nu = column();
    this.kappa = column();
    this.pressureGrad = column();
  }
}
