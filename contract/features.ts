/** What a municipality may switch on and off. No TypeBox: the phone pays nothing for these lines. */

/** `push`: notices may ring on a phone. `training`: plan, request and log. `exports`: leaders may take cases along. */
export const featureCodes = ['push', 'training', 'exports'] as const
export type Feature = (typeof featureCodes)[number]
export const defaultFeatures: Record<Feature, boolean> = { push: true, training: true, exports: true }
