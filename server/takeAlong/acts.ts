/** What was done in a case, act by act, in words. */
import type { CaseContent } from '#contract/caseLetter.ts'
import type { CaseEvent } from '#contract/changes.ts'
import type { Row } from './facts.ts'
import { shortId, type Words } from './words.ts'

const listed = (codes: readonly string[], words: Words) => codes.map((code) => words.code(code)).join(', ')
const row = (label: string, value: string | undefined): Row[] => (value === undefined || value === '' ? [] : [{ label, value }])

/** The label of whom somebody told: one word there means something else among the wishes. */
export const toldTo = (who: string, words: Words): string => words.code(who === 'leader' ? 'told-leader' : who)

type Rows = (words: Words) => Row[]
/** The codes of an act. Texts come after them. */
function codesOf(content: CaseContent): Rows {
  return (words) => {
    switch (content.what) {
      case 'contact': return [...row(words.say('on'), words.moment(content.on)), ...row(words.say('way'), words.code(content.way))]
      case 'judgement': return [
        ...row(words.say('consequence'), String(content.consequence)), ...row(words.say('likelihood'), String(content.likelihood)), ...row(words.say('types'), listed(content.types, words))]
      case 'causes': return [...row(words.say('immediate'), listed(content.immediate, words)), ...row(words.say('underlying'), listed(content.underlying, words))]
      case 'measure': return [
        ...row(words.say('measure'), words.code(content.kind)), ...row(words.say('owner'), content.owner), ...row(words.say('due'), words.day(content.due)), ...row(words.say('shared'), words.yesNo(content.shared))]
      case 'measure-state': return [...row(words.say('measureState'), words.code(content.state)), ...row(words.say('effect'), content.effect && words.code(content.effect))]
      case 'notified': return [...row(words.say('who'), toldTo(content.who, words)), ...row(words.say('on'), words.moment(content.on))]
      case 'check': return [
        ...row(words.say('check'), words.code(content.check)), ...row(words.say('outcome'), words.code(content.outcome)), ...row(words.say('reference'), content.reference), ...row(words.say('rules'), words.day(content.rules))]
      case 'confidential': return row(words.say('confidential'), words.yesNo(content.on))
      case 'link': return row(words.say('case'), content.to === null ? words.say('none') : shortId(content.to))
      case 'stop': case 'stop-end': return row(words.say('on'), words.moment(content.on))
      case 'verdict': return row(words.say('verdict'), words.code(content.helped))
      default: return []
    }
  }
}

const isSaid = (content: CaseEvent['content']): content is CaseContent => 'v' in content
const textOf = (content: CaseEvent['content']): string | undefined => ('text' in content ? content.text : undefined)

export interface ActInWords { title: string; by: string; rows: Row[]; text: string | undefined; idle: string | undefined }

/** One act as a heading, who did it and when, what it says, and why it changed nothing if it did not. */
export function actInWords({ part, by, at, idle, content }: CaseEvent, words: Words): ActInWords {
  const when = words.moment(at)
  return {
    title: words.code(content.what),
    by: by === null ? words.say('by', { part: words.code(part), when }) : words.say('byName', { name: by, part: words.code(part).toLocaleLowerCase(words.tag), when }),
    rows: isSaid(content) ? codesOf(content)(words) : [],
    text: textOf(content),
    idle: idle === null ? undefined : words.say('idle', { why: words.code(idle) }),
  }
}
