/** The theme's colours as they are around an element at this moment, or the system's own in forced colours: what is drawn on a canvas does not follow by itself. */
export interface Look { text: string; line: string; paper: string; fills: string[]; tints: string[]; onDarkest: string; font: { family: string; size: number } }

export function lookOf(element: Element): Look {
  const style = getComputedStyle(element)
  const font = { family: style.fontFamily, size: Number.parseFloat(style.fontSize) * 0.8 }
  if (matchMedia('(forced-colors: active)').matches) return { text: 'CanvasText', line: 'GrayText', paper: 'Canvas', fills: ['Highlight', 'CanvasText', 'GrayText'], tints: ['Canvas', 'Canvas', 'Canvas', 'Canvas', 'Canvas'], onDarkest: 'CanvasText', font }
  const token = (name: string) => style.getPropertyValue(`--ds-color-${name}`).trim()
  const paper = token('neutral-background-default')
  return {
    text: token('neutral-text-default'), line: token('neutral-border-subtle'), paper, fills: [token('accent-base-default'), token('neutral-text-subtle'), token('neutral-border-default')],
    tints: [paper, token('accent-surface-tinted'), token('accent-surface-hover'), token('accent-surface-active'), token('accent-base-default')], onDarkest: token('accent-base-contrast-default'), font,
  }
}
