/** What happens, in codes only. Few situations stand behind most events: the same lesson, the same change of rooms, the same two adults, for some months. */
import type { Facts } from '#contract/facts.ts'
import type { Grade, IncidentType, Injury, Place, Situation, StaffRole, Tile, Trigger } from '#contract/vocabulary.ts'
import { usualMinute } from './calendar.ts'
import type { Chance } from './random.ts'

export type SchoolKind = 'primary' | 'lower-secondary' | 'combined' | 'special'
type Weighed<T> = readonly (readonly [T, number])[]

const gradesOf: Record<SchoolKind, Weighed<Grade>> = {
  primary: [['1-2', 34], ['3-4', 36], ['5-7', 30]], 'lower-secondary': [['8-10', 100]], combined: [['1-2', 26], ['3-4', 29], ['5-7', 25], ['8-10', 20]],
  special: [['1-2', 15], ['3-4', 25], ['5-7', 35], ['8-10', 20], ['unknown-grade', 5]],
}
const situationsOf: Weighed<Situation> = [
  ['lesson', 18], ['one-to-one', 12], ['transition', 15], ['break', 12], ['limit-setting', 12], ['pupil-conflict', 7], ['sfo-time', 6], ['meal', 4], ['dressing', 4], ['end-of-activity', 4], ['changed-plan', 3],
  ['intervention-ongoing', 1], ['pupil-talk', 1], ['pick-up', 1],
]
const placesOf: Partial<Record<Situation, Weighed<Place>>> = {
  lesson: [['classroom', 80], ['special-room', 8], ['gym', 12]], 'one-to-one': [['group-room', 80], ['classroom', 20]], transition: [['corridor', 65], ['wardrobe', 25], ['classroom', 10]],
  break: [['schoolyard', 95], ['corridor', 5]], meal: [['classroom', 70], ['sfo', 30]], dressing: [['wardrobe', 90], ['gym', 10]], 'sfo-time': [['sfo', 70], ['schoolyard', 30]], 'pick-up': [['sfo', 50], ['schoolyard', 50]],
  'pupil-conflict': [['schoolyard', 55], ['classroom', 25], ['corridor', 20]], 'pupil-talk': [['office', 70], ['group-room', 30]],
}
const otherPlaces: Weighed<Place> = [['classroom', 50], ['group-room', 25], ['corridor', 15], ['gym', 5], ['trip', 3], ['toilet', 2]]
const rolesOf: Weighed<StaffRole> = [['ASS', 38], ['FAG', 13], ['LAER', 27], ['SPES', 9], ['MILJO', 7], ['VIK', 4], ['STUD', 1], ['LED', 1]]
const rolesAfterSchool: Weighed<StaffRole> = [['SFO', 55], ['ASS', 30], ['FAG', 15]]
const triggersOf: Partial<Record<Situation, Weighed<Trigger>>> = {
  lesson: [['demand', 55], ['limit', 25], ['sensory', 20]], 'one-to-one': [['demand', 65], ['limit', 25], ['held', 10]], transition: [['change', 75], ['limit', 25]], break: [['peer-conflict', 60], ['unfair', 40]],
  'limit-setting': [['limit', 85], ['unfair', 15]], 'end-of-activity': [['change', 50], ['lost-thing', 25], ['limit', 25]], 'changed-plan': [['change', 90], ['sensory', 10]], 'pupil-conflict': [['peer-conflict', 90], ['provoked', 10]],
}
const otherTriggers: Weighed<Trigger> = [['limit', 30], ['sensory', 20], ['discomfort', 20], ['unknown-trigger', 15], ['no-trigger', 15]]
const typesOf: Record<Tile, Weighed<IncidentType>> = {
  hit: [['FYS-SLAG', 40], ['FYS-SPARK', 28], ['FYS-DYTT', 14], ['FYS-KLYP', 7], ['FYS-LUGG', 5], ['FYS-SKALL', 3], ['FYS-HOLD', 1.5], ['FYS-GJENST', 1.2], ['FYS-KVEL', 0.3]],
  bite: [['FYS-BITT', 45], ['FYS-KLOR', 38], ['FYS-SPYTT', 17]], throw: [['FYS-KAST', 100]], threat: [['TRU-VERB', 68], ['TRU-TEGN', 18], ['TRU-FAMILIE', 5], ['TRU-DRAP', 3], ['TRU-ANNET', 6]],
  damage: [['EIE-SKOLE', 80], ['EIE-PRIV', 20]], other: [['TRA-SKJELL', 70], ['TRA-FORF', 12], ['TRA-SEKS', 6], ['DIG-MELD', 6], ['DIG-FILM', 6]],
}
const tilesOfYoung: Weighed<Tile> = [['hit', 60], ['bite', 18], ['throw', 10], ['threat', 6], ['damage', 3], ['other', 3]]
const tilesOfOlder: Weighed<Tile> = [['hit', 30], ['bite', 2], ['throw', 9], ['threat', 32], ['damage', 7], ['other', 20]]
const injuriesOf: Record<1 | 2 | 3, Weighed<Injury>> = { 1: [['none', 70], ['pain', 30]], 2: [['pain', 60], ['visible', 28], ['none', 12]], 3: [['first-aid', 60], ['visible', 25], ['doctor', 15]] }

