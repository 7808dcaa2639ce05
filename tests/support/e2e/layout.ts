/** What a screen's measures say: does anything stick out sideways, is anything too small for a thumb. */
import type { Page } from 'playwright-core'

/** Elements whose right edge lies outside the page. An honest check: `scrollWidth` lies when the viewport was widened. */
export const sticksOut = (page: Page): Promise<string[]> => page.evaluate(() => {
  const width = document.documentElement.clientWidth
  const scrolls = (element: Element): boolean => {
    for (let above = element.parentElement; above !== null; above = above.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(above).overflowX)) return true
    }
    return false
  }
  return [...document.body.querySelectorAll('*')].filter((element) => {
    const { right, left, width: wide, height } = element.getBoundingClientRect()
    const hiddenForEyes = wide <= 1 || height <= 1
    return !hiddenForEyes && (right > width + 1 || left < -1) && !scrolls(element)
      && getComputedStyle(element).visibility !== 'hidden' && !element.matches('.skip-link, .ds-skip-link, .ds-skip-link *')
  }).map((element) => `${element.tagName.toLowerCase()}.${element.className} ${Math.round(element.getBoundingClientRect().right)} > ${width}`)
})

/** Things to tap that are smaller than a thumb (44 px). A link inside a sentence is excused, as WCAG 2.5.8 does. */
export const tooSmall = (page: Page): Promise<string[]> => page.evaluate(() => {
  const isInSentence = (element: Element) => element.tagName === 'A' && getComputedStyle(element).display === 'inline'
    && (element.parentElement?.textContent ?? '').trim().length > (element.textContent ?? '').trim().length
  /** A label is the thumb's area of its input, and a link that is stretched over its card has the card's. */
  const area = (element: Element): Element => {
    if (element.matches('input')) return element.closest('label') ?? element
    const over = getComputedStyle(element, '::after')
    const isStretched = over.content !== 'none' && over.position === 'absolute' && over.inset === '0px'
    return isStretched && element instanceof HTMLElement ? element.offsetParent ?? element : element
  }
  return [...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')].flatMap((element) => {
    const { width, height } = area(element).getBoundingClientRect()
    const style = getComputedStyle(element)
    const isShown = element.getClientRects().length > 0 && style.visibility !== 'hidden' && width > 1 && height > 1
    if (!isShown || isInSentence(element) || element.matches('.skip-link, .ds-skip-link')) return []
    return width < 43.5 || height < 43.5 ? [`${element.tagName.toLowerCase()} «${(element.textContent ?? '').trim().slice(0, 30)}» ${Math.round(width)}×${Math.round(height)}`] : []
  })
})
