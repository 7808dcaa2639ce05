/** The municipality's own: numbers, links to its procedures and additions to the guidance. A row without a unit is the whole municipality's. */
import { Type, type Static } from 'typebox'
import { Instant, Uuid, oneOf } from './facts.ts'
import { localLimits as most, localNumberKinds } from './localCodes.ts'
import { Unit } from './session.ts'
import { Features } from './settings.ts'

const closed = { additionalProperties: false }
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const unit = Type.Union([Uuid, Type.Null()])
/** The id of an article, walk, practice or course. */
const item = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,59}$' })
/** Plain paragraphs, no markup. Bokmål must be there; the others fall back to it. */
const texts = Type.Object({ nb: text(most.text), nn: Type.Optional(text(most.text)), en: Type.Optional(text(most.text)) }, closed)

const number = { kind: Type.Literal('number'), unit, of: oneOf(localNumberKinds), label: text(most.label), number: text(40) }
const link = { kind: Type.Literal('link'), unit, title: text(most.title), url: text(most.url), item: Type.Union([item, Type.Null()]) }
const addition = { kind: Type.Literal('addition'), unit, item, title: text(most.title), texts }

export const LocalNumber = Type.Object({ id: Uuid, ...number })
export type LocalNumber = Static<typeof LocalNumber>
export const LocalLink = Type.Object({ id: Uuid, ...link })
export type LocalLink = Static<typeof LocalLink>
export const LocalAddition = Type.Object({ id: Uuid, ...addition, updatedAt: Instant })
export type LocalAddition = Static<typeof LocalAddition>
export const LocalEntry = Type.Union([LocalNumber, LocalLink, LocalAddition])
export type LocalEntry = Static<typeof LocalEntry>

/** What an administrator writes. The id stands in the address, the time is the server's. */
export const LocalContent = Type.Union([Type.Object(number, closed), Type.Object(link, closed), Type.Object(addition, closed)])
export type LocalContent = Static<typeof LocalContent>

/** `version` is what a writer has seen, as `If-Match: "3"`. */
export const LocalRow = Type.Object({ version: Type.Integer(), entry: LocalEntry })
export type LocalRow = Static<typeof LocalRow>

/** All of it. `tag` comes back in `If-None-Match`. `mine` are the asker's own units; null when a device asks without a session. */
export const Local = Type.Object({ tag: Type.String(), units: Type.Array(Unit), mine: Type.Union([Type.Array(Uuid), Type.Null()]), rows: Type.Array(LocalRow), features: Features })
export type Local = Static<typeof Local>
