/**
 * The shapes of the guidance, as the build makes them from `content/` and the screens read them. One object per language.
 * Ids are neutral words, since they stand in addresses, and are unique across all kinds. How to write: docs/writing.md.
 */
import type { Assistant } from './assistant.ts'

export type Phase = 'before' | 'during' | 'after'
/** "Jeg som ansatt" or "eleven"; an article may serve both. */
export type Lens = 'staff' | 'pupil'
export type Reader = 'staff' | 'leader' | 'safetyRep'
/** Who in the municipality must confirm the text before it is used as the municipality's own. */
export type Confirmer = 'hms' | 'bht' | 'legal' | 'education' | 'police' | 'health'

/** A piece of running text. `law` names an entry of `laws`; `item` an article, walk, practice or course; `tel` a public number. */
export type Inline =
  | string
  | { bold: Inline[] }
  | { link: { kind: 'law' | 'item' | 'tel' | 'site'; to: string }; text: string }
export type Block =
  | { kind: 'text'; text: Inline[] }
  | { kind: 'list' | 'numbered'; items: Inline[][] }
  /** Something that must not be overlooked. */
  | { kind: 'note'; text: Inline[] }

interface Item {
  id: string
  title: string
  /** One sentence: why read this. */
  summary: string
  phase: Phase
  lenses: Lens[]
  /** The first is whom it is written for. */
  readers: Reader[]
  /** ISO date of the last review of this language's text. */
  reviewed: string
  confirmers: Confirmer[]
  /** What people call it: found by the search, never shown. */
  words: string[]
  /** Which reports it fits: `tile:hit`, `type:DIG-*`, `severity:3` (see domain/advice.ts). */
  fits: string[]
  /** Ids of items to go on with. */
  related: string[]
  /** Ids of `laws`, in the order of the text. */
  laws: string[]
  /** Ids of `sites`. */
  sites: string[]
  order: number
  /** Reading time in whole minutes, at least 1. */
  minutes: number
}

/** `id` is the anchor; the first section may have no title. */
export interface Section { id: string; title: string; blocks: Block[] }
export interface Article extends Item { kind: 'article'; sections: Section[] }

/** Which number a step offers to call: a public one, or one that the school fills in. */
export type CallTarget = '112' | '113' | '110' | '116117' | LocalNumberKind
export type LocalNumberKind = 'office' | 'leader' | 'backup' | 'safetyRep' | 'bht' | 'police-contact'

/** One act: at most two sentences, at most three checks. `timer` in seconds. `read` is an item with more about it. */
export interface Step { title: string; text: Inline[]; checks: string[]; calls: CallTarget[]; timer?: { seconds: number; label: string }; read?: string }
export interface Walk extends Item { kind: 'walk'; steps: Step[] }

/** A short story with choices. `worth`: good, partly good, not good; each choice says why. */
export interface Choice { text: string; worth: 'good' | 'partly' | 'poor'; feedback: Inline[] }
export interface Moment { title: string; blocks: Block[]; choices: Choice[] }
export interface Practice extends Item { kind: 'practice'; opening: Block[]; moments: Moment[] }

/** An offer of the municipality's training package. `needs` are the school's needs that it meets. */
export type Need = 'new-staff' | 'risk' | 'reporting' | 'handling' | 'aggression' | 'neuro' | 'many-events'
export interface Course extends Item { kind: 'course'; form: 'course' | 'technical' | 'e-learning' | 'programme'; needs: Need[]; blocks: Block[] }

export type GuideItem = Article | Walk | Practice | Course

/** In our own words; never the text of the act. `inForce`: the ISO date on which the paragraph was checked. */
export interface Law { name: string; gist: string; inForce: string; url: string }
export interface Site { name: string; url: string }

/** What the search knows of a language: words that say nothing in a question, and words that people use for the same thing. */
export interface SearchWords { ignore: string[]; same: string[][] }

export interface Guide { locale: 'nb' | 'nn' | 'en'; items: GuideItem[]; assistants: Assistant[]; laws: Record<string, Law>; sites: Record<string, Site>; search: SearchWords }
