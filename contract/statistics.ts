/** Numbers as they leave the server. A number of null is hidden: it, or one that could be reckoned from it, is of fewer than five (disclosure.ts). */
import { Type, type Static } from 'typebox'
import { measureKinds, underlyingCauses } from './caseCodes.ts'
import { tableCodes } from './counting.ts'
import { Day, Instant, Uuid, maybe, oneOf } from './facts.ts'
import { schoolPeriods } from './periods.ts'
import { places, situations } from './vocabulary.ts'

export const Month = Type.String({ pattern: '^20\\d\\d-(0[1-9]|1[0-2])$' })
export const Quarter = Type.String({ pattern: '^20\\d\\d-[1-4]$' })
const Count = maybe(Type.Integer())
const Cells = Type.Array(Type.Object({ code: Type.String(), n: Count }))
/** `cause`, `measure` and `worked` are what schools found, did, and saw help, in the cases of these events; the rest is contract/counting.ts. */
export const caseTables = ['cause', 'measure', 'worked'] as const
export type CaseTable = (typeof caseTables)[number]
export const tables = [...tableCodes, ...caseTables] as const
export type TableName = (typeof tables)[number]
export const Table = Type.Object({ table: oneOf(tables), cells: Cells })
export type Table = Static<typeof Table>
/** Of so many cases `of`, so many `yes`. */
const Share = Type.Object({ yes: Count, of: Count })
/** How reports were followed up. Medians: hours to the first contact, days to the answer; null when too few. `onTime`: closed within the municipality's own norm, of the municipality's also what is still within it. `ros`: the risk assessment was updated. */
export const FollowUp = Type.Object({ contactHours: maybe(Type.Number()), answerDays: maybe(Type.Number()), contacted: Share, answered: Share, onTime: Share, ros: Share })
export type FollowUp = Static<typeof FollowUp>

export const Numbers = Type.Object({ events: Type.Integer(), reports: Type.Integer(), late: Type.Integer(), tables: Type.Array(Table), followUp: FollowUp })
export type Numbers = Static<typeof Numbers>
export const Span = Type.Object({ from: Day, to: Day })
/** One school, exact, of what the asker may read: `before` is the same part of the school year before, of the tables only its months. */
export const SchoolNumbers = Type.Object({
  asOf: Instant, unit: Uuid, unitName: Type.String(), period: oneOf(schoolPeriods), span: Span, spanBefore: Span, now: Numbers, before: Numbers,
  repeated: Type.Array(Type.Object({ situation: Type.String(), place: Type.String(), n: Type.Integer(), grave: Type.Integer() })),
})
export type SchoolNumbers = Static<typeof SchoolNumbers>

/** A month of the whole municipality, closed: events, the reports that told of them, and Bergen's two columns. */
export const MonthNumbers = Type.Object({ month: Month, closedAt: Instant, events: Count, reports: Count, columns: Cells })
export type MonthNumbers = Static<typeof MonthNumbers>
/** The series that everybody in the municipality may read. */
export const Series = Type.Object({ asOf: Instant, months: Type.Array(MonthNumbers) })
export type Series = Static<typeof Series>

/** A quarter of the whole municipality, closed. No events: too few to tell anything of the quarter. */
export const QuarterNumbers = Type.Object({ quarter: Quarter, closedAt: Instant, events: Count, tables: Type.Array(Table), followUp: FollowUp })
export type QuarterNumbers = Static<typeof QuarterNumbers>
/** The schools of a quarter as they were published: a unit’s id, or `other` for what belongs to none of them in the open. `much`: half as many again as its size would have, also where the number is hidden. */
export const ShownSchools = Type.Object({ quarter: Quarter, closedAt: Instant, cells: Type.Array(Type.Object({ code: Type.String(), n: Count, much: Type.Optional(Type.Boolean()) })) })
export type ShownSchools = Static<typeof ShownSchools>
/** A school through the last closed quarters, by name. `needs`: trouble that lasts. Per 100 full-time posts and per 1,000 pupils in the last four quarters, where the figures are there; `atLeast`: some of them are hidden. */
export const SchoolRow = Type.Object({
  unit: Uuid, name: Type.String(), quarters: Type.Array(Count), sum: Count, atLeast: Type.Boolean(), needs: Type.Boolean(), perPosts: maybe(Type.Number()), perPupils: maybe(Type.Number()),
  /** Days of the latest training and practice within a year. */
  trained: maybe(Day), practised: maybe(Day),
})
export type SchoolRow = Static<typeof SchoolRow>
export const TownNumbers = Type.Object({
  asOf: Instant, months: Type.Array(MonthNumbers), quarters: Type.Array(Quarter), quarter: maybe(QuarterNumbers), before: maybe(QuarterNumbers),
  /** Only those with need are listed with their numbers; `schools` is how many there are. */
  schools: Type.Integer(), needing: Type.Array(SchoolRow), lastQuarters: Type.Array(Quarter),
  /** `ratesAtLeast`: one of the quarters is hidden, so they are the least they can be. */
  perPosts: maybe(Type.Number()), perPupils: maybe(Type.Number()), ratesAtLeast: Type.Boolean(),
  coverage: Type.Object({ trained: Type.Integer(), practised: Type.Integer(), of: Type.Integer(), without: Type.Array(Type.String()) }),
})
export type TownNumbers = Static<typeof TownNumbers>

