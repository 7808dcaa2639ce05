/** One's own follow-up after an incident: small steps for today, this week and this month. Their words stand in i18n (`plan.step.<id>`); `read` is an item of the guidance. */
import type { Facts } from '#contract/facts.ts'

export const planPeriods = ['today', 'week', 'month'] as const
export type PlanPeriod = (typeof planPeriods)[number]
export interface PlanStep { id: string; period: PlanPeriod; read?: string; fits?: (facts: Facts) => boolean }

const isHurt = ({ injury }: Facts): boolean => injury !== undefined && injury !== 'none'
const isDigital = ({ types }: Facts): boolean => types?.some((type) => type.startsWith('DIG')) ?? false

/** In the order in which they are best done. Without `fits` a step is for everybody. */
export const planSteps: readonly PlanStep[] = [
  { id: 'company', period: 'today', read: 'first-hours' },
  { id: 'body', period: 'today', read: 'first-aid-facts', fits: (facts) => !isHurt(facts) },
  { id: 'doctor', period: 'today', read: 'work-injury', fits: isHurt },
  { id: 'evidence', period: 'today', read: 'digital', fits: (facts) => isDigital(facts) || facts.digitalEvidence === 'yes' },
  { id: 'home', period: 'today', read: 'first-hours' },
  { id: 'talk', period: 'week', read: 'talks' },
  { id: 'sleep', period: 'week', read: 'reactions' },
  { id: 'injury', period: 'week', read: 'work-injury', fits: isHurt },
  { id: 'absence', period: 'week', read: 'sick-leave', fits: ({ sickLeave }) => sickLeave === 'yes' },
  { id: 'back', period: 'week', read: 'rights-duties' },
  { id: 'again', period: 'month', read: 'help-offers' },
  { id: 'changed', period: 'month', read: 'learning' },
  { id: 'second', period: 'month', read: 'talks' },
]

const dayMs = 86_400_000
/** What is closest now: the rest is there, folded. */
export function periodAt(happenedAt: string, now: Date): PlanPeriod {
  const days = (now.getTime() - Date.parse(happenedAt)) / dayMs
  if (days < 1) return 'today'
  return days < 8 ? 'week' : 'month'
}

/** The steps of a period for whoever logged this. */
export const stepsOf = (period: PlanPeriod, facts: Facts): PlanStep[] => planSteps.filter((one) => one.period === period && (one.fits?.(facts) ?? true))
