/** What the municipality decides about itself. */
import { Type, type Static } from 'typebox'
import { Clocks, defaultClocks } from './caseClocks.ts'
import { defaultFeatures } from './features.ts'

export const Features = Type.Object({ push: Type.Boolean(), training: Type.Boolean(), exports: Type.Boolean() }, { additionalProperties: false })
export const Settings = Type.Object({ clocks: Clocks, features: Features }, { additionalProperties: false })
export type Settings = Static<typeof Settings>
export const defaultSettings: Settings = { clocks: defaultClocks, features: defaultFeatures }