/** What a rate is reckoned from: full-time posts and pupils of a school in a school year. */
export const Figure = Type.Object({ unit: Uuid, name: Type.String(), year: Type.Integer({ minimum: 2019, maximum: 2099 }), posts: maybe(Type.Number({ minimum: 0, maximum: 2000 })), pupils: maybe(Type.Integer({ minimum: 0, maximum: 5000 })) })
export type Figure = Static<typeof Figure>
export const Figures = Type.Object({ year: Type.Integer(), figures: Type.Array(Figure) })
export type Figures = Static<typeof Figures>
export const FigureValues = Type.Pick(Figure, ['posts', 'pupils'], { additionalProperties: false })

/** Who sees to that a measure is done: a role, never a name. */
export const rosOwners = ['leader', 'team', 'safety-rep', 'all-staff', 'municipality', 'bht'] as const
/** What a meeting decided: a hazard in codes, how likely and how grave (1–5), a measure, who and until when. No text, no names. */
export const RosDecision = Type.Object({
  quarter: Quarter, metOn: Day, situation: oneOf(situations), place: maybe(oneOf(places)), likelihood: Type.Integer({ minimum: 1, maximum: 5 }), consequence: Type.Integer({ minimum: 1, maximum: 5 }),
  cause: maybe(oneOf(underlyingCauses)), measure: oneOf(measureKinds), owner: oneOf(rosOwners), due: Day,
}, { additionalProperties: false })
export type RosDecision = Static<typeof RosDecision>
/** `led`: the events that led to it, in the quarter that was looked at. Alike events in a school week since the meeting are at least `sinceLeast` and at most `sinceMost`; null until four weeks have passed, for the municipality until a quarter that began after it has closed. */
export const RosResult = Type.Intersect([RosDecision, Type.Object({ id: Uuid, unit: maybe(Uuid), doneOn: maybe(Day), led: Count, days: Type.Integer(), ledPerWeek: maybe(Type.Number()), sinceLeast: maybe(Type.Number()), sinceMost: maybe(Type.Number()) })])
export type RosResult = Static<typeof RosResult>
/** What a school's meetings decided, and which reports led to it, of those that the asker may read. */
export const RosLinks = Type.Object({ asOf: Instant, links: Type.Array(Type.Intersect([RosDecision, Type.Object({ id: Uuid, doneOn: maybe(Day), reports: Type.Array(Uuid) })])) })
export type RosLinks = Static<typeof RosLinks>
/** One page for a meeting: the quarter and the one before, protected, since it is read by many. No unit: the municipality's own meeting, from what was published. */
export const RosMeeting = Type.Object({
  asOf: Instant, unit: maybe(Uuid), unitName: maybe(Type.String()), quarter: Quarter, quarters: Type.Array(Quarter), events: Count, eventsBefore: Count,
  situations: Cells, situationsBefore: Cells, causes: Cells, triggers: Cells,
  measures: Type.Array(Type.Object({ kind: Type.String(), n: Count, worked: Count })), results: Type.Array(RosResult), mayDecide: Type.Boolean(),
})
export type RosMeeting = Static<typeof RosMeeting>

/** A key for the municipality's own BI tool. The secret is told once. */
export const BiKey = Type.Object({ id: Uuid, name: Type.String(), createdAt: Instant, expiresAt: Instant, lastUsedAt: maybe(Instant), endedAt: maybe(Instant) })
export type BiKey = Static<typeof BiKey>
export const BiKeys = Type.Object({ keys: Type.Array(BiKey) })
export const NewBiKey = Type.Object({ name: Type.String({ minLength: 1, maxLength: 80 }), days: Type.Integer({ minimum: 1, maximum: 730 }) }, { additionalProperties: false })
export const MadeBiKey = Type.Object({ id: Uuid, secret: Type.String() })
/** One row of the flat table: `period` is a month or a quarter, `value` null when hidden. */
export const BiRow = Type.Object({ period: Type.String(), table: Type.String(), code: Type.String(), value: maybe(Type.Number()) })
export const BiRows = Type.Object({ asOf: Instant, rows: Type.Array(BiRow) })
