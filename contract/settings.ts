/** What the municipality decides about itself. */
import { Type, type Static } from 'typebox'
import { Clocks, defaultClocks } from './caseClocks.ts'
import { defaultFeatures } from './features.ts'

export const Features = Type.Object({ push: Type.Boolean(), training: Type.Boolean(), exports: Type.Boolean() }, { additionalProperties: false })
/** The ISO weeks in which the schools are closed in autumn and in winter: each county sets its own. */
export const Breaks = Type.Object({ autumn: Type.Integer({ minimum: 38, maximum: 44 }), winter: Type.Integer({ minimum: 6, maximum: 11 }) }, { additionalProperties: false })
export type Breaks = Static<typeof Breaks>
/** Those of Vestland county, and so of Bergen. */
export const defaultBreaks: Breaks = { autumn: 41, winter: 9 }
export const Settings = Type.Object({ clocks: Clocks, features: Features, breaks: Breaks }, { additionalProperties: false })
export type Settings = Static<typeof Settings>
export const defaultSettings: Settings = { clocks: defaultClocks, features: defaultFeatures, breaks: defaultBreaks }
