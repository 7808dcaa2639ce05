/** What a letter carries, as it lies in the safe. */
import type { CaseContent } from '#contract/caseLetter.ts'
import type { Facts } from '#contract/facts.ts'
import type { Keys } from '#contract/session.ts'
import type { LetterHeader } from '#contract/letter.ts'
import type { TrainingContent } from '#contract/training.ts'
import { sealLetter } from '#app/crypto/seal.ts'
import type { LetterRow } from './rows.ts'

/** Content of a report's letters: facts for a report or supplement, nothing for a withdrawal or for what was opened. */
export interface Content { v: 1; facts?: Facts }
type AnyContent = Content | TrainingContent | CaseContent

/** A letter to be kept. Without the server's key it lies unsealed here and is sealed when the key has come: a first save needs no line. */
export async function newLetter(header: LetterHeader, content: AnyContent, keys: Keys | undefined, nextAttemptAt: number): Promise<LetterRow> {
  const { id, report, kind, account, at } = header
  const row: LetterRow = { id, report, kind, account, at, attempts: 0, nextAttemptAt }
  return keys === undefined ? row : { ...row, ...await sealed(header, content, keys) }
}

export async function sealed(header: LetterHeader, content: AnyContent, keys: Keys): Promise<Required<Pick<LetterRow, 'sealed' | 'hash'>>> {
  const { letter, hash } = await sealLetter(header, content, keys)
  return { sealed: letter, hash }
}

export const headerOf = ({ id, report, kind, account, at }: LetterRow): LetterHeader => ({ v: 1, id, report, kind, account, at })
