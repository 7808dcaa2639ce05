/** What both sides must say alike about the municipality's own. No TypeBox here: the phone pays nothing for these lines. */

/** Whose number it is. The steps of a walk-through ask for these words. */
export const localNumberKinds = ['office', 'leader', 'backup', 'safetyRep', 'bht', 'police-contact', 'other'] as const
export type LocalOf = (typeof localNumberKinds)[number]
export const localKinds = ['number', 'link', 'addition'] as const
export type LocalKind = (typeof localKinds)[number]

/** Bounds in code points, and in rows of a municipality. `allTexts` keeps what every phone must fetch small. */
export const localLimits = { label: 80, title: 120, url: 500, text: 4_000, rows: 2_000, allTexts: 1_000_000, digits: [3, 15] } as const