/** A situation that lasts: the codes that stay the same each time, and the few who stand in it. */
export interface Lasting { situation: Situation; place: Place; grade: Grade; trigger: Trigger; tile: Tile; roles: StaffRole[]; reporters: number[]; afterSchool: boolean; alone: boolean; around: number; hard: number }

/** One kind of situation as this kind of school has it. `staff`: how many may report. */
export function lasting(kind: SchoolKind, staff: number, chance: Chance): Lasting {
  const grade = chance.of(gradesOf[kind])
  const isYoung = grade !== '8-10'
  const drawn = chance.of(situationsOf)
  const situation = !isYoung && (drawn === 'sfo-time' || drawn === 'dressing') ? 'limit-setting' : drawn
  const afterSchool = situation === 'sfo-time' || situation === 'pick-up'
  return {
    situation, grade, afterSchool, place: chance.of(placesOf[situation] ?? otherPlaces), trigger: chance.of(triggersOf[situation] ?? otherTriggers), tile: chance.of(isYoung ? tilesOfYoung : tilesOfOlder),
    roles: [chance.of(afterSchool ? rolesAfterSchool : rolesOf), chance.of(afterSchool ? rolesAfterSchool : rolesOf)], reporters: Array.from({ length: chance.whole(2, 4) }, () => chance.whole(0, staff - 1)),
    alone: chance.is(situation === 'one-to-one' ? 0.7 : 0.2), around: usualMinute(chance, afterSchool), hard: chance.next(),
  }
}

const severityOf = (hard: number, chance: Chance): 1 | 2 | 3 => chance.of<1 | 2 | 3>([[1, 60 - hard * 25], [2, 33 + hard * 14], [3, 4 + hard * 9]])

/** What was hit upon, in the words of the tiles and types. A near miss is no violence; whoever tells of one says so. */
function happened({ tile: usual, grade }: Lasting, isNear: boolean, chance: Chance): { tiles: Tile[]; types: IncidentType[] } {
  if (isNear) return chance.is(0.75) ? { tiles: ['other'], types: ['NEST'] } : { tiles: ['hit'], types: ['FYS-FORSOK'] }
  const tile = chance.is(0.65) ? usual : chance.of(grade === '8-10' ? tilesOfOlder : tilesOfYoung)
  const second = chance.is(0.16) ? chance.of(tilesOfYoung) : tile
  const tiles = [...new Set([tile, second])]
  return { tiles, types: chance.is(0.68) ? [...new Set(tiles.map((one) => chance.of(typesOf[one])))] : [] }
}

/** The codes of one event in this situation, without its time. */
export function factsOf(within: Lasting, isRepeated: boolean, chance: Chance): Facts {
  const isNear = chance.is(0.08)
  const severity = isNear ? 1 : severityOf(within.hard, chance)
  const { tiles, types } = happened(within, isNear, chance)
  const knows = (share: number) => chance.is(share)
  return {
    tiles, ...(types.length > 0 && { types }), ...(knows(0.9) && { severity }),
    ...(knows(0.88) && { place: within.place }), ...(knows(0.86) && { situation: within.situation }), ...(knows(0.7) && { grade: within.grade, actor: 'ELEV' as const, actorCount: 'one' as const }),
    ...(knows(0.62) && { staffRole: chance.one(within.roles) }), ...(knows(0.5) && { loneWork: chance.is(within.alone ? 0.85 : 0.1) }), ...(knows(0.55) && { triggers: [chance.is(0.75) ? within.trigger : chance.of(otherTriggers)] }),
    ...(knows(0.45) && { repeated: isRepeated ? 'yes' as const : 'no' as const }), ...(knows(0.4) && !isNear && { injury: chance.of(injuriesOf[severity]) }), ...(knows(0.35) && { exposed: ['me' as const] }),
    ...(knows(0.2) && { intervention: chance.is(0.3) ? 'yes' as const : 'no' as const }), ...(knows(0.2) && { witnesses: chance.whole(0, 3) }),
    ...(!isNear && severity === 1 && chance.is(0.05) && { count: chance.whole(2, 6) }),
  }
}
