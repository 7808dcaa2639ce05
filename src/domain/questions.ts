/** The questions of the details form, in their order: the common ones first, the rest under "Mer". All may be skipped. */
import * as v from '#contract/vocabulary.ts'
import type { Facts } from '#contract/facts.ts'
type Field = keyof Facts

/** `one` and `many` are chips, `yes` a tick, `text` free words, `number` a count. */
export interface Question { field: Field; kind: 'one' | 'many' | 'yes' | 'text' | 'number'; codes?: readonly string[]; rows?: number }

const one = (field: Field, codes: readonly string[]): Question => ({ field, kind: 'one', codes })
const many = (field: Field, codes: readonly string[]): Question => ({ field, kind: 'many', codes })
const yes = (field: Field): Question => ({ field, kind: 'yes' })
const text = (field: Field, rows = 3): Question => ({ field, kind: 'text', rows })
const number = (field: Field): Question => ({ field, kind: 'number' })

export const commonQuestions: readonly Question[] = [
  one('place', v.places), one('situation', v.situations), one('actor', v.actors), one('grade', v.grades), many('exposed', v.exposed), one('injury', v.injuries),
  text('description', 5), text('done'), yes('contactToday'), yes('aboutLeader'),
]

export const moreGroups: readonly { name: string; questions: readonly Question[] }[] = [
  { name: 'before', questions: [text('before'), many('triggers', v.triggers), text('deescalation'), one('intervention', v.answers), one('weapon', v.answers)] },
  { name: 'others', questions: [one('actorCount', v.actorCounts), one('adaptedOffer', v.answers), one('repeated', v.answers), number('witnesses'), one('otherPupils', v.answers), one('damage', v.answers), one('digitalEvidence', v.answers)] },
  { name: 'me', questions: [yes('onBehalf'), one('staffRole', v.staffRoles), yes('loneWork'), yes('newEmployee'), one('reaction', v.reactions), one('sickLeave', v.answers), many('wishes', v.wishes)] },
  { name: 'many', questions: [number('count')] },
  { name: 'after', questions: [text('proposal'), text('cause')] },
]

/** A tile may be narrowed to what exactly it was. */
export const narrowed = (tiles: Facts['tiles'] = []): Question => many('types', tiles.flatMap((tile) => v.typesOfTile[tile]))

/** Every field of the check page, in the order of the forms. */
export const checkFields: readonly Field[] = [
  'tiles', 'types', 'severity', 'occurredAt', ...commonQuestions.map(({ field }) => field), ...moreGroups.flatMap(({ questions }) => questions.map(({ field }) => field)),
]
/** These are shown on the check page even when they were not answered: they are what most readers look for. */
export const expectedFields: readonly Field[] = ['tiles', 'severity', 'occurredAt', 'place', 'actor', 'injury', 'description', 'done']
