/** What both sides must say alike. No TypeBox here: the phone and its service worker pay nothing for these lines. */
import type { Receipt } from './letter.ts'

export const letterInfo = 'meldt/letter/v1'
export const receiptContext = 'meldt/receipt/v1'
/** Bounds that both sides keep. Bytes are of the wire form. */
export const limits = { lettersPerBatch: 200, bytesPerBatch: 1_048_576, bytesPerLetter: 262_144, inflatedBytes: 262_144, idsPerQuestion: 500 } as const

/** The text that a receipt's signature covers, in UTF-8. */
export const signedPart = (receipt: Omit<Receipt, 'signature'>): string =>
  [receiptContext, receipt.id, receipt.hash, receipt.receivedAt, String(receipt.seq), receipt.kid].join('\n')
