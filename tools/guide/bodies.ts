/** What a text is made of, by kind: sections of an article, steps of a walk-through, moments of a practice story. */
import type { CallTarget, Choice, Inline, Moment, Section, Step } from '../../src/domain/guide.ts'
import { partsOf, plainText, WritingError, type Part } from './markdown.ts'

const callTargets: readonly CallTarget[] = ['112', '113', '110', '116117', 'office', 'leader', 'backup', 'safetyRep', 'bht', 'police-contact']

export const sectionsOf = (body: string, file: string): Section[] =>
  partsOf(body, file).map(({ title, blocks }, nth) => ({ id: `s${nth}`, title, blocks }))

/** `[x] text` → its mark and the rest. */
function mark(text: Inline[], file: string): { mark: string; rest: Inline[] } {
  const [first, ...more] = text
  const found = typeof first === 'string' ? /^\[([ x~])\] (.+)$/s.exec(first) : null
  if (!found) throw new WritingError(file, `“${plainText(text)}” wants [ ] first`)
  return { mark: found[1] ?? ' ', rest: [found[2] ?? '', ...more] }
}

/** The lines `call: 113, office`, `timer: 120 Gi eleven ro` and `read: alarm` below a step's sentences. */
function directive(line: string, step: Step, file: string): boolean {
  const [, name = '', value = ''] = /^(call|timer|read): (.+)$/.exec(line) ?? []
  if (name === 'call') {
    step.calls = value.split(',').map((target) => {
      const known = callTargets.find((candidate) => candidate === target.trim())
      if (known === undefined) throw new WritingError(file, `nobody is called ${target.trim()}`)
      return known
    })
  } else if (name === 'timer') {
    const [, seconds, label] = /^(\d+) (.+)$/.exec(value) ?? []
    if (seconds === undefined || label === undefined) throw new WritingError(file, 'a timer is seconds and a label: timer: 120 Gi eleven ro')
    step.timer = { seconds: Number(seconds), label }
  } else if (name === 'read') step.read = value.trim()
  return name !== ''
}

function stepOf({ title, blocks }: Part, file: string): Step {
  const step: Step = { title, text: [], checks: [], calls: [] }
  const where = `${file}, “${title}”`
  for (const block of blocks) {
    if (block.kind === 'list') step.checks.push(...block.items.map((item) => plainText(mark(item, where).rest)))
    else if (block.kind !== 'text') throw new WritingError(where, `a step has sentences and checks, no ${block.kind}`)
    else if (!directive(plainText(block.text), step, where)) step.text.push(...(step.text.length > 0 ? [' ', ...block.text] : block.text))
  }
  if (title === '' || step.text.length === 0) throw new WritingError(where, 'a step has a title and a sentence')
  if (step.checks.length > 3) throw new WritingError(where, 'at most three checks')
  return step
}
export const stepsOf = (body: string, file: string): Step[] => partsOf(body, file).map((part) => stepOf(part, file))

const worth: Record<string, Choice['worth']> = { x: 'good', '~': 'partly', ' ': 'poor' }

/** A choice is `- [x] What I do → What comes of it`. */
function choiceOf(item: Inline[], file: string): Choice {
  const { mark: sign, rest } = mark(item, file)
  const [first = '', ...more] = rest
  const [text, ...after] = (typeof first === 'string' ? first : '').split(' → ')
  if (text === undefined || after.length === 0) throw new WritingError(file, `“${plainText(rest)}” wants → and what comes of it`)
  return { text, worth: worth[sign] ?? 'poor', feedback: [after.join(' → '), ...more] }
}

/** The opening before the first heading, and a moment for each heading. */
export function storyOf(body: string, file: string): { opening: Part['blocks']; moments: Moment[] } {
  const parts = partsOf(body, file)
  const moments = parts.filter(({ title }) => title !== '').map(({ title, blocks }): Moment => ({
    title, blocks: blocks.filter(({ kind }) => kind !== 'list'), choices: blocks.flatMap((block) => (block.kind === 'list' ? block.items.map((item) => choiceOf(item, file)) : [])),
  }))
  for (const { title, choices } of moments) if (choices.length < 2 || !choices.some((choice) => choice.worth === 'good')) throw new WritingError(file, `“${title}” wants at least two choices, one of them good`)
  return { opening: parts.find(({ title }) => title === '')?.blocks ?? [], moments }
}
