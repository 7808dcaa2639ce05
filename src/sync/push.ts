/** Delivers what is due, oldest first. Each letter is judged alone; no answer of the server deletes anything. */
import { patienceFor } from '#app/api/client.ts'
import { deliver } from '#app/api/letters.ts'
import { currentAccount } from '#app/db/device.ts'
import { dueLetters, noteLetters, type Due, type Note } from '#app/db/letters.ts'
import type { SyncResult } from '#app/domain/model.ts'
import { shortest, waitAfter, waitAsAsked } from './backoff.ts'
import { batchesOf, halves } from './batches.ts'
import { judge, signInPatience } from './judge.ts'
import { attempted, failed, refused, suspected, waitsForSignIn } from './notes.ts'
import { fetchKeys, knownKeys } from './serverKeys.ts'
import { meaningOf } from './statusTable.ts'

/** What became of one batch. `rest`: how long everything else has to wait too. */
interface Turn { result: SyncResult; split?: Due[][]; rest?: number }

const notesOf = (batch: Due[], change: (due: Due) => Note['change']): Note[] => batch.map((due) => ({ account: due.account, id: due.row.id, change: change(due) }))
async function noteAttempt(batch: Due[]): Promise<Due[]> {
  const now = Date.now()
  const patience = patienceFor(JSON.stringify(batch.map(({ letter }) => letter)).length)
  const written = new Map((await noteLetters(notesOf(batch, ({ row }) => attempted(now, waitAfter(row.attempts + 1), patience)))).map((row) => [row.id, row]))
  return batch.filter(({ row }) => written.has(row.id))
}

async function keepAnswers(batch: Due[], answers: Parameters<typeof judge>[1][]): Promise<Turn> {
  const judged = async (some: number[]) => {
    const keys = await knownKeys()
    return Promise.all(some.map(async (index) => {
      const [due, answer] = [batch[index], answers[index]]
      return due && answer ? { index, note: await judge(due, answer, keys) } : { index, note: undefined }
    }))
  }
  let verdicts = await judged(batch.map((_, index) => index))
  const doubted = verdicts.filter(({ note }) => note === undefined).map(({ index }) => index)
  if (doubted.length > 0 && await fetchKeys() === 'done') verdicts = [...verdicts.filter(({ note }) => note !== undefined), ...await judged(doubted)]
  // A receipt that nobody of ours signed is no receipt: the letter goes on waiting.
  const unbelieved = batch.filter((_, index) => verdicts.some((verdict) => verdict.index === index && verdict.note === undefined))
  await noteLetters([...verdicts.flatMap(({ note }) => note ?? []), ...notesOf(unbelieved, () => failed())])
  const current = await currentAccount()
  const asked = batch.some(({ account }, index) => account === current && isAskedFor(answers[index]))
  return { result: asked ? 'sign-in' : 'done' }
}

const isAskedFor = (answer: Parameters<typeof judge>[1] | undefined): boolean => answer?.status === 'later' && answer.code === 'sign-in-needed'

async function send(batch: Due[]): Promise<Turn> {
  const sent = await noteAttempt(batch)
  if (sent.length === 0) return { result: 'done' }
  const outcome = await deliver(sent.map(({ letter }) => letter))
  if (outcome.kind === 'ok') return keepAnswers(sent, outcome.value.answers)
  if (outcome.kind !== 'problem') {
    await noteLetters(notesOf(sent, () => failed()))
    return { result: outcome.kind, rest: waitAfter(1) }
  }
  const { meaning, result } = meaningOf(outcome.status)
  if (meaning === 'sign-in') {
    await noteLetters(notesOf(sent, () => waitsForSignIn(Date.now() + signInPatience)))
    return { result, rest: signInPatience }
  }
  if (meaning === 'split' && sent.length > 1) {
    await noteLetters(notesOf(sent, () => failed(Date.now())))
    return { result, split: halves(sent) }
  }
  if (meaning !== 'again') {
    await noteLetters(notesOf(sent, () => refused(outcome.code, true)))
    return { result }
  }
  const wait = outcome.retryAfterMs === undefined ? undefined : waitAsAsked(outcome.retryAfterMs)
  const next = wait === undefined ? undefined : Date.now() + wait
  await noteLetters(notesOf(sent, () => outcome.status === 500 ? suspected(next) : failed(next)))
  // A breakdown may be one letter's doing: the others get their turn. Any other answer of this kind is meant for all.
  return outcome.status === 500 ? { result } : { result, rest: wait ?? waitAfter(1) }
}

const breakdownsBeforeRest = 3

export async function push(): Promise<SyncResult> {
  const { due, held } = await dueLetters(Date.now())
  await noteLetters(held.map(({ account, row, until }) => ({ account, id: row.id, change: failed(until) })))
  const queue = batchesOf(due)
  let worst: SyncResult = 'done'
  let breakdowns = 0
  for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
    const turn = await send(batch)
    if (turn.result !== 'done') worst = turn.result
    if (turn.split) queue.unshift(...turn.split)
    if (turn.result === 'slow-down') breakdowns += 1
    const rest = turn.rest ?? (breakdowns >= breakdownsBeforeRest ? shortest : undefined)
    if (rest !== undefined) {
      const until = Date.now() + rest
      await noteLetters(notesOf(queue.flat(), () => failed(until)))
      return worst
    }
  }
  return worst
}
