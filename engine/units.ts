declare const unit: unique symbol;

/** A number that carries its unit in the type and costs nothing at run time. */
export type Unit<U extends string> = number & { readonly [unit]: U };
