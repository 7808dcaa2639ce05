/** Running text as data: what RichText shows. The guidance is compiled to this shape, so that nothing is ever parsed or trusted as HTML on the phone. */
export interface RichLink { kind: string; to: string }
export type RichInline = string | { bold: RichInline[] } | { link: RichLink; text: string }
export type RichBlock = { kind: 'text' | 'note'; text: RichInline[] } | { kind: 'list' | 'numbered'; items: RichInline[][] }
/** Where a link leads: a screen of the app, another address, or nowhere (then its words stand alone). */
export type RichTarget = { to: string } | { href: string } | undefined
