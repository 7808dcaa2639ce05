/** The colour of a message. Never the only signal: every tone is said in words too. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'
/** One possible answer in a list of answers. */
export interface Option { value: string; label: string; hint?: string }
/** One row of a definition list. */
export interface Row { label: string; value: string; empty?: boolean }
/** One line of a report's way to the school. */
export interface Step { label: string; state: 'done' | 'now' | 'later' | 'trouble'; detail?: string }
/** A mistake, and the id of the field that mends it. */
export interface Mistake { text: string; field: string }
