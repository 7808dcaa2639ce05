/** Who is signed in, and the server's public keys. */
import { Type, type Static } from 'typebox'
import { Uuid } from './facts.ts'
import { roles } from './vocabulary.ts'

export const Unit = Type.Object({ id: Uuid, name: Type.String() })
export type Unit = Static<typeof Unit>

export const Grant = Type.Object({ role: Type.Union(roles.map((role) => Type.Literal(role))), unit: Type.Union([Unit, Type.Null()]) })
export type Grant = { role: (typeof roles)[number]; unit: Unit | null }

export const Account = Type.Object({ id: Uuid, name: Type.String(), grants: Type.Array(Grant) })
export type Account = { id: string; name: string; grants: Grant[] }

/** `account` is null when nobody is signed in: that is an ordinary answer, not an error. */
export const Session = Type.Object({ account: Type.Union([Account, Type.Null()]), municipality: Type.String(), demo: Type.Boolean() })
export type Session = { account: Account | null; municipality: string; demo: boolean }

const PublicKey = Type.Object({ kid: Type.String(), publicKey: Type.String({ description: 'Uncompressed P-256 point, base64url' }) })
/** The first key of each list is the one to use; the others are still honoured. */
export const Keys = Type.Object({ sealing: Type.Array(PublicKey), signing: Type.Array(PublicKey), time: Type.String() })
export type Keys = Static<typeof Keys>
