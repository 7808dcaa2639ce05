/** How far somebody has come in a walk-through, so that it goes on where it was left. Numbers only; it tells nothing of what happened. */
import type { Countdown } from './countdown.ts'
import type { Phase, Walk } from './guide.ts'

/** `step` counts from 1. `checks` and `timers` by step; a check is its place in the step's list. */
export interface WalkPlace { step: number; checks: Record<number, number[]>; timers: Record<number, Countdown>; at: number }
export type WalkPlaces = Record<string, WalkPlace>

const hour = 60 * 60 * 1000
/** Yesterday's ticks must not say "I have a free way out" today. What is done over weeks is kept over weeks. */
const keptFor: Record<Phase, number> = { during: 8 * hour, after: 45 * 24 * hour, before: 45 * 24 * hour }

/** The place, unless it is so old that the walk should begin anew. */
export const placeNow = (place: WalkPlace | undefined, phase: Phase, now: number): WalkPlace | undefined =>
  place !== undefined && now - place.at < keptFor[phase] ? place : undefined

export const atStep = (place: WalkPlace | undefined, step: number, now: number): WalkPlace =>
  ({ checks: {}, timers: {}, ...place, step, at: now })

export const withChecks = (place: WalkPlace, step: number, checks: number[]): WalkPlace =>
  ({ ...place, checks: { ...place.checks, [step]: checks } })

export const withTimer = (place: WalkPlace, step: number, timer: Countdown): WalkPlace =>
  ({ ...place, timers: { ...place.timers, [step]: timer } })

/** A walk may have become shorter since it was left. */
export const stepWithin = (step: number, { steps }: Pick<Walk, 'steps'>): number =>
  Math.min(Math.max(1, Math.trunc(step) || 1), steps.length)

/** The walks that somebody is in the middle of, the latest first. */
export const underWay = (places: WalkPlaces, walks: readonly Walk[], now: number): { walk: Walk; step: number }[] =>
  walks.flatMap((walk) => {
    const place = placeNow(places[walk.id], walk.phase, now)
    return place ? [{ walk, step: stepWithin(place.step, walk), at: place.at }] : []
  }).toSorted((a, b) => b.at - a.at).map(({ walk, step }) => ({ walk, step }))
