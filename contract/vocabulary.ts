/**
 * The codes that are stored and sent. A code is stable: it is never reused and never removed, only retired.
 * Labels are data beside this file (labels/nb.json, nn.json, en.json). Source: domain brief 1.4.
 * No TypeBox here: the phone's bundle pays nothing for these lists.
 */
export const vocabularyVersion = 1

/** The six groups of the first screen. A tile alone may be stored; details may narrow it to types. */
export const tiles = ['hit', 'threat', 'bite', 'throw', 'damage', 'other'] as const
export type Tile = (typeof tiles)[number]

/** 1 Ingen skade · 2 Vondt eller redd · 3 Skade – trengte hjelp. The reporter's own view; null is "ikke vurdert". */
export const severities = [1, 2, 3] as const
export type Severity = (typeof severities)[number]

export const incidentTypes = [
  'FYS-SLAG', 'FYS-SPARK', 'FYS-DYTT', 'FYS-SKALL', 'FYS-BITT', 'FYS-KLOR', 'FYS-KLYP', 'FYS-LUGG', 'FYS-SPYTT', 'FYS-HOLD',
  'FYS-KVEL', 'FYS-KAST', 'FYS-GJENST', 'FYS-VAPEN', 'FYS-FORSOK', 'FYS-SEKS', 'FYS-ANNET',
  'TRU-VERB', 'TRU-DRAP', 'TRU-TEGN', 'TRU-VAPEN', 'TRU-FAMILIE', 'TRU-ANMELD', 'TRU-ANNET',
  'TRA-SKJELL', 'TRA-DISK', 'TRA-SEKS', 'TRA-FORF', 'TRA-ANNET',
  'DIG-MELD', 'DIG-FILM', 'DIG-DELT', 'DIG-FALSK', 'DIG-ANNET',
  'EIE-SKOLE', 'EIE-PRIV', 'NEST',
] as const
export type IncidentType = (typeof incidentTypes)[number]
/** The types that mark a case as grave by themselves (domain brief 1.5). The database's column says the same, and a test holds them together. */
export const graveTypes: readonly IncidentType[] = ['FYS-KVEL', 'FYS-VAPEN', 'TRU-VAPEN', 'TRU-DRAP', 'FYS-SEKS']

/** Which types a tile may be narrowed to. The order is the order on the screen. */
export const typesOfTile: Record<Tile, readonly IncidentType[]> = {
  hit: ['FYS-SLAG', 'FYS-SPARK', 'FYS-DYTT', 'FYS-SKALL', 'FYS-KLYP', 'FYS-LUGG', 'FYS-HOLD', 'FYS-KVEL', 'FYS-GJENST', 'FYS-VAPEN', 'FYS-FORSOK', 'FYS-SEKS', 'FYS-ANNET'],
  threat: ['TRU-VERB', 'TRU-DRAP', 'TRU-TEGN', 'TRU-VAPEN', 'TRU-FAMILIE', 'TRU-ANMELD', 'TRU-ANNET'],
  bite: ['FYS-BITT', 'FYS-KLOR', 'FYS-SPYTT'],
  throw: ['FYS-KAST'],
  damage: ['EIE-SKOLE', 'EIE-PRIV'],
  other: ['TRA-SKJELL', 'TRA-DISK', 'TRA-SEKS', 'TRA-FORF', 'TRA-ANNET', 'DIG-MELD', 'DIG-FILM', 'DIG-DELT', 'DIG-FALSK', 'DIG-ANNET', 'NEST'],
}

export const places = [
  'classroom', 'group-room', 'corridor', 'wardrobe', 'toilet', 'gym', 'special-room', 'schoolyard', 'sfo', 'office', 'school-way', 'trip', 'digital', 'home', 'other-place',
] as const
export type Place = (typeof places)[number]

export const situations = [
  'lesson', 'one-to-one', 'transition', 'break', 'meal', 'dressing', 'sfo-time', 'limit-setting', 'pupil-conflict', 'intervention-ongoing',
  'pupil-talk', 'parent-meeting', 'pick-up', 'end-of-activity', 'changed-plan', 'after-hours', 'other-situation',
] as const
export type Situation = (typeof situations)[number]

/** Who acted: a role, never a name. `ANSATT` belongs to the conflict or whistle-blowing routine. */
export const actors = ['ELEV', 'ELEV-ANNEN', 'FORES', 'PAROR', 'UTENF', 'ANSATT', 'UKJENT'] as const
export type Actor = (typeof actors)[number]
export const actorCounts = ['one', 'two-three', 'more'] as const
export type ActorCount = (typeof actorCounts)[number]
export const grades = ['1-2', '3-4', '5-7', '8-10', 'vgs', 'unknown-grade'] as const
export type Grade = (typeof grades)[number]

/** Who was exposed, seen from the reporter, and in which role. */
export const exposed = ['me', 'colleague', 'pupil', 'other-person'] as const
export type Exposed = (typeof exposed)[number]
export const staffRoles = ['LAER', 'SPES', 'ASS', 'FAG', 'MILJO', 'SFO', 'VIK', 'LED', 'HELSE', 'MERK', 'STUD', 'ANNEN'] as const
export type StaffRole = (typeof staffRoles)[number]

export const injuries = ['none', 'pain', 'visible', 'first-aid', 'doctor'] as const
export type Injury = (typeof injuries)[number]
export const reactions = ['calm', 'upset', 'afraid', 'angry', 'exhausted', 'unsure'] as const
export type Reaction = (typeof reactions)[number]
export const triggers = [
  'limit', 'demand', 'change', 'peer-conflict', 'sensory', 'lost-thing', 'unfair', 'discomfort', 'held', 'provoked', 'no-trigger', 'unknown-trigger',
] as const
export type Trigger = (typeof triggers)[number]
export const wishes = ['leader', 'bht', 'co-worker', 'no-talk'] as const
export type Wish = (typeof wishes)[number]
export const answers = ['yes', 'no', 'unknown'] as const
export type Answer3 = (typeof answers)[number]

export const letterKinds = ['report', 'supplement', 'withdrawal', 'opened', 'training', 'case'] as const
export type LetterKind = (typeof letterKinds)[number]

/** Roles are granted in Meldt, never by the identity provider. */
export const roles = ['ansatt', 'leder', 'verneombud', 'hms', 'eier-admin', 'drift'] as const
export type Role = (typeof roles)[number]

/** Longest text of one field, in code points, on the phone and on the server. */
export const textLimit = 4000

/** The free texts: guarded on the phone, ciphertext on the server, never shown to a verneombud. */
export const textFields = ['before', 'description', 'deescalation', 'done', 'proposal', 'cause'] as const
export type TextField = (typeof textFields)[number]

/** Health: shown to the reporter and the leader only (arbeidsmiljøloven § 5-1). */
export const healthFields = ['injury', 'sickLeave', 'reaction', 'wishes'] as const
