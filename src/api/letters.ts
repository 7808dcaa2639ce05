import { type Deliveries, type Have, type SealedLetter } from '#contract/letter.ts'
import { call, hasMembers, type Outcome } from './client.ts'

const isDeliveries = (value: unknown): value is Deliveries =>
  hasMembers(value, 'answers') && Array.isArray((value as Deliveries).answers) && (value as Deliveries).answers.every((answer) => hasMembers(answer, 'status', 'id'))
const isHave = (value: unknown): value is Have => hasMembers(value, 'here', 'gone')

/** Answers come in the order of the letters. */
export const deliver = async (letters: SealedLetter[]): Promise<Outcome<Deliveries>> => {
  const outcome = await call({ method: 'POST', path: '/letters', body: { letters }, isAnswer: isDeliveries })
  return outcome.kind === 'ok' && outcome.value.answers.length !== letters.length ? { kind: 'captive' } : outcome
}

/** Which of these the server keeps. */
export const askHave = (ids: string[]): Promise<Outcome<Have>> => call({ method: 'POST', path: '/letters/have', body: { ids }, isAnswer: isHave })
