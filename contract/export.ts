/**
 * What is taken out of Meldt, as JSON: the shape that another system builds on. Codes as in contract/vocabulary.ts and caseCodes.ts, labels in contract/labels. A new field may come;
 * one that is here is never given another meaning without a new `version`. The same view as on the phone: what its reader may not see is missing here too.
 */
import { Type, type Static } from 'typebox'
import { Case, CaseLetter, Notice, OwnReport } from './changes.ts'
import { Day, Instant, Uuid, maybe } from './facts.ts'
import { Account } from './session.ts'
import { TrainingChange } from './training.ts'

export const exportVersion = 1
const head = { version: Type.Literal(exportVersion), municipality: Type.String(), exportedAt: Instant }

/** What was asked for. Days count by when a report was received, on the school's own calendar, both ends included. */
export const ExportWish = Type.Object({
  format: Type.Union([Type.Literal('csv'), Type.Literal('json')]), unit: Type.Optional(Uuid), from: Type.Optional(Day), to: Type.Optional(Day),
  /** Of a CSV: its words. */
  lang: Type.Optional(Type.Union([Type.Literal('nb'), Type.Literal('nn'), Type.Literal('en')])),
}, { additionalProperties: false })
export type ExportWish = Static<typeof ExportWish>

/** One case: what was reported, what was done, and what it adds up to. Names of others who might handle it stay at home. */
export const ExportedCase = Type.Pick(Case, ['summary', 'reporter', 'masked', 'letters', 'events', 'linked'])
export type ExportedCase = Static<typeof ExportedCase>

export const CaseExport = Type.Object({ ...head, what: Type.Literal('cases'), unit: maybe(Uuid), from: maybe(Day), to: maybe(Day), cases: Type.Array(ExportedCase) }, { title: 'Cases from Meldt' })
export type CaseExport = Static<typeof CaseExport>

/** One's own: what one has reported and added, what became of it as one was told, one's notices, the training one wrote down, and the account. */
export const OwnData = Type.Object({
  ...head, what: Type.Literal('own'), account: Account,
  reports: Type.Array(Type.Object({ unit: Uuid, unitName: Type.String(), report: OwnReport, letters: Type.Array(CaseLetter) })),
  notices: Type.Array(Notice), training: Type.Array(TrainingChange),
}, { title: 'Own data from Meldt' })
export type OwnData = Omit<Static<typeof OwnData>, 'account'> & { account: Account }
