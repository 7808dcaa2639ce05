/** The rows. A box is ciphertext of the safe; what stands beside it in the open is what sending needs, and nothing of what happened. */
import type { LetterKind } from '#contract/vocabulary.ts'
import type { Receipt, SealedLetter } from '#contract/letter.ts'

/** Times are milliseconds of the phone's clock, so that they can be an index. */
export interface LetterRow {
  id: string
  report: string
  kind: LetterKind
  account: string | null
  at: string
  /** Missing while the phone has no key of the server yet, and again when the sealed bytes were pruned after the receipt. */
  sealed?: SealedLetter
  hash?: string
  attempts: number
  /** Set as long as it has no receipt: this index is the outbox. `never` when a person must act first. */
  nextAttemptAt?: number
  lastTriedAt?: number
  sendingUntil?: number
  /** How often the server broke down over a batch that held it: it travels in ever smaller company. */
  suspect?: number
  waitsForSignIn?: true
  refusedBecause?: string
  /** The answer was to the whole request: nobody has judged this letter itself. */
  wholeRequest?: true
  /** It went on under another id. */
  replacedBy?: string
  receipt?: Receipt
  deliveredAt?: number
  /** Of a server that has lost the letter since (a restored backup). */
  earlierReceipts?: Receipt[]
}

/** `at` is when the letter was written. */
export interface SafeRow { id: string; report: string; at: string; box: ArrayBuffer }
/** IndexedDB cannot index a boolean. */
export interface DraftRow { id: string; report: string; kept: 0 | 1; at: string; box: ArrayBuffer }
export interface SchoolRow { report: string; box: ArrayBuffer }
/** Without a box: written here, and the server has not told of it yet. */
export interface TrainingRow { report: string; box?: ArrayBuffer }
/** Without a box: it was read here, and the server tells anew. Zero is unread: IndexedDB cannot index a boolean. */
export interface NoticeRow { report: string; read: 0 | 1; box?: ArrayBuffer }
/** A move from nobody to an account, as it was decided: whose, and which rows. A draft is meant as it was then, by its time. */
export interface Claim { id: string; account: string; letters: string[]; drafts: { id: string; at: string }[] }
/** `claim` stands at nobody's until the move is over; `claimed` with the account, from the moment the rows are there. */
/** `form/…` is what somebody has begun to write in a small form, `numbers/…` what the server told last: boxes of the safe. */
export interface MetaRow { key: 'schemaVersion' | 'cursor' | 'lastReceivedAt' | 'claim' | 'claimed' | `form/${string}` | `numbers/${string}`; value: string | number | Claim | ArrayBuffer }

/** Later than any clock. A refused letter stays in the outbox' index with it. */
export const never = Number.POSITIVE_INFINITY

/** While the app is open a new report waits this long, so that Angre leaves no trace. */
export const graceMs = 20_000
