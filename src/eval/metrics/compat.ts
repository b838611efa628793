/**
 * Some published numbers depend on a bug of the script that made them. Metrics that know of one give the right value
 * unless asked for the published one.
 */

/** `none`: the value the metric's definition gives. `reference`: with the bug of the published script. */
export type Compat = 'none' | 'reference';
