/** What the municipality decides about itself. */
import { Type, type Static } from 'typebox'
import { Clocks, defaultClocks } from './caseClocks.ts'

/** `push`: notices may ring on a phone. `training`: plan, request and log. `exports`: leaders may take cases along. */
export const featureCodes = ['push', 'training', 'exports'] as const
export type Feature = (typeof featureCodes)[number]

export const Settings = Type.Object({
  clocks: Clocks,
  features: Type.Object({ push: Type.Boolean(), training: Type.Boolean(), exports: Type.Boolean() }, { additionalProperties: false }),
}, { additionalProperties: false })
export type Settings = Static<typeof Settings>
export const defaultSettings: Settings = { clocks: defaultClocks, features: { push: true, training: true, exports: true } }
