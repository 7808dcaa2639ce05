/** A lot that nobody who reads a table can draw again (contract/disclosure.ts): what is published is made once, and the lot is kept nowhere. */
import { randomInt } from 'node:crypto'
import type { Lot } from '#contract/disclosure.ts'

const most = 2 ** 32
export const freshLot: Lot = () => randomInt(most) / most
