import type { LetterRow } from './rows.ts'

/** Nobody there has kept it: it was never sent, or it was judged itself and turned down. An answer to a whole request says nothing of earlier tries. */
export const isUnheardOf = ({ attempts, receipt, earlierReceipts, refusedBecause, wholeRequest }: LetterRow): boolean => receipt === undefined && earlierReceipts === undefined
  && (attempts === 0 || (refusedBecause !== undefined && refusedBecause !== 'already-used-id' && wholeRequest !== true))
